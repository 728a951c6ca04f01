"""Signing in, and counting who fails to.

The password is checked before the transaction, since its hash takes long on purpose; what
was counted meanwhile is looked at again inside, so that guesses made at the same moment
get no further than guesses made one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.base.access.models import Account
from guiju.base.access.policies import AccountState
from guiju.base.access.shells import note_shell
from guiju.base.access.sign_in import events, library, lockout, refusals
from guiju.base.access.sign_in.actions.failing import count_cloned, count_failure
from guiju.base.access.sign_in.actions.identities import ask_directory, find_account, link
from guiju.base.access.sign_in.address import address_of
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.identity import Identity
from guiju.base.access.sign_in.library import Authenticator
from guiju.base.access.sign_in.models import Attempts, PasswordUse
from guiju.base.access.sign_in.policies import KEPT, is_overdue
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Refusal

SECOND_FACTOR_FLAG = "second_factor"
"""The session's word for: more than a password was shown."""

_ELSEWHERE = "known_elsewhere"
"""The session's word for: no password of ours was used, so that its age does not matter."""


def _nothing() -> None:
    """Prove nothing more: the first factor was enough."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody showed last.

    Attributes:
        factor: by what.
        prove: checks it inside the transaction, so that nothing is good twice.
        is_strong: whether it is more than one factor.
    """

    factor: Factor
    prove: Callable[[], Authenticator | None] = _nothing
    is_strong: bool = False


def sign_in(
    request: HttpRequest, *, login_name: str, password: str, onward: str, at: datetime
) -> HttpResponse:
    """Let somebody in by password, or on to their second factor.

    Args:
        request: the browser's; its session becomes theirs.
        login_name: as typed.
        password: as typed.
        onward: the page of ours that they wanted; may be empty.
        at: when.

    Raises:
        Invalid: ACCESS-63 when something was left empty.
        Denied: ACCESS-60 when they do not fit, ACCESS-61 while locked, ACCESS-62 for an
            account that lets nobody in; what ``ask_directory`` and ``enter_as`` raise; what
            ``recording`` raises.
    """
    name, address = login_name.strip().casefold(), address_of(request)
    if not name or not password:
        raise refusals.untyped()
    lockout.require_open(lockout.known(name, address), at)
    account = library.authenticated(request, name, password)
    if account is not None:
        return after_password(request, account, onward=onward, at=at)
    identity = ask_directory(name, password, address=address, at=at)
    if identity is None:
        count_failure(name, address, Factor.PASSWORD, at=at)
        raise refusals.wrong()
    return enter_as(request, identity, onward=onward, at=at)


def after_password(
    request: HttpRequest, account: Account, *, onward: str, at: datetime
) -> HttpResponse:
    """Let somebody in whose password is right or new, or on to their second factor.

    Raises:
        Denied: ACCESS-61, ACCESS-62; what ``recording`` raises.
    """
    require_usable(account, at)
    request.session[_ELSEWHERE] = False

    def go() -> HttpResponse:
        return library.begin(request, account, onward)

    if library.has_second_factor(account):
        return go()
    return _enter(request, account, Shown(Factor.PASSWORD), go, at)


def enter_as(
    request: HttpRequest, identity: Identity, *, onward: str, at: datetime
) -> HttpResponse:
    """Let somebody in whom another house knows, or on to their second factor.

    Raises:
        Denied: SIGNIN-01 when no account fits; ACCESS-61, ACCESS-62; what ``recording`` raises.
    """
    address = address_of(request)
    account = find_account(identity, address=address, at=at)
    lockout.require_open(lockout.known(account.login_name, address), at)
    require_usable(account, at)
    link(account, identity, at=at)
    request.session[_ELSEWHERE] = True

    def go() -> HttpResponse:
        return library.begin(request, account, onward, is_strong=identity.is_strong)

    if library.has_second_factor(account) and not identity.is_strong:
        return go()
    shown = Shown(identity.factor, is_strong=identity.is_strong)
    return _enter(request, account, shown, go, at)


def waiting(request: HttpRequest, *, at: datetime) -> tuple[library.LoginStage, Account]:
    """Return the sign-in of this browser that waits for a second factor, and whose it is.

    Raises:
        Denied: ACCESS-75 when there is none, or it waits too long; ACCESS-61, ACCESS-62.
    """
    stage = library.pending(request)
    if stage is None:
        raise refusals.too_late()
    account = library.account_of(stage)
    address = address_of(request)
    lockout.require_open(lockout.known(account.login_name, address), at)
    require_usable(account, at)
    return stage, account


def show_code(request: HttpRequest, *, code: str, at: datetime) -> HttpResponse:
    """Let somebody in whose password was right, by a code of their app or a recovery code.

    Raises:
        Denied: ACCESS-64 for a wrong or used code; what ``waiting`` raises.
    """
    stage, account = waiting(request, at=at)
    plain = library.plain_code(code)
    factor = Factor.RECOVERY if len(plain) == library.RECOVERY_DIGITS else Factor.APP

    def prove() -> Authenticator:
        return library.taken(account, plain, factor, at=at)

    shown = Shown(factor, prove, is_strong=True)
    try:
        return _enter(request, account, shown, lambda: library.finish(stage), at)
    except library.WrongCode:
        count_failure(account.login_name, address_of(request), factor, at=at)
        raise refusals.wrong_code() from None


def show_key(request: HttpRequest, *, credential: str, at: datetime) -> HttpResponse:
    """Let somebody in whose password was right, by the answer of a security key.

    Raises:
        Denied: ACCESS-73 for a wrong answer; SIGNIN-07 for one that a copy of the key may
            have given; what ``waiting`` raises.
    """
    stage, account = waiting(request, at=at)
    address = address_of(request)
    answer = library.answering_key(account, credential)
    prove = partial(library.counted_on, account, answer)
    shown = Shown(Factor.KEY, prove, is_strong=True)
    try:
        return _enter(request, account, shown, lambda: library.finish(stage), at)
    except library.WrongCode:
        count_failure(account.login_name, address, Factor.KEY, at=at)
        raise refusals.wrong_key() from None
    except library.ClonedKey:
        count_cloned(account, address, at=at)
        raise refusals.cloned_key() from None


def require_usable(account: Account, at: datetime) -> None:
    """Refuse an account that is shut, over, or was not used for long.

    Raises:
        Denied: ACCESS-62.
    """
    if account.state(at) is not AccountState.OPEN:
        raise refusals.shut()


def _enter(
    request: HttpRequest,
    account: Account,
    shown: Shown,
    go: Callable[[], HttpResponse],
    at: datetime,
) -> HttpResponse:
    """Check the proof, sign in and record it in one transaction; mark the session."""
    draft = events.SIGNED_IN(object=account.reference, factor=shown.factor.value)
    elsewhere = bool(request.session.get(_ELSEWHERE))
    by = Actor(account.person)
    with _nobody_if_refused(request), recording(draft, by=by, at=at) as passage:
        limits = lockout.subjects(account.login_name, address_of(request))
        lockout.require_open(lockout.held(limits), at)
        Attempts.objects.filter(subject=lockout.name_subject(account.login_name)).delete()
        Attempts.objects.filter(last_at__lte=at - KEPT).delete()
        used = shown.prove()
        if used is not None:
            used.last_used_at = at
            used.save(update_fields=["data", "last_used_at"])
            if shown.factor is Factor.RECOVERY:
                left = library.codes_left(used)
                passage.add(events.RECOVERY_USED(object=account.reference, left=left))
        account.last_used_at = at
        if not elsewhere:
            account.must_change_password |= _is_overdue(account, at)
        account.save(update_fields=["last_used_at", "must_change_password"])
        answer = go()
    request.session[SECOND_FACTOR_FLAG] = shown.is_strong
    note_shell(request, account.person, timezone.localdate(at))
    return answer


@contextmanager
def _nobody_if_refused(request: HttpRequest) -> Iterator[None]:
    """Leave nobody signed in when the door says no: the library changes the session before."""
    try:
        yield
    except Refusal:
        if SESSION_KEY in request.session:
            request.session.flush()
            request.user = AnonymousUser()
        raise


def _is_overdue(account: Account, at: datetime) -> bool:
    used = PasswordUse.objects.filter(account=account).order_by("-since").first()
    return used is not None and is_overdue(used.since, at, days=settings.PASSWORD_DAYS)
