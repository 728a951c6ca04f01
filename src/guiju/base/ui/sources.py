"""Where a list's rows come from: a query, or rows that are at hand.

Both are read by key in either direction, a page at a time, however long the list is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Exists, F, Q, QuerySet

from guiju.base.ui.paging import Part, Place
from guiju.base.ui.tables import Sort

Row = TypeVar("Row")
Light = TypeVar("Light")
Row_co = TypeVar("Row_co", covariant=True)
Key = tuple[Part, ...]


class Source(Protocol[Row_co]):
    """Rows in some order."""

    def read(
        self, order: Sort, *, is_backwards: bool, place: Place | None, most: int
    ) -> Sequence[tuple[Key, Row_co]]:
        """Return at most so many rows with their keys, from the place on, in its direction."""

    def count(self, most: int) -> int:
        """Return how many rows there are, or ``most`` where there are more."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """Rows of a query, already limited to the reader's scope and filters.

    Attributes:
        queryset: without an order of its own; its primary key is a number.
        make: turns what was read into typed rows, so that names of a whole page can be
            looked up at once.
    """

    queryset: QuerySet[Any]
    make: Callable[[Sequence[Any]], Sequence[Row]]

    def read(
        self, order: Sort, *, is_backwards: bool, place: Place | None, most: int
    ) -> Sequence[tuple[Key, Row]]:
        """Return rows by key: one query, and what ``make`` needs."""
        is_down = is_backwards != bool(place and place.is_back)
        query = self.queryset.annotate(sorted_by=F(order.field))
        if place is not None:
            query = query.filter(_beyond(place.key, is_down=is_down))
        sign = "-" if is_down else ""
        found = list(query.order_by(f"{sign}sorted_by", f"{sign}pk")[:most])
        keys = [(one.sorted_by, one.pk) for one in found]
        return list(zip(keys, self.make(found), strict=True))

    def count(self, most: int) -> int:
        """Return how many rows there are, up to ``most``."""
        return self.queryset.order_by()[:most].count()


def _beyond(key: Key, *, is_down: bool) -> Q:
    """Return what lies beyond a key; the first condition alone lets an index be used."""
    way = "lt" if is_down else "gt"
    value, number = key
    near = Q(**{f"sorted_by__{way}e": value})
    return near & (Q(**{f"sorted_by__{way}": value}) | Q(sorted_by=value, **{f"pk__{way}": number}))


@dataclass(frozen=True, slots=True)
class AtHand(Generic[Row]):
    """Rows in memory, for lists that are computed and short.

    Attributes:
        rows: in any order.
        number: a number for each row, of its own.
    """

    rows: Sequence[Row]
    number: Callable[[Row], int]

    def read(
        self, order: Sort, *, is_backwards: bool, place: Place | None, most: int
    ) -> Sequence[tuple[Key, Row]]:
        """Return rows by key."""
        is_down = is_backwards != bool(place and place.is_back)
        keyed = [((getattr(row, order.field), self.number(row)), row) for row in self.rows]
        keyed.sort(key=lambda pair: pair[0], reverse=is_down)
        if place is not None:
            at: Any = place.key
            keyed = [pair for pair in keyed if (pair[0] < at if is_down else pair[0] > at)]
        return keyed[:most]

    def count(self, most: int) -> int:
        """Return how many rows there are, up to ``most``."""
        return min(len(self.rows), most)


@dataclass(frozen=True, slots=True)
class InOrder(Generic[Row]):
    """Rows in memory by ascending numbers, for long lists that are sorted by nothing else.

    A page costs the same however many there are.

    Attributes:
        rows: by ascending numbers.
        number: of a row.
    """

    rows: Sequence[Row]
    number: Callable[[Row], int]

    def read(
        self,
        order: Sort,  # noqa: ARG002 - there is but one
        *,
        is_backwards: bool,
        place: Place | None,
        most: int,
    ) -> Sequence[tuple[Key, Row]]:
        """Return rows by key."""
        is_down = is_backwards != bool(place and place.is_back)
        first, last = 0, len(self.rows)
        if place is not None:
            at: Any = place.key[-1]
            if is_down:
                last = bisect_left(self.rows, at, key=self.number)
            else:
                first = bisect_right(self.rows, at, key=self.number)
        if is_down:
            some = self.rows[max(first, last - most) : last][::-1]
        else:
            some = self.rows[first : min(last, first + most)]
        return [((self.number(row), self.number(row)), row) for row in some]

    def count(self, most: int) -> int:
        """Return how many rows there are, up to ``most``."""
        return min(len(self.rows), most)


@dataclass(frozen=True, slots=True)
class Filled(Generic[Light, Row]):
    """Rows in memory that hold no more than their order, filled in where they are shown.

    Attributes:
        at_hand: all rows, with what they are sorted by.
        make: turns those of a page, or of a batch of an export, into whole rows.
    """

    at_hand: AtHand[Light] | InOrder[Light]
    make: Callable[[Sequence[Light]], Sequence[Row]]

    def read(
        self, order: Sort, *, is_backwards: bool, place: Place | None, most: int
    ) -> Sequence[tuple[Key, Row]]:
        """Return rows by key, and what ``make`` needs."""
        found = self.at_hand.read(order, is_backwards=is_backwards, place=place, most=most)
        return list(
            zip((key for key, _ in found), self.make([row for _, row in found]), strict=True)
        )

    def count(self, most: int) -> int:
        """Return how many rows there are, up to ``most``."""
        return self.at_hand.count(most)


def looked_up(rows: QuerySet[Any]) -> Exists:
    """Return the condition that there is such a row, looked for anew beside each row of a list.

    For lists of which a page is read: PostgreSQL would else read all such rows beforehand, or
    join them in an order that must go through everything.

    Args:
        rows: found along an index, by what ``OuterRef`` says of the list's row.
    """
    # An offset is what keeps PostgreSQL from turning it into a join or a table of hashes.
    return Exists(rows, template="EXISTS(%(subquery)s OFFSET 0)")


def all_rows(
    source: Source[Row], order: Sort, *, is_backwards: bool, batch: int = 2_000
) -> Iterator[Row]:
    """Give every row in order, read in batches by key: memory stays small."""
    place: Place | None = None
    while True:
        found = source.read(order, is_backwards=is_backwards, place=place, most=batch)
        yield from (row for _, row in found)
        if len(found) < batch:
            return
        place = Place(found[-1][0])
