"""What is decided about accounts and roles without looking anywhere: only what is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from guiju.core.access import (
    ADMINISTRATORS,
    EVERYBODYS,
    SECOND_FACTOR,
    Grant,
    Standing,
)
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role, Term

UNUSED = timedelta(days=90)
"""After how long without a sign-in an account expires (GB/T 22239-2019, 8.1.4.2 c)."""

WHOLE_SESSION = timedelta(hours=12)
"""How long a session lasts at most, however much it is used."""

NOTED_EVERY = timedelta(minutes=1)
"""How exactly a session knows when it was last used; more often it is not written."""

LONGEST_TOKEN = timedelta(days=366)
"""How long a token of the API may be good for."""

WHOLE_INSTALLATION = frozenset(
    {
        Permission.ACCOUNT_READ,
        Permission.ACCOUNT_EDIT,
        Permission.ROLE_GRANT,
        Permission.SESSION_REVOKE,
        Permission.MATRIX_READ,
        Permission.HEALTH_READ,
        Permission.CALENDAR_EDIT,
    }
)
"""What concerns the installation and no unit of it: a role over a part gives none of it."""


OWN = EVERYBODYS | {Permission.INBOX_USE, Permission.DELEGATE_OWN}
"""What is about nobody but the reader."""


class Reach(Term):
    """Over what a permission reaches."""

    PUBLIC = "public", zh("不必登录")
    ANYWHERE = "anywhere", zh("不分单位")
    OWN = "own", zh("本人")
    UNITS = "units", zh("所授单位及其下级")
    WHOLE = "whole", zh("整个系统")


def reach(permission: Permission) -> Reach:
    """Return over what a permission reaches."""
    if permission is Permission.PUBLIC:
        return Reach.PUBLIC
    if permission is Permission.HELP_READ:
        return Reach.ANYWHERE
    if permission in OWN:
        return Reach.OWN
    return Reach.WHOLE if permission in WHOLE_INSTALLATION else Reach.UNITS


class LinkPurpose(Term):
    """For what a one-time link is good."""

    FOUNDING = "founding", zh("首任管理员")
    INVITATION = "invitation", zh("新账号")
    RECOVERY = "recovery", zh("重设密码")


LINK_LIFE = {
    LinkPurpose.FOUNDING: timedelta(hours=24),
    LinkPurpose.INVITATION: timedelta(hours=72),
    LinkPurpose.RECOVERY: timedelta(hours=24),
}
"""How long a link is good, if nobody uses it."""


class AccountState(Term):
    """Whether an account lets anybody in."""

    OPEN = "open", zh("可用")
    DISABLED = "disabled", zh("已停用")
    EXPIRED = "expired", zh("已到期")
    UNUSED = "unused", zh("久未使用")


@dataclass(frozen=True, slots=True)
class Life:
    """What the state of an account hangs on.

    Attributes:
        is_active: false while it is disabled.
        touched: when it was opened, enabled or used last, the latest of them.
        expires_at: from when it is of no use.
    """

    is_active: bool
    touched: datetime
    expires_at: datetime | None

    def state(self, at: datetime) -> AccountState:
        """Return its state at an instant."""
        if not self.is_active:
            return AccountState.DISABLED
        if self.expires_at is not None and self.expires_at <= at:
            return AccountState.EXPIRED
        if self.touched + UNUSED <= at:
            return AccountState.UNUSED
        return AccountState.OPEN


def allows(standing: Standing, permission: Permission) -> bool:
    """Tell whether somebody who has signed in may open a page.

    Their own account is everybody's. What concerns the whole installation needs a role over
    all of it; for the rest a role over any unit opens the page, whose content its scope limits.
    """
    if permission is Permission.PUBLIC:
        return True
    return standing.may(permission, "" if permission in WHOLE_INSTALLATION else None)


def without_second_factor(standing: Standing) -> Standing:
    """Return what remains of a standing while a password alone was shown.

    Roles that need more grant nothing; the person stays known, so that they can come to
    the second factor.
    """
    kept = tuple(grant for grant in standing.grants if grant.role not in SECOND_FACTOR)
    return Standing(standing.person, kept)


def needs_second_factor(grants: Iterable[Grant]) -> bool:
    """Tell whether one of these roles is used by nobody with a password alone."""
    return any(grant.role in SECOND_FACTOR for grant in grants)


def clashing(role: Role, held: Iterable[Role], merged: frozenset[Role]) -> Role | None:
    """Return which role held forbids another one, since one person must not be both.

    Args:
        role: to be granted.
        held: by the same person, now or later.
        merged: the two administrators that a small body may unite; empty for none.
    """
    if role not in ADMINISTRATORS:
        return None
    others = [one for one in held if one in ADMINISTRATORS and one is not role]
    return next((one for one in others if {one, role} != merged), None)
