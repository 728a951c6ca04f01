"""Dates as offices write them, in China's time, and how long ago something was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guiju.base.ui.dates import ago, day, moment

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 11, 21, 1, 12, tzinfo=UTC), "2026年11月21日 09:12"),
        (datetime(2026, 1, 1, 16, 5, 59, tzinfo=UTC), "2026年1月2日 00:05"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025年12月31日 23:59"),
    ],
)
def test_an_instant_is_shown_to_the_minute_in_chinese_time(at, shown):
    assert str(moment(at)) == shown


def test_a_day_is_shown_without_zeros():
    assert str(day(date(2026, 3, 5))) == "2026年3月5日"


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(0), "刚刚"),
        (timedelta(milliseconds=999), "刚刚"),
        (timedelta(seconds=1), "1 秒前"),
        (timedelta(seconds=59), "59 秒前"),
        (timedelta(minutes=1), "1 分钟前"),
        (timedelta(hours=1) - timedelta(seconds=1), "59 分钟前"),
        (timedelta(hours=1), "1 小时前"),
        (timedelta(days=1) - timedelta(seconds=1), "23 小时前"),
        (timedelta(days=30, hours=23), "30 天前"),
    ],
)
def test_what_is_recent_is_told_in_its_largest_unit(passed, shown):
    assert str(ago(NOON - passed, NOON)) == shown


@pytest.mark.parametrize("passed", [timedelta(days=31), timedelta(seconds=-1)])
def test_what_is_long_ago_or_to_come_is_told_by_its_date_alone(passed):
    assert ago(NOON - passed, NOON) is None
