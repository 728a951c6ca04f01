"""Who may do what, and where: permissions, roles and scopes as plain data.

A role is code, reviewed like code; a grant gives a person a role over one unit and all
below it. The same scope filters lists, pages, exports, the API and search, so that a list
shows exactly what a detail page would allow (security.md, section 2).

A unit's place is its path, the numbers of the units above it and its own: ``1/14/203/``.
A scope is a set of such beginnings, so that both Python and SQL can ask it cheaply.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guiju.core.terms import Permission, Role

EVERYBODYS = frozenset({Permission.OWN_ACCOUNT, Permission.DECLARE_OWN})
"""What everybody who has signed in may, also one who has no role: to see to their own account,
and to declare what they must."""

_PERSONAL = EVERYBODYS | {
    Permission.INBOX_USE,
    Permission.DELEGATE_OWN,
    Permission.LISTS_SIGN,
    Permission.RISK_REPORT,
}
"""What everyone may who has an account, since it concerns nobody else."""

_READING = _PERSONAL | {
    Permission.ORG_READ,
    Permission.PERSON_READ,
    Permission.LISTS_READ,
    Permission.HELP_READ,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.STAFF: _READING,
    Role.LEADER: _READING
    | {Permission.ROTATION_READ, Permission.ORG_EXPORT, Permission.LISTS_SUSPEND},
    Role.ORG_KEEPER: _READING
    | {
        Permission.ORG_EDIT,
        Permission.PERSON_EDIT,
        Permission.APPOINT,
        Permission.DELEGATE,
        Permission.BODY_EDIT,
        Permission.ROTATION_READ,
        Permission.ORG_EXPORT,
        Permission.ORG_IMPORT,
        Permission.SEALED_READ,
        Permission.TASK_ASSIGN,
        Permission.VIEW_SHARE,
    },
    Role.LIST_KEEPER: _READING
    | {
        Permission.ORG_EXPORT,
        Permission.LISTS_EDIT,
        Permission.CAMPAIGN_RUN,
        Permission.TASK_ASSIGN,
        Permission.VIEW_SHARE,
    },
    Role.SUPERVISOR: _READING
    | {
        Permission.CAMPAIGN_RUN,
        Permission.PROFILE_EDIT,
        Permission.ROTATION_READ,
        Permission.ORG_EXPORT,
        Permission.SEALED_READ,
        Permission.SEALED_BAR,
        Permission.RECORD_READ,
        Permission.FILES_READ,
        Permission.FILES_ADD,
        Permission.TASK_ASSIGN,
        Permission.VIEW_SHARE,
    },
    Role.SYSTEM_ADMIN: _PERSONAL
    | {Permission.HELP_READ, Permission.HEALTH_READ, Permission.CALENDAR_EDIT},
    Role.SECURITY_ADMIN: _PERSONAL
    | {
        Permission.HELP_READ,
        Permission.HEALTH_READ,
        Permission.ACCOUNT_READ,
        Permission.ACCOUNT_EDIT,
        Permission.ROLE_GRANT,
        Permission.SESSION_REVOKE,
        Permission.MATRIX_READ,
        Permission.VIEW_SHARE,
    },
    Role.AUDIT_ADMIN: _PERSONAL
    | {
        Permission.HELP_READ,
        Permission.HEALTH_READ,
        Permission.ACCOUNT_READ,
        Permission.MATRIX_READ,
        Permission.RECORD_READ,
    },
}
"""What each role may do. The three administrators keep one another in check: who runs the
system cannot give rights, who gives rights cannot read the record, who reads it can change
nothing (GB/T 22239-2019, 8.1.5.2 to 8.1.5.4, 三员分立)."""

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

SECOND_FACTOR = frozenset({*ADMINISTRATORS, Role.SUPERVISOR, Role.ORG_KEEPER, Role.LEADER})
"""Roles that nobody uses with a password alone (GB/T 22239-2019, 8.1.4.1 d)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where something is allowed: the units whose path begins like one of these.

    Attributes:
        beginnings: sorted, none the beginning of another; ``("",)`` is everywhere.
    """

    beginnings: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Tell whether a unit's path lies in it."""
        return path.startswith(self.beginnings) if self.beginnings else False

    def inside(self, path: str) -> Scope:
        """Return what of it lies in a unit or below."""
        return scope_of(
            one if one.startswith(path) else path
            for one in self.beginnings
            if one.startswith(path) or path.startswith(one)
        )

    def __bool__(self) -> bool:
        return bool(self.beginnings)


NOWHERE = Scope()
EVERYWHERE = Scope(("",))


def scope_of(paths: Iterable[str]) -> Scope:
    """Return the scope of these units and all below them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return Scope(tuple(kept))


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over a unit and all below it; the empty path is the whole installation."""

    role: Role
    path: str


@dataclass(frozen=True)
class Standing:
    """What one person may do at one moment.

    Attributes:
        person: their reference; empty for a stranger.
        grants: the roles that are theirs now.
    """

    person: str = ""
    grants: tuple[Grant, ...] = ()

    @cached_property
    def _scopes(self) -> dict[Permission, Scope]:
        places: dict[Permission, list[str]] = {}
        for grant in self.grants:
            for permission in ROLES[grant.role]:
                places.setdefault(permission, []).append(grant.path)
        return {permission: scope_of(paths) for permission, paths in places.items()}

    def scope(self, permission: Permission) -> Scope:
        """Return where something is allowed to this person."""
        return self._scopes.get(permission, NOWHERE)

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Tell whether something is allowed, at a unit's path or, without one, anywhere."""
        if permission in EVERYBODYS and path is None:
            return bool(self.person)
        scope = self.scope(permission)
        return bool(scope) if path is None else scope.covers(path)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held now, wherever."""
        return frozenset(grant.role for grant in self.grants)


@dataclass(frozen=True)
class Narrowed(Standing):
    """A person's standing, less what a token leaves out: never more than theirs.

    Attributes:
        only: what remains of it.
        inside: in which unit; the empty path is everywhere. What concerns nobody but the person
            lies in no unit and is not limited by it.
        is_read_only: whether nothing may be changed with it.
        token: the token's reference.
    """

    only: frozenset[Permission] = frozenset()
    inside: str = ""
    is_read_only: bool = False
    token: str = ""

    def scope(self, permission: Permission) -> Scope:
        """Return where something is allowed to this token."""
        if permission not in self.only:
            return NOWHERE
        whole = super().scope(permission)
        is_whole = not self.inside or permission in _PERSONAL or permission is Permission.HELP_READ
        return whole if is_whole else whole.inside(self.inside)

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Tell whether something is allowed to this token."""
        return permission in self.only and super().may(permission, path)


STRANGER = Standing()
"""Who has not signed in."""
