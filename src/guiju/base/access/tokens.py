"""What a program may that shows a token instead of signing in."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.base.access.models import ApiToken
from guiju.core.access import NOWHERE, Scope, Standing
from guiju.core.terms import Permission


@dataclass(frozen=True)
class Narrowed(Standing):
    """A person's standing, less what a token leaves out.

    Attributes:
        only: what remains of it.
    """

    only: frozenset[Permission] = frozenset()

    def scope(self, permission: Permission) -> Scope:
        """Return where something is allowed to this token."""
        return super().scope(permission) if permission in self.only else NOWHERE


def narrowed(standing: Standing, token: ApiToken) -> Narrowed:
    """Return what remains of a person's standing for one of their tokens."""
    known = {permission.value: permission for permission in Permission}
    only = frozenset(known[code] for code in token.permissions if code in known)
    return Narrowed(standing.person, standing.grants, only)
