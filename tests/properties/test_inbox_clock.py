"""The clock of a task and its reminders, against going hour by hour and day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.base.inbox.clock import Times, read_clock
from guiju.base.inbox.holiday_file import HolidayTable, read_holidays
from guiju.base.inbox.policies import earliest_due, is_to_escalate, reminder_due
from guiju.base.inbox.states import NoticeKind
from guiju.core.calendar import Notice, WorkingCalendar
from guiju.core.errors import Invalid
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit
from guiju.exchange.holidays import china
from inbox_story import HERE

ONE = timedelta(days=1)
starts = st.datetimes(datetime(2025, 1, 1), datetime(2026, 10, 1))  # noqa: DTZ001 - made local below
limits = st.builds(Limit, st.integers(0, 20), st.sampled_from(LimitUnit))


def times_of(start: datetime, limit: Limit) -> Times:
    begin = start.replace(tzinfo=HERE)
    micros = round(begin.timestamp() * 1_000_000)
    due = china().due(micros, limit).at
    end = datetime.fromtimestamp(0, HERE) + timedelta(microseconds=due)
    return Times(begin, end, limit.unit)


def working_days_after(day: date, until: date) -> int:
    days = (day + ONE * n for n in range(1, (until - day).days + 1))
    return sum(map(china().is_working, days))


@settings(deadline=None, max_examples=200)
@given(starts, limits, st.integers(0, 60 * 24))
def test_words_and_colour_agree_with_counting(start: datetime, limit: Limit, hours: int) -> None:
    times = times_of(start, limit)
    assert times.due is not None
    now = times.started + timedelta(hours=hours)
    clock = read_clock(times, now, china())
    assert (clock.tone == "over") == (now > times.due)
    assert 0 <= clock.used <= 100
    if now > times.due:
        days = working_days_after(times.due.date(), now.date())
        count = days or (now - times.due) // timedelta(hours=1)
        unit = "个工作日" if days else "小时"
        assert str(clock.words) == (f"已超期 {count} {unit}" if count else "已超期，不到 1 小时")
    elif limit.unit is LimitUnit.WORKING_DAYS and now.date() < times.due.date():
        left = working_days_after(now.date(), times.due.date())
        assert str(clock.words) == f"还剩 {left} 个工作日"


@settings(deadline=None, max_examples=100)
@given(starts, limits)
def test_the_share_used_never_falls(start: datetime, limit: Limit) -> None:
    times = times_of(start, limit)
    hours = [times.started + timedelta(hours=6 * n) for n in range(200)]
    used = [read_clock(times, at, china()).used for at in hours]
    assert used == sorted(used)
    assert used[-1] == 100


@settings(deadline=None, max_examples=100)
@given(starts, limits)
def test_reminders_come_once_a_day_and_only_on_worked_days(start: datetime, limit: Limit) -> None:
    times = times_of(start, limit)
    assert times.due is not None
    seen = set()
    for n in range(24 * 50):
        now = times.started + timedelta(hours=n)
        reminder = reminder_due(times, now, china())
        if reminder is None:
            continue
        assert times.due < earliest_due(now)  # so the job looks at it
        is_late = now > times.due
        assert reminder.kind is (NoticeKind.OVERDUE if is_late else NoticeKind.BEFORE)
        if limit.unit is not LimitUnit.HOURS or is_late:
            assert china().is_working(now.date())
            assert reminder.day == now.date()
            seen.add((reminder.kind, reminder.day))
    if limit.unit is LimitUnit.WORKING_DAYS:
        last = times.due.date()
        early = {day for kind, day in seen if kind is NoticeKind.BEFORE}
        expected = {last} if last > times.started.date() else set()
        eve = last - ONE
        while not china().is_working(eve):
            eve -= ONE
        if eve > times.started.date():
            expected.add(eve)
        assert early == expected


@settings(deadline=None, max_examples=200)
@given(starts, limits, st.integers(0, 40 * 24))
def test_the_superior_hears_after_two_working_days(
    start: datetime, limit: Limit, hours: int
) -> None:
    times = times_of(start, limit)
    assert times.due is not None
    now = times.due + timedelta(hours=hours - 24)
    expected = working_days_after(times.due.date(), now.date()) >= 2
    assert is_to_escalate(times.due, now, china()) == expected


some_days = st.frozensets(st.dates(date(2027, 1, 1), date(2028, 12, 31)), max_size=40)


@given(some_days, some_days, st.sets(st.sampled_from([2027, 2028])))
def test_a_notice_survives_being_written_and_read(
    off: frozenset[date], worked: frozenset[date], years: set[int]
) -> None:
    plain = Notice(frozenset(years), off - worked, worked)
    spoken_of = {day.year for day in off | worked}
    table = HolidayTable("通知", plain)
    written = " ".join(map(str, sorted(years)))
    if not years <= spoken_of or not spoken_of:
        with pytest.raises(Invalid) as refused:
            read_holidays(table.text.encode(), title="通知", years=written)
        assert refused.value.code == ("CALENDAR-06" if spoken_of else "CALENDAR-05")
        return
    again = read_holidays(table.text.encode(), title="通知", years=written)
    assert again == table
    calendar = WorkingCalendar().amended(again.notice)
    assert all(calendar.is_working(day) for day in worked)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.text(max_size=30))
def test_any_bytes_are_read_or_refused(content: bytes, years: str) -> None:
    codes = {f"CALENDAR-0{n}" for n in range(1, 8)}
    for data in (content, b"PK" + content, b"2027-01-01 " + content):
        assert outcome(data, years) in {"read", *codes}


def outcome(data: bytes, years: str) -> str:
    try:
        read_holidays(data, title="通知", years=years)
    except Invalid as refusal:
        return refusal.code
    return "read"
