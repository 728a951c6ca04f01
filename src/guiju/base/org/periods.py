"""Periods of days: from ``start`` until before ``end``; what is not known is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` until before ``end``.

    Attributes:
        start: None where it has always been.
        end: None where no end is known.
    """

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether both have a day in common."""
        return _begins_before(self.start, other.end) and _begins_before(other.start, self.end)

    def contains(self, other: Period) -> bool:
        """Tell whether every day of ``other`` lies in it."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends


def through(first: date, last: date) -> Period:
    """Return the period of which ``last`` is the last day."""
    return Period(first, None if last == date.max else last + DAY)


def unbroken(periods: Iterable[Period]) -> list[Period]:
    """Return the same days as periods that neither touch nor overlap, in order."""
    joined: list[Period] = []
    for period in sorted(periods, key=lambda one: one.start or date.min):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and last.end < (period.start or date.min)):
            joined.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            joined[-1] = Period(last.start, period.end)
    return joined


def covers(periods: Iterable[Period], wanted: Period) -> bool:
    """Tell whether every day of ``wanted`` lies in one of the periods."""
    return any(period.contains(wanted) for period in unbroken(periods))


def years_later(day: date, years: int) -> date:
    """Return the last day of so many years from ``day`` (民法典第202条: 对应日，或月末日)."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February, in a year that has none
        return day.replace(year=year, day=28)


def _begins_before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end
