"""When people are moved: three times a year, and when units are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from guiju.demo.county.seats import FOUND_2018, FOUND_2019

FIRST = (date(2016, 3, 9), date(2016, 7, 13), date(2016, 9, 14), date(2016, 11, 9))
"""The days of 2016 on which the first holders began."""

RETIREMENT = 60
_MONTHS = (3, 7, 11)
_LAST = date(2026, 7, 8)
_AFTER = date(2027, 3, 10)
"""Until then nobody else falls due, so that the example shows what it means to show."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which people are moved.

    Attributes:
        next: the day of the following turn.
        posts: a small turn moves the holders of these alone.
    """

    day: date
    next: date
    posts: tuple[str, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether only some posts are concerned."""
        return bool(self.posts)


def turns(small: dict[date, tuple[str, ...]]) -> Iterator[Turn]:
    """Yield the turns from 2017 to 2026; ``small`` ones lie between."""
    large = {_second_wednesday(year, month) for year in range(2017, 2027) for month in _MONTHS} | {
        FOUND_2018,
        FOUND_2019,
    }
    days = sorted(day for day in large | small.keys() if day <= _LAST)
    for day, following in pairwise([*days, _AFTER]):
        yield Turn(day, following, small.get(day, ()))


def years(start: date, end: date) -> float:
    """Return the years between two days."""
    return (end - start).days / 365.25


def _second_wednesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(2 - first.weekday()) % 7 + 7)
