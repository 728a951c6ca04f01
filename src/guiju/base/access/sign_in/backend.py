"""Checking a password: the same work for every name, known or not, and nothing written."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import is_password_usable, make_password, verify_password

from guiju.base.access.sign_in.policies import MOST_CHARACTERS


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Says who typed the right password; whether they may come in is decided elsewhere."""

    def _check_password(
        self, user: AbstractBaseUser | None, password: str
    ) -> AbstractBaseUser | None:
        """Check it without Django's way of hashing anew, which would write past the door."""
        if user is None or not is_password_usable(user.password):
            return None
        if len(password) > MOST_CHARACTERS:
            return None
        self._did_check_password = True
        is_right, _is_old = verify_password(password, user.password)
        return user if is_right else None

    def _mitigate_timing_attack(self, password: str) -> None:
        make_password(password[:MOST_CHARACTERS])
