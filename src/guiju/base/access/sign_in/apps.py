"""Signing in as a Django app, with the few tables that are its own."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.record import wall


class SignInConfig(AppConfig):
    """Registers the event types; lets the library keep sessions."""

    name = "guiju.base.access.sign_in"
    label = "sign_in"
    verbose_name = "登录"

    def ready(self) -> None:
        from guiju.base.access.sign_in import events  # noqa: F401, PLC0415 - needs loaded apps

        wall.exempt(
            "account_emailaddress",
            "a migration of the library puts addresses into lower case; accounts have none",
        )
        wall.exempt(
            "django_session",
            "Django keeps what a browser's cookie points at; who came and went is recorded",
        )
