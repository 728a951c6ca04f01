"""What django-allauth asks of us: no e-mail, no sign-up, no messages; secrets encrypted."""

from __future__ import annotations

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.access.sign_in.address import address_of
from guiju.base.record.vault import key_store
from guiju.core.errors import Denied
from guiju.core.sentence import zh

KEY_NAME = "guiju:second-factor"
"""Under this name the key store keeps the key, and backups of keys take it along."""

_PURPOSE = b"guiju.second-factor/1"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Password, then the second factor, and nothing else on the way in."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - its signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count nothing here: ``lockout`` does, in the database that all processes share."""

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: pages do, in sentences of ours."""

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send no e-mail: accounts have no address."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of the second factor are useless without a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        box = Aead(key_store().make_key(KEY_NAME)).encrypt(text.encode(), _PURPOSE)
        return base64.b64encode(bytes(box)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` closed.

        Raises:
            Denied: ACCESS-79 when the key is gone or another one.
        """
        key = key_store().key(KEY_NAME)
        try:
            if key is not None:
                return Aead(key).decrypt(base64.b64decode(encrypted_text), _PURPOSE).decode()
        except (CryptoError, ValueError):
            pass
        raise Denied(
            "ACCESS-79",
            zh(
                "第二重验证的密钥不在了，或不是原来的那把，现在谁也验证不了。"
                "请系统管理员从密钥备份取回。"
            ),
        )

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Guiju"}
