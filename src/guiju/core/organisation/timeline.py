"""Who meets whom in time, found without comparing everybody with everybody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeAlias, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Span(Generic[R]):
    """A row in time, from ``start`` until before ``end``.

    Attributes:
        row: what it is about.
        told: it stands in the workbook, not only on record.
        party: spans of one party never stand in each other's way.
        number: its row, so that of two that start together the upper comes first.
    """

    row: R
    start: date
    end: date
    told: bool
    party: object
    number: int

    @property
    def order(self) -> tuple[date, int, str]:
        return self.start, self.number, str(self.party)


Pair: TypeAlias = tuple[Span[R], Span[R] | None]
"""The best span so far, and the best of another party."""


class Timeline(Generic[R]):
    """Spans that exclude one another, ready to be asked who meets a given one."""

    def __init__(self, spans: Iterable[Span[R]]) -> None:
        ordered = sorted(spans, key=lambda span: span.order)
        self._orders = [span.order for span in ordered]
        self._longest: list[Pair[R]] = []
        for span in ordered:
            last = self._longest[-1] if self._longest else None
            self._longest.append(_better(last, span))
        on_record = [span for span in ordered if not span.told]
        self._known = [span.order for span in on_record]
        self._next: list[Pair[R]] = []
        for span in reversed(on_record):
            self._next.append(_nearer(self._next[-1] if self._next else None, span))
        self._next.reverse()

    def met_by(self, span: Span[R]) -> R | None:
        """Return one that ``span`` meets on some day: earlier in order, or on record.

        Of two rows of one workbook only the later is to be blamed, so that a fault is told once.
        """
        place = bisect_left(self._orders, span.order)
        if place:
            other = _of_another(self._longest[place - 1], span.party)
            if other and other.end > span.start:
                return other.row
        place = bisect_right(self._known, span.order)
        if place < len(self._next):
            other = _of_another(self._next[place], span.party)
            if other and other.start < span.end:
                return other.row
        return None


def _better(last: Pair[R] | None, span: Span[R]) -> Pair[R]:
    """Keep the span that lasts longest, and the longest of another party."""
    if last is None:
        return span, None
    first, second = last
    if span.end > first.end:
        return span, second if first.party == span.party else first
    if span.party != first.party and (second is None or span.end > second.end):
        return first, span
    return last


def _nearer(last: Pair[R] | None, span: Span[R]) -> Pair[R]:
    """Keep the span that starts next, and the next of another party; ``span`` is before both."""
    if last is None:
        return span, None
    first, second = last
    return span, second if first.party == span.party else first


def _of_another(pair: Pair[R], party: object) -> Span[R] | None:
    first, second = pair
    return second if first.party == party else first
