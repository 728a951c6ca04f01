"""What a person may do on a day: the roles granted to them, and what other areas add."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet

from guiju.base.access import places
from guiju.base.access.models import RoleGrant
from guiju.core.access import ADMINISTRATORS, Grant, Standing
from guiju.core.terms import Role

Source = Callable[[str, date], Iterable[Grant]]

_SOURCES: list[Source] = []
_ROLES = {role.value: role for role in Role}


def add_source(source: Source) -> None:
    """Let another area grant roles besides, such as those of a delegation.

    Args:
        source: returns the grants of a person on a day, in one query at most.
    """
    if source not in _SOURCES:
        _SOURCES.append(source)


def holding(on: date) -> QuerySet[RoleGrant]:
    """Return the grants that hold on a day."""
    is_over = Q(end_date__isnull=False, end_date__lt=on)
    return RoleGrant.objects.filter(revoked_at=None, start_date__lte=on).exclude(is_over)


def standing(person: str, on: date) -> Standing:
    """Return what a person may do on a day.

    One query, one more where a role is bound to a unit, and those of the sources. A role
    over a unit whose place is not known, and a role that this program does not know,
    grant nothing; administrators are made by ``grant_role`` alone, never by delegation.
    """
    rows = list(holding(on).filter(person=person).values_list("role", "unit"))
    known = places.paths(unit for _, unit in rows if unit)
    granted = (
        Grant(_ROLES[role], known[unit] if unit else "")
        for role, unit in rows
        if role in _ROLES and (not unit or unit in known)
    )
    added = (
        grant
        for grant in chain.from_iterable(source(person, on) for source in _SOURCES)
        if grant.role not in ADMINISTRATORS
    )
    return Standing(person, tuple(dict.fromkeys(chain(granted, added))))
