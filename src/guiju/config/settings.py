"""Django's settings, all from the environment (``config.environment``)."""

from __future__ import annotations

import os
from typing import Any

from csp.constants import NONE, SELF

from guiju.config.environment import Database, read_environment

ENVIRONMENT = read_environment(os.environ)
DATA = ENVIRONMENT.data
SCANNER = ENVIRONMENT.scanner
IS_EXAMPLE = ENVIRONMENT.is_example
SECRET_KEY = ENVIRONMENT.secret
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guiju.base.ui",
    "guiju.base.record",
    "guiju.base.evidence",
    "guiju.base.access",
    "guiju.base.access.sign_in",
    "guiju.base.org",
    "guiju.base.inbox",
    "guiju.base.system",
    "guiju.define.lists",
    "guiju.define.flows",
    "guiju.define.views",
    "guiju.define.campaigns",
    "guiju.define.profiles",
    "guiju.define.approval",
    "guiju.publish.portal",
]
AUTH_USER_MODEL = "access.Account"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "guiju.base.ui.middleware.IsolationMiddleware",
    "guiju.base.ui.middleware.ToastMiddleware",
    "guiju.base.ui.middleware.LanguageMiddleware",
    "guiju.base.api.middleware.ProblemMiddleware",
    "guiju.base.evidence.middleware.BodySizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the check of forms, whose no would tell a page that is not to be seen.
    "guiju.base.access.middleware.AccessMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guiju.base.ui.middleware.RefusalMiddleware",
    "guiju.base.record.middleware.RequestMiddleware",
    # After whoever says no: an answer is given again only to those who may ask.
    "guiju.base.access.answered.AnsweredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "guiju.config.urls"
WSGI_APPLICATION = "guiju.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["guiju.base.ui.templatetags.words"],
        },
    }
]

# Signing in (docs/decisions/0015-sign-in.md)
AUTHENTICATION_BACKENDS = ["guiju.base.access.sign_in.backend.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_LEAST = 10  # characters
PASSWORD_DAYS = 90  # after which it must be changed
PASSWORDS_KEPT = 5  # hashes of old ones, which are refused
SIGN_IN_FAILURES = 5  # within 15 minutes, which lock a login name
SIGN_IN_FAILURES_OF_ADDRESS = 20  # an office may share one; five slips must not shut it out
SIGN_IN_PROVIDER = ENVIRONMENT.provider  # of OpenID Connect; docs/sign-in.md
SIGN_IN_DIRECTORY = ENVIRONMENT.directory  # that speaks LDAP
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_ADAPTER = "guiju.base.access.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 5 * 60  # seconds from the password to the second factor
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # they count in a cache of each process
MFA_ADAPTER = "guiju.base.access.sign_in.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Guiju"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no e-mail address

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;"
    "PRAGMA secure_delete=ON;"
)


def database(found: Database) -> dict[str, Any]:
    """Return Django's entry for a database."""
    if found.is_sqlite:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": found.name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
            "TEST": {"NAME": os.environ.get("GUIJU_TEST_FILE")},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.name,
        "USER": found.user,
        "PASSWORD": found.password,
        "HOST": found.host,
        "PORT": found.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(found.options),
    }


DATABASES = {"default": database(ENVIRONMENT.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "guiju.config.npm_files.NpmFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],  # htmx alone; see base/ui/static/ui/trusted.js
    }
}
# Not "no-referrer": browsers then send "Origin: null" with our own forms, which are refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = ENVIRONMENT.is_production
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_production
SECURE_HSTS_PRELOAD = ENVIRONMENT.is_production
CSRF_FAILURE_VIEW = "guiju.base.api.problems.csrf_failure"
CSRF_COOKIE_SECURE = ENVIRONMENT.is_production
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-guiju" if ENVIRONMENT.is_production else "guiju_session"
SESSION_COOKIE_SECURE = ENVIRONMENT.is_production
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a notice leads to the page, not to the sign-in
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 30 * 60
LANGUAGE_COOKIE_NAME = "guiju_language"

API_PER_MINUTE = 600  # requests of one token or person, in each process of the server

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 0
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # What strangers ask for fills no log, and no log tells who asked for what.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
