"""Which edition of a unit counts: the one in use, or else the one on its way."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiju.base.org.reads.within import numbers_in
from guiju.core.access import Scope
from guiju.core.lists.states import IN_USE, OPEN
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.editions import visible

_IN_USE = [one.value for one in IN_USE]
_ALIVE = [one.value for one in IN_USE | OPEN]


def current(scope: Scope, person: str) -> QuerySet[Edition]:
    """Return the edition of each unit that counts, of those that somebody may read."""
    in_use = Edition.objects.filter(unit=OuterRef("unit"), state__in=_IN_USE)
    return Edition.objects.filter(visible(scope, person), state__in=_ALIVE).filter(
        Q(state__in=_IN_USE) | ~Exists(in_use)
    )


def nearest(paths: Iterable[str], scope: Scope, person: str) -> dict[str, Edition]:
    """Return the edition that counts for each of these units; one query.

    An office acts by the lists of the bureau that it belongs to: the nearest unit above that
    has any.

    Args:
        paths: where the units lie.
        scope: where the reader may look.
        person: the reader.
    """
    wanted = list(paths)
    numbers = {number for path in wanted for number in numbers_in(path)}
    rows = current(scope, person).filter(unit__in=numbers).select_related("unit")
    found = {one.unit.number: one for one in rows}
    said = {}
    for path in wanted:
        line = [found[number] for number in numbers_in(path) if number in found]
        if line:
            said[path] = line[-1]
    return said
