"""Whole lists in the gallery: an area's own table over made-up rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

from django.http import HttpRequest, QueryDict

from guiju.base.ui import lists
from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.people import Holder, holders
from guiju.base.ui.list_state import read_state
from guiju.base.ui.paging import Place
from guiju.base.ui.sources import Key
from guiju.base.ui.tables import Sort, Table
from guiju.core.sentence import Sentence

Row = TypeVar("Row")
Shown = Mapping[str, object]

COUNTS = {"empty": 0, "typical": 8, "long": 5, "many": 200, "error": 0, "forbidden": 6}
"""Rows by state; in an error the reader's condition finds nothing."""

_FIRST_DAY, _FIRST_INSTANT = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _AsGiven(Generic[Row]):
    """Rows in the order in which they are given; each key is its place, of the column's kind."""

    rows: Sequence[Row]

    def read(
        self, order: Sort, *, is_backwards: bool, place: Place | None, most: int
    ) -> Sequence[tuple[Key, Row]]:
        del is_backwards
        keyed = [((_part(order, at), at), row) for at, row in enumerate(self.rows)]
        if place is None:
            return keyed[:most]
        at = int(place.key[1])  # type: ignore[arg-type]  # the second part is a whole number
        return keyed[:at][::-1][:most] if place.is_back else keyed[at + 1 :][:most]

    def count(self, most: int) -> int:
        return min(len(self.rows), most)


def _part(order: Sort, at: int) -> str | int | date | datetime:
    if order.kind is datetime:
        return _FIRST_INSTANT + timedelta(days=at)
    if order.kind is date:
        return _FIRST_DAY + timedelta(days=at)
    return at if order.kind is int else f"{at:06}"


def listed(
    request: HttpRequest, table: Table[Row], state: str, make: Callable[[Holder], Row]
) -> lists.Listed:
    """Return a list of made-up rows as its page shows it; whoever is not allowed cannot export."""
    asked: QueryDict = request.GET
    if state == "error" and table.filters:
        one = table.filters[0]
        wanted = one.choices[-1][0] if one.choices else "没有的"
        asked = QueryDict(f"{one.name}={wanted}")
    people = holders(COUNTS[state], is_long=state == "long")
    return lists.present(
        request,
        table=table,
        state=read_state(asked, table),
        source=_AsGiven([make(one) for one in people]),
        may_export=state != "forbidden",
    )


def add_lists(*given: tuple[str, Sentence, str, Callable[[HttpRequest, str], Shown]]) -> None:
    """Put screens into the gallery: name, label, template, contents."""
    for name, label, template, show in given:
        add_exhibit(Exhibit(name, label, template, show, is_screen=True))
