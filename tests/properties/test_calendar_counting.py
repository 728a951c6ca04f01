"""Counting against chinese_calendar's own functions, and against going day by day."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.calendar import CHINA, Notice, WorkingCalendar
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit
from guiju.exchange.holidays import china

ONE = timedelta(days=1)
known = st.dates(date(2004, 1, 1), date(2026, 12, 31))
anywhere = st.dates(date(1900, 1, 1), date(2100, 12, 31))
some_days = st.frozensets(st.dates(date(2024, 1, 1), date(2024, 3, 1)), max_size=20)


def midnight(day: date) -> int:
    """Return the instant at which ``day`` begins in China."""
    return ((day - date(1970, 1, 1)).days * 1440 - CHINA) * 60_000_000


def test_every_known_day_is_as_chinese_calendar_says() -> None:
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert china().is_working(day) == chinese_calendar.is_workday(day), day
        day += ONE


@settings(deadline=None, max_examples=25)
@given(known, known)
def test_counting_between_agrees_with_chinese_calendar(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    theirs = chinese_calendar.get_workdays(start, end)
    ours = china().working_days_between(start, end)
    assert ours == len(theirs) - chinese_calendar.is_workday(start)
    assert china().working_days_between(end, start) == -ours


@settings(deadline=None)
@given(st.dates(date(2004, 1, 1), date(2025, 6, 30)), st.integers(1, 200))
def test_adding_agrees_with_chinese_calendar(start: date, n: int) -> None:
    theirs = chinese_calendar.find_workday(n - 1, start + ONE)
    assert china().add_working_days(start, n) == theirs


@settings(deadline=None)
@given(anywhere, st.integers(0, 60))
def test_adding_agrees_with_going_day_by_day(start: date, n: int) -> None:
    day = start
    for _ in range(n):
        day += ONE
        while not china().is_working(day):
            day += ONE
    assert china().add_working_days(start, n) == day
    assert china().working_days_between(start, day) == n


@settings(deadline=None)
@given(some_days, some_days, st.dates(date(2023, 12, 25), date(2024, 3, 10)))
def test_a_notice_decides_its_days_and_no_others(
    off: frozenset[date], worked: frozenset[date], day: date
) -> None:
    plain = WorkingCalendar()
    amended = plain.amended(Notice(off=off, worked=worked))
    expected = day in worked or (day not in off and plain.is_working(day))
    assert plain.is_working(day) == (day.weekday() < 5)
    assert amended.is_working(day) == expected


@settings(deadline=None)
@given(
    st.dates(date(2003, 1, 1), date(2027, 12, 31)),
    st.integers(0, 86_399),
    st.integers(0, 40),
    st.booleans(),
)
def test_the_last_day_agrees_with_going_day_by_day(
    start: date, second: int, amount: int, working: bool
) -> None:
    unit = LimitUnit.WORKING_DAYS if working else LimitUnit.DAYS
    day, left = start, amount
    while left:
        day += ONE
        left -= china().is_working(day) if working else 1
    while not china().is_working(day):
        day += ONE
    due = china().due(midnight(start) + second * 1_000_000, Limit(amount, unit))
    assert due.at == midnight(day + ONE) - 1
    assert due.provisional == (not 2004 <= start.year <= day.year <= 2026)
