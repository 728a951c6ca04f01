"""One way to limit a query to a scope, and to go through long lists by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from guiju.base.org.models import UnitVersion
from guiju.base.ui.paging import SIZE, Page, Place, make_page
from guiju.core.access import EVERYWHERE, Scope

Row = TypeVar("Row")
Each = TypeVar("Each", bound=Model)

KEY: tuple[type, ...] = (str, int)
"""What the key of a list consists of (``ui.paging.read_place``): its text column, the number."""


def within(scope: Scope, path: str) -> Q:
    """Return the condition that a unit's path, the column ``path``, lies in a scope."""
    if scope == EVERYWHERE:
        return Q()
    found = Q(pk__in=[])
    for beginning in scope.beginnings:
        lookup = "begins_widely" if _is_top(beginning) else "begins"
        found |= Q(**{f"{path}__{lookup}": beginning})
    return found


def numbers_in(path: str) -> list[int]:
    """Return the numbers of the units on the way to a unit's place, from the top, its own last."""
    return [int(number) for number in path.split("/") if number]


def is_wide(scope: Scope) -> bool:
    """Tell whether a scope holds everything below some topmost unit, which is nearly all."""
    return any(map(_is_top, scope.beginnings))


def _is_top(beginning: str) -> bool:
    return beginning.count("/") < 2


def living(on: date, prefix: str = "") -> Q:
    """Return the condition that a unit, post or body exists on a day."""
    founded, abolished = f"{prefix}founded_date", f"{prefix}abolished_date"
    begun = Q(**{f"{founded}__isnull": True}) | Q(**{f"{founded}__lte": on})
    return begun & (Q(**{f"{abolished}__isnull": True}) | Q(**{f"{abolished}__gt": on}))


def formerly(text: str) -> Q:
    """Return the condition that a unit has or once had a name that contains a text (K13)."""
    named = UnitVersion.objects.filter(name__contains=text)
    return Q(number__in=named.order_by().values("unit"))


def running(on: date, prefix: str = "") -> Q:
    """Return the condition that a term, of an appointment or membership, runs on a day."""
    end = f"{prefix}end_date"
    return Q(**{f"{prefix}start_date__lte": on}) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on})
    )


def listed(
    rows: QuerySet[Each],
    by: str,
    place: Place | None,
    *,
    show: Callable[[Each], Row],
    size: int = SIZE,
) -> Page[Row]:
    """Return a page of rows sorted by a text column and number; one query."""
    is_back = place is not None and place.is_back
    sign, order = ("lt", "-") if is_back else ("gt", "")
    if place is not None:
        value, number = place.key
        # The first condition alone is where an index can begin.
        rows = rows.filter(Q(**{f"{by}__{sign}e": value})).filter(
            Q(**{f"{by}__{sign}": value}) | Q(**{by: value, f"number__{sign}": number})
        )
    found = list(rows.order_by(f"{order}{by}", f"{order}number")[: size + 1])
    page = make_page(found, cursor=place, key=lambda row: (getattr(row, by), row.pk), size=size)
    return Page(tuple(map(show, page.rows)), page.newer, page.older)
