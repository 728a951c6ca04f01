"""What pages know of an account's password, second factor and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from guiju.base.access import grants
from guiju.base.access.models import Account
from guiju.base.access.policies import needs_second_factor as roles_need_it
from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.models import LinkedIdentity, PasswordUse
from guiju.core.sentence import Sentence, zh

_SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS", "Linux")
_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


@dataclass(frozen=True, slots=True)
class FactorShown:
    """An authenticator app or a security key, as its owner sees it."""

    identity: int
    kind: Factor
    name: str
    since: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """All that an account shows besides its password.

    Attributes:
        second: apps and keys, the oldest first.
        codes_left: how many recovery codes were not used yet.
        is_needed: whether the account's roles must have a second factor.
    """

    second: tuple[FactorShown, ...]
    codes_left: int
    is_needed: bool

    @property
    def has_app(self) -> bool:
        """Whether one of them is an authenticator app."""
        return any(one.kind is Factor.APP for one in self.second)


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A browser in which an account is signed in."""

    number: int
    browser: Sentence
    address: str
    since: datetime
    is_this: bool


def needs_second_factor(account: Account, *, at: datetime) -> bool:
    """Tell whether the account's roles must have a second factor."""
    standing = grants.standing(account.person, timezone.localdate(at))
    return roles_need_it(standing.grants)


def factors(account: Account, *, at: datetime) -> Factors:
    """Return what an account shows besides its password."""
    second, left = [], 0
    for one in library.authenticators(account):
        if one.type == Factor.RECOVERY.value:
            left = library.codes_left(one)
            continue
        name = one.data.get("name", "")
        second.append(
            FactorShown(one.pk, Factor.of(one.type), name, one.created_at, one.last_used_at)
        )
    return Factors(tuple(second), left, needs_second_factor(account, at=at))


def sessions(account: Account, *, this: str) -> tuple[SessionShown, ...]:
    """Return where an account is signed in, the newest first.

    Args:
        account: whose sessions.
        this: the key of the session that asks.
    """
    rows = library.open_sessions(account)
    return tuple(
        SessionShown(
            row.pk, browser(row.user_agent), row.ip, row.created_at, row.session_key == this
        )
        for row in rows
    )


def browser(agent: str) -> Sentence:
    """Return what a browser says it is, in a few words."""
    name = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for word in _SYSTEMS if word in agent), "")
    if not name and not system:
        return zh("认不出的浏览器")
    return zh("{system} 上的 {browser}", system=system or "—", browser=name or "—")


def is_known_elsewhere(account: Account) -> bool:
    """Tell whether the account remembers an identity of a provider or a directory."""
    return LinkedIdentity.objects.filter(account=account).exists()


def password_until(account: Account) -> datetime | None:
    """Return until when the password may be kept; None when it was never set."""
    used = PasswordUse.objects.filter(account=account).order_by("-since").first()
    return used.since + timedelta(days=settings.PASSWORD_DAYS) if used else None
