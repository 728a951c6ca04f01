"""The parts of django-allauth that it calls internal, all in one place.

Its views are made for sign-up by e-mail and show its own words; we need its stages of
signing in, its authenticators and its way of talking with security keys. Whoever updates
the library looks here, and at ``tests/unit/test_sign_in_library.py``.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.base.access.models import Account
from guiju.base.access.sign_in.factors import Factor

__all__ = ["Authenticator", "LoginStage", "RecoveryCodes", "UserSession"]

STEP = 30
"""Seconds for which a code of an authenticator app is shown (RFC 6238)."""

RECOVERY_DIGITS = 8
LAST_STEP = "last_step"
"""Under what an authenticator keeps the last time step of which a code was used."""

_SECOND_STAGE = "mfa_authenticate"
_COUNT = "sign_count"
"""Under what a security key keeps how far it had counted when it was used last."""

_CODE = re.compile(r"[0-9]{6}|[0-9]{8}")
_MOST_CREDENTIAL = 16_384
SECOND = (Factor.APP.value, Factor.KEY.value)
"""The kinds that are asked for when signing in; recovery codes only replace one of them."""


def authenticated(request: HttpRequest, login_name: str, password: str) -> Account | None:
    """Return whose name and password these are; every name costs the same time."""
    found = get_adapter().authenticate(request, username=login_name, password=password)
    return found if isinstance(found, Account) else None


def begin(
    request: HttpRequest, account: Account, onward: str, *, is_strong: bool = False
) -> HttpResponse:
    """Go on after the first factor: to the second where there is one, else inside.

    Args:
        request: the browser's.
        account: whose it is.
        onward: the page of ours that was wanted.
        is_strong: whether a second factor was shown already, elsewhere.
    """
    clear_login(request)
    login = Login(user=account, redirect_url=onward)
    if is_strong:
        LoginStageController(request, login).set_handled(_SECOND_STAGE)
    answer: HttpResponse = perform_password_login(request, {}, login)
    return answer


def pending(request: HttpRequest) -> LoginStage | None:
    """Return the sign-in that waits for a second factor in this browser, while it is fresh."""
    return LoginStageController.enter(request, _SECOND_STAGE)


def account_of(stage: LoginStage) -> Account:
    """Return whose password was right."""
    account: Account = stage.login.user
    return account


def finish(stage: LoginStage) -> HttpResponse:
    """Go inside, the second factor having been shown."""
    answer: HttpResponse = stage.exit()
    return answer


def leave(request: HttpRequest) -> None:
    """Sign out: the session is destroyed, and with it what the cookie points at."""
    logout(request, show_message=False)


def authenticators(account: Account) -> list[Authenticator]:
    """Return everything that an account can show besides its password, the oldest first."""
    return list(Authenticator.objects.filter(user_id=account.pk).order_by("created_at", "pk"))


def has_second_factor(account: Account) -> bool:
    """Tell whether signing in asks for more than the password."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=SECOND).exists())


def new_secret() -> str:
    """Return a secret for an authenticator app, in base32."""
    return str(generate_totp_secret())


def app_address(account: Account, secret: str) -> str:
    """Return the ``otpauth:`` address that an authenticator app reads from a QR code."""
    return str(get_factor_adapter().build_totp_url(account, secret))


def seal(text: str) -> str:
    """Encrypt what must not lie in the database as it is."""
    return str(get_factor_adapter().encrypt(text))


def unseal(text: str) -> str:
    """Return what ``seal`` closed; ACCESS-79 when it cannot be opened."""
    return str(get_factor_adapter().decrypt(text))


def plain_code(code: str) -> str:
    """Return a typed code without the spaces that people put between its digits."""
    found = re.sub(r"[\s-]", "", code)
    return found if _CODE.fullmatch(found) else ""


def matching_step(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """Return the time step whose code this is; None for a wrong code and for one of the past.

    One step earlier or later is taken for a clock that goes wrong. A step counts once
    (RFC 6238, 5.2): only those after the last one used are looked at.
    """
    now = int(at.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        expected = f"{hotp_value(secret, step):06d}"
        if step > after and hmac.compare_digest(expected, code):
            return step
    return None


class WrongCode(Exception):  # noqa: N818 - leaves a transaction; never shown
    """A code is not the one, or was used before."""


def held_authenticators(account: Account) -> list[Authenticator]:
    """Return what an account can show, held until the transaction ends."""
    return list(Authenticator.objects.select_for_update().filter(user_id=account.pk))


def taken(account: Account, code: str, factor: Factor, *, at: datetime) -> Authenticator:
    """Return the authenticator that a code belongs to, in which it now counts as used; unsaved.

    The caller stands in a transaction, so that no code is taken twice.

    Raises:
        WrongCode: when there is none.
    """
    held = {one.type: one for one in held_authenticators(account)}
    found = held.get(factor.value)
    if found is not None and code:
        take = _take_app_code if factor is Factor.APP else _take_recovery_code
        if take(found, code, at):
            return found
    raise WrongCode


def _take_app_code(app: Authenticator, code: str, at: datetime) -> bool:
    secret = unseal(app.data["secret"])
    step = matching_step(secret, code, at=at, after=app.data.get(LAST_STEP, -1))
    if step is not None:
        app.data[LAST_STEP] = step
    return step is not None


def _take_recovery_code(codes: Authenticator, code: str, _at: datetime) -> bool:
    used: int = codes.data["used_mask"]
    for place, expected in enumerate(RecoveryCodes(codes).generate_codes()):
        if not used >> place & 1 and hmac.compare_digest(expected, code):
            codes.data["used_mask"] = used | 1 << place
            return True
    return False


def make_codes(account: Account) -> list[str]:
    """Make recovery codes for an account that has none; return them."""
    return list(RecoveryCodes.activate(account).generate_codes())


def codes_left(codes: Authenticator) -> int:
    """Return how many recovery codes were not used yet."""
    return len(RecoveryCodes(codes).get_unused_codes())


def key_options(account: Account) -> dict[str, Any]:
    """Return what a browser needs to make a new security key known; the session remembers it."""
    return _plain(webauthn.begin_registration(account, passwordless=False))


def key_question(account: Account) -> dict[str, Any]:
    """Return what a browser needs to ask a security key; the session remembers it."""
    return _plain(webauthn.begin_authentication(account))


def new_key(credential: str) -> dict[str, Any] | None:
    """Return a security key's credential once it is checked; None when it does not hold."""
    try:
        found = json.loads(credential[:_MOST_CREDENTIAL])
        webauthn.parse_registration_response(found)
        webauthn.complete_registration(found)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return dict(found)


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """A security key's answer, whose signature is right: which key, and how far it counted."""

    identity: int
    count: int


class ClonedKey(Exception):  # noqa: N818 - leaves a transaction; never shown
    """A security key did not count on, as a copy of it would not."""


def answering_key(account: Account, credential: str) -> KeyAnswer | None:
    """Return what a security key answered; None when the answer is not right."""
    try:
        found = json.loads(credential[:_MOST_CREDENTIAL])
        response = webauthn.parse_authentication_response(found)
        key = webauthn.complete_authentication(account, found)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return KeyAnswer(key.pk, response.response.authenticator_data.counter)


def counted_on(account: Account, answer: KeyAnswer | None) -> Authenticator:
    """Return the security key that answered, its count noted; unsaved.

    A key counts its signatures, or always says 0. One that has ever counted and does not
    say more than last time has a copy (WebAuthn level 2, 7.2, step 21). The caller stands in
    a transaction, so that one answer is not taken for two.

    Raises:
        WrongCode: when there is no right answer, or the key was taken out of use meanwhile.
        ClonedKey: when it did not count on.
    """
    held = {one.pk: one for one in held_authenticators(account)}
    key = held.get(answer.identity) if answer else None
    if answer is None or key is None:
        raise WrongCode
    last: int = key.data.get(_COUNT, key.wrap().authenticator_data.counter)
    if (last or answer.count) and answer.count <= last:
        raise ClonedKey
    key.data[_COUNT] = answer.count
    return key


def _plain(options: Any) -> dict[str, Any]:  # noqa: ANN401 - fido2's own mapping
    plain: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return plain


def open_sessions(account: Account) -> list[UserSession]:
    """Return the sessions of an account that are still alive, the newest first; two queries."""
    rows = UserSession.objects.filter(user_id=account.pk).order_by("-created_at", "-pk")
    keys = [row.session_key for row in rows]
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    known = set(alive.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in known]


def are_codes_of(account: Account, codes: list[str]) -> bool:
    """Tell whether these are all of an account's recovery codes, as they were shown."""
    rows = Authenticator.objects.filter(user_id=account.pk, type=Factor.RECOVERY.value)
    return any(RecoveryCodes(row).generate_codes() == codes for row in rows)
