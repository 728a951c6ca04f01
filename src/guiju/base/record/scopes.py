"""What part of the record a reader sees: events of the units that lie in their scope.

The record knows units by reference only; the area of the organisation says which units
lie in a scope, once it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guiju.core.access import EVERYWHERE, Scope

UnitsIn = Callable[[Scope], Iterable[str]]
Units = tuple[str, ...] | None
"""References of units; None for all of them, and for what belongs to none."""

_SOURCES: list[UnitsIn] = []


def set_unit_source(source: UnitsIn) -> None:
    """Let the organisation say which units lie in a scope, by reference, in one query."""
    _SOURCES[:] = [source]


def units_in(scope: Scope) -> Units:
    """Return the units of a scope; None where it is everywhere."""
    if scope == EVERYWHERE:
        return None
    if not scope or not _SOURCES:
        return ()
    return tuple(sorted(set(_SOURCES[0](scope)) - {""}))


def is_inside(unit: str, units: Units) -> bool:
    """Tell whether what belongs to a unit, or to none, is seen within these units."""
    return units is None or unit in units
