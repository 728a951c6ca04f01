"""Working days and time limits, counted as the law counts them.

民法典第201条: a limit in days starts on the next day, one in hours at once; 第203条: a
last day that is a day off moves to the next working day, and ends at 24:00.
行政许可法第82条, 行政处罚法第85条: working days leave out the statutory holidays.

Instants are microseconds since 1970-01-01T00:00Z. A local day is a day number
(``date.toordinal``), so that no instant, however odd, can overflow.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit

CHINA = 480
"""Minutes by which China standard time is ahead of UTC."""

_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_EPOCH = date(1970, 1, 1).toordinal()


class Span(Protocol):
    """An amount in a unit, such as the ``Limit`` of a flow's step."""

    @property
    def amount(self) -> int: ...

    @property
    def unit(self) -> LimitUnit: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """What an official notice says of days off (国务院办公厅关于节假日安排的通知).

    Attributes:
        years: the years that are settled by it.
        off: days on which nobody works.
        worked: days that are worked although they fall on a weekend (调休).
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Due:
    """The last instant that is in time.

    Attributes:
        at: that instant; for limits in days the last microsecond of the last day.
        provisional: a year in between has no notice yet, so weekends alone were counted.
    """

    at: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked; beyond the known years weekends alone count.

    Attributes:
        years: the years whose holidays are known.
        off: sorted numbers of the weekdays on which nobody works.
        worked: sorted numbers of the weekend days that are worked.
    """

    years: frozenset[int] = frozenset()
    off: tuple[int, ...] = ()
    worked: tuple[int, ...] = ()

    def amended(self, notice: Notice) -> WorkingCalendar:
        """Return this calendar with ``notice`` laid over it; a worked day wins over a day off."""
        worked = _numbers(notice.worked)
        free = _numbers(notice.off) - worked
        return WorkingCalendar(
            self.years | notice.years,
            _sorted({*self.off, *filter(_is_weekday, free)} - worked),
            _sorted({*self.worked, *itertools.filterfalse(_is_weekday, worked)} - free),
        )

    def is_working(self, day: date) -> bool:
        """Say whether ``day`` is worked."""
        return self._is_working(day.toordinal())

    def add_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (not later than ``date.max``).

        Raises:
            Invalid: TIME-01 when ``n`` is negative.
        """
        return _date(self._add(day.toordinal(), n))

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to and with ``end``; negative backwards."""
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def is_provisional(self, start: date, end: date) -> bool:
        """Say whether an answer about these days rests on weekends alone in some year."""
        return not self.years.issuperset(range(start.year, end.year + 1))

    def due(self, start: int, limit: Span, *, offset: int = CHINA) -> Due:
        """Return until when what began at ``start`` may take, where UTC + ``offset`` minutes holds.

        Raises:
            Invalid: TIME-01 when the limit is negative.
        """
        return self.deadlines(limit, offset=offset)(start)

    def exceeds(self, start: int, end: int, limit: Span, *, offset: int = CHINA) -> bool:
        """Say whether from ``start`` to ``end`` took longer than ``limit``; raises as ``due``."""
        return end > self.due(start, limit, offset=offset).at

    def deadlines(self, limit: Span, *, offset: int = CHINA) -> Callable[[int], Due]:
        """Return ``due`` for one limit, quick for many starts; raises as ``due``."""
        amount = _counted(limit.amount)
        if limit.unit is LimitUnit.HOURS:
            return lambda start: Due(start + amount * _HOUR, provisional=False)
        working = limit.unit is LimitUnit.WORKING_DAYS

        @cache
        def on(day: int) -> Due:
            last = self._add(day, amount) if working else day + amount
            if not self._is_working(last):
                last = self._add(last, 1)
            at = (last + 1 - _EPOCH) * _DAY - offset * _MINUTE - 1
            return Due(at, self.is_provisional(_date(day), _date(last)))

        return lambda start: on(_day(start, offset))

    def _count(self, day: int) -> int:
        """Count the working days from day number 1, a Monday, up to and with ``day``."""
        weeks, rest = divmod(day, 7)
        weekdays = weeks * 5 + min(rest, 5)
        return weekdays - bisect_right(self.off, day) + bisect_right(self.worked, day)

    def _is_working(self, day: int) -> bool:
        return self._count(day) > self._count(day - 1)

    def _add(self, day: int, n: int) -> int:
        target = self._count(day) + _counted(n)
        # `left` days hold at most `left` working days, so a jump never passes the target.
        while left := target - self._count(day):
            day += left
        return day


def shown(instant: int, offset: int = CHINA) -> str:
    """Return ``instant`` as people read it on the clock there: ``2024-03-05 14:30``."""
    day, rest = divmod(instant + offset * _MINUTE, _DAY)
    minutes = rest // _MINUTE
    return f"{_date(day + _EPOCH)} {minutes // 60:02d}:{minutes % 60:02d}"


def _counted(amount: int) -> int:
    if amount < 0:
        raise Invalid("TIME-01", zh("期限不能是负数：{amount}。请写零或正整数。", amount=amount))
    return amount


def _numbers(days: Iterable[date]) -> set[int]:
    return {day.toordinal() for day in days}


def _sorted(days: set[int]) -> tuple[int, ...]:
    return tuple(sorted(days))


def _is_weekday(day: int) -> bool:
    return (day - 1) % 7 < 5


def _day(instant: int, offset: int) -> int:
    return (instant + offset * _MINUTE) // _DAY + _EPOCH


def _date(day: int) -> date:
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))
