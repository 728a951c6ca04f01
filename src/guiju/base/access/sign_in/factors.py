"""By what else than a password a person shows who they are."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class Factor(Term):
    """A way to show who one is; the codes of the second ones are those of django-allauth."""

    PASSWORD = "password", zh("密码")
    APP = "totp", zh("动态口令")
    KEY = "webauthn", zh("安全密钥")
    RECOVERY = "recovery_codes", zh("恢复码")
