"""How whole each unit's chains are; what was counted once is not counted again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from django.db.models import QuerySet

from guiju.base.ui.sources import Rows
from guiju.core.lists.coverage import Hole
from guiju.define.lists.models import Edition
from guiju.define.views.reads.outlines import outline_of

_MOST_KEPT = 4_000
_KEPT: OrderedDict[tuple[str, int], Mapping[Hole, int]] = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class UnitHoles:
    """A unit's lists with how often their chains are broken, and where."""

    edition: Edition
    holes: Mapping[Hole, int]


def unit_holes(editions: QuerySet[Edition], conditions: Mapping[str, str]) -> Rows[UnitHoles]:
    """Return units with their holes.

    A page costs one query, and one for each edition that nobody counted since its last change.

    Args:
        editions: those that count.
        conditions: ``search`` a part of the unit's name.
    """
    rows = editions.select_related("unit")
    if text := conditions.get("search", ""):
        rows = rows.filter(unit__name__contains=text)

    def make(found: Sequence[Edition]) -> Sequence[UnitHoles]:
        return [UnitHoles(one, holes_in(one)) for one in found]

    return Rows(rows, make)


def holes_in(edition: Edition) -> Mapping[Hole, int]:
    """Return the holes of an edition; it changes only with its revision."""
    key = (edition.reference, edition.revision)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    counted = outline_of(edition).holes
    with _LOCK:
        _KEPT[key] = counted
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return counted
