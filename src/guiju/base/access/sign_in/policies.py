"""What is decided about signing in without looking anywhere: only what is given.

GB/T 22239-2019, 8.1.4.1 asks for complex passwords that are changed, for an end to
failed attempts, and for a second factor.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

WINDOW = timedelta(minutes=15)
"""Within what time failures are counted together."""

FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
"""How long the first lock lasts; each further one twice as long, up to the longest."""

FORGETTING = timedelta(hours=24)
"""How long after a lock the next one counts as a first one again."""

KEPT = LONGEST_LOCK + FORGETTING
"""How long after the last failure anything depends on it."""

MOST_CHARACTERS = 128
"""Of a password; more would only cost time to hash."""

_KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


@dataclass(frozen=True, slots=True)
class Failures:
    """The failures of one login name or one address.

    Attributes:
        at: the instants that may still count, the oldest first.
        strikes: how many times it was locked, one lock soon after the other.
        locked_until: until when it is locked; None while it never was.
    """

    at: tuple[datetime, ...] = ()
    strikes: int = 0
    locked_until: datetime | None = None

    def left(self, at: datetime) -> timedelta:
        """Return how long it is still locked; nothing when it is open."""
        return max(self.locked_until - at, timedelta()) if self.locked_until else timedelta()

    def with_another(self, at: datetime, *, most: int) -> Failures:
        """Return what one more failure makes of it: the ``most``-th within the window locks."""
        counted = (*(one for one in self.at if one > at - WINDOW), at)
        if len(counted) < most:
            return replace(self, at=counted)
        is_fresh = self.locked_until is None or self.locked_until + FORGETTING <= at
        strikes = 1 if is_fresh else self.strikes + 1
        longest_doublings = 10
        lock = min(FIRST_LOCK * 2 ** min(strikes - 1, longest_doublings), LONGEST_LOCK)
        return Failures((), strikes, at + lock)


def require_good_password(password: str, *, login_name: str, least: int) -> None:
    """Refuse a password that is easily guessed (GB/T 22239-2019, 8.1.4.1 a).

    Args:
        password: as it was typed.
        login_name: of whoever will use it.
        least: how many characters it must have.

    Raises:
        Invalid: ACCESS-65 when it is too short or too long, ACCESS-66 without three kinds of
            characters, ACCESS-67 when it holds the login name or is it backwards.
    """
    if not least <= len(password) <= MOST_CHARACTERS:
        raise Invalid(
            "ACCESS-65",
            zh(
                "新密码要有 {least} 到 {most} 个字符，现在是 {count} 个。请重新设置。",
                least=least,
                most=MOST_CHARACTERS,
                count=len(password),
            ),
        )
    if _kinds(password) < 3 or len(set(password)) < 5:
        raise Invalid(
            "ACCESS-66",
            zh(
                "新密码要含大写字母、小写字母、数字、符号中的至少三种，且不同的字符不少于 5 个。"
                "请重新设置。"
            ),
        )
    name, said = login_name.casefold(), password.casefold()
    if len(name) >= 3 and (name in said or name[::-1] in said):
        raise Invalid("ACCESS-67", zh("新密码里不能有登录名。请重新设置。"))


def _kinds(password: str) -> int:
    """Count the kinds of characters; whatever is neither letter nor digit is a symbol."""
    plain = "".join(_KINDS)
    return sum(any(c in kind for c in password) for kind in _KINDS) + any(
        c not in plain for c in password
    )


def core_of(password: str) -> str:
    """Return what is left without digits and symbols at both ends: the word people begin with."""
    return password.strip(string.digits + string.punctuation + string.whitespace).casefold()


def is_overdue(since: datetime, at: datetime, *, days: int) -> bool:
    """Tell whether a password is so old that it must be changed."""
    return since + timedelta(days=days) <= at
