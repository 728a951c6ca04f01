from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from guiju.core.calendar import CHINA, Notice, WorkingCalendar, shown
from guiju.core.errors import Invalid
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit
from guiju.exchange.holidays import china

HOURS, DAYS, WORKING = LimitUnit.HOURS, LimitUnit.DAYS, LimitUnit.WORKING_DAYS


def at(text: str, offset: int = CHINA) -> int:
    """Turn local clock time into an instant, by another road than the product's."""
    local = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return round(local.timestamp()) * 1_000_000 - offset * 60_000_000


def last_minute(start: str, amount: int, unit: LimitUnit) -> str:
    return shown(china().due(at(start), Limit(amount, unit)).at)


def test_spring_festival_2024_is_off_and_the_sunday_before_is_worked() -> None:
    assert china().is_working(date(2024, 2, 4))
    assert not china().is_working(date(2024, 2, 12))
    assert china().working_days_between(date(2024, 2, 9), date(2024, 2, 18)) == 1


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2024-03-04 09:00", 1, DAYS, "2024-03-05 23:59"),  # 201条: 开始的当日不计入
        ("2024-03-04 00:00", 1, DAYS, "2024-03-05 23:59"),
        ("2024-03-04 23:59", 0, DAYS, "2024-03-04 23:59"),  # 当日
        ("2024-03-07 09:00", 2, DAYS, "2024-03-11 23:59"),  # 203条: 9日是星期六
        ("2024-09-26 09:00", 5, DAYS, "2024-10-08 23:59"),  # 203条: 国庆节
        ("2024-04-03 09:00", 3, DAYS, "2024-04-07 23:59"),  # 7日是调休上班的星期日
        ("2024-03-01 09:00", 1, WORKING, "2024-03-04 23:59"),  # 许可法82条
        ("2024-02-08 09:00", 3, WORKING, "2024-02-19 23:59"),  # 9、18、19日
        ("2024-03-02 09:00", 0, WORKING, "2024-03-04 23:59"),
        ("2024-03-01 17:30", 48, HOURS, "2024-03-03 17:30"),  # 201条第2款: 周末照算
    ],
)
def test_limits_end_where_the_law_says(start: str, amount: int, unit: LimitUnit, last: str) -> None:
    assert last_minute(start, amount, unit) == last


def test_the_last_day_ends_at_24_00_and_not_a_moment_later() -> None:
    limit, start = Limit(1, DAYS), at("2024-03-04 09:00")
    midnight = at("2024-03-06 00:00")
    assert not china().exceeds(start, midnight - 1, limit)
    assert china().exceeds(start, midnight, limit)


def test_hours_end_to_the_microsecond() -> None:
    limit, start = Limit(2, HOURS), at("2024-03-04 09:00")
    end = at("2024-03-04 11:00")
    assert not china().exceeds(start, end, limit)
    assert china().exceeds(start, end + 1, limit)


def test_the_day_is_the_local_one() -> None:
    start = at("2024-03-04 23:30", offset=0)
    assert shown(china().due(start, Limit(1, DAYS), offset=0).at, 0) == "2024-03-05 23:59"
    assert shown(china().due(start, Limit(1, DAYS)).at) == "2024-03-06 23:59"


def test_beyond_the_known_years_weekends_count_and_the_answer_says_so() -> None:
    beyond, within = at("2031-10-01 09:00"), at("2024-10-01 09:00")
    due = china().due(beyond, Limit(1, WORKING))
    assert (shown(due.at), due.provisional) == ("2031-10-02 23:59", True)
    assert not china().due(within, Limit(1, WORKING)).provisional
    assert china().due(at("2026-12-31 09:00"), Limit(5, WORKING)).provisional
    assert not china().due(beyond, Limit(5, HOURS)).provisional


def test_a_notice_settles_a_further_year() -> None:
    notice = Notice(
        years=frozenset({2031}),
        off=frozenset({date(2031, 10, 1), date(2031, 10, 2), date(2031, 10, 4)}),
        worked=frozenset({date(2031, 10, 5)}),
    )
    due = china().amended(notice).due(at("2031-09-30 09:00"), Limit(2, WORKING))
    assert (shown(due.at), due.provisional) == ("2031-10-05 23:59", False)


def test_a_later_notice_wins_over_an_earlier_one() -> None:
    monday, sunday = date(2024, 9, 30), date(2024, 9, 29)
    assert china().is_working(monday)
    assert china().is_working(sunday)
    changed = china().amended(Notice(off=frozenset({monday, sunday})))
    assert not changed.is_working(monday)
    assert not changed.is_working(sunday)
    assert changed.amended(Notice(worked=frozenset({monday, sunday}))) == china()


@pytest.mark.parametrize("unit", LimitUnit)
def test_a_negative_limit_is_refused(unit: LimitUnit) -> None:
    with pytest.raises(Invalid, match="期限不能是负数：-1") as refusal:
        WorkingCalendar().due(0, Limit(-1, unit))
    assert refusal.value.code == "TIME-01"


def test_adding_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(Invalid, match="期限不能是负数"):
        WorkingCalendar().add_working_days(date(2024, 1, 1), -1)


@pytest.mark.parametrize("instant", [-(2**62), 2**62, 0])
@pytest.mark.parametrize("amount", [0, 10**9])
def test_no_instant_is_too_odd(instant: int, amount: int) -> None:
    for unit in LimitUnit:
        assert china().due(instant, Limit(amount, unit)).at >= instant
    assert shown(instant)


def test_no_day_is_too_late() -> None:
    assert WorkingCalendar().add_working_days(date(9999, 12, 30), 100) == date.max


def test_holidays_are_loaded_only_when_asked_for() -> None:
    probe = "import sys, guiju.exchange.holidays; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
