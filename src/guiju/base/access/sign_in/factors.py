"""By what a person shows who they are."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class Factor(Term):
    """A way to show who one is; apps, keys and recovery codes have the codes of django-allauth."""

    PASSWORD = "password", zh("密码")
    APP = "totp", zh("动态口令")
    KEY = "webauthn", zh("安全密钥")
    OPENID = "openid", zh("统一身份认证")
    DIRECTORY = "directory", zh("单位目录的密码")
    RECOVERY = "recovery_codes", zh("恢复码")
