"""Spans of days that move along with today, and two days of one's own."""

import calendar
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.record.pages.filters import read_filters
from guiju.base.ui.gallery.writing import gallery_table
from guiju.base.ui.list_state import read_state
from guiju.base.ui.periods import OWN, PRESETS, Period, Picker, read_period
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))
NAMES = {"choice": "period", "since": "since", "until": "until", "label": zh("时间")}


def span(name, today):
    return Period(name).days(today)


@given(DAYS)
def test_a_month_a_quarter_and_a_year_are_whole_and_hold_today(today):
    last = calendar.monthrange(today.year, today.month)[1]
    assert span("month", today) == (today.replace(day=1), today.replace(day=last))
    first, end = span("quarter", today)
    months = {(first + timedelta(days=n)).month for n in range((end - first).days + 1)}
    assert (first.day, len(months), (first.month - 1) % 3) == (1, 3, 0)
    assert (end + timedelta(days=1)).day == 1
    assert first <= today <= end
    assert span("year", today) == (date(today.year, 1, 1), date(today.year, 12, 31))


@given(DAYS)
def test_the_last_month_ends_on_the_day_before_this_one_and_thirty_days_are_thirty(today):
    first, end = span("last-month", today)
    assert end + timedelta(days=1) == today.replace(day=1)
    assert (first.day, first.month) == (1, end.month)
    since, until = span("30-days", today)
    assert (until, (until - since).days + 1) == (today, 30)


def test_what_is_picked_is_read_from_the_address_and_said():
    today = date(2026, 11, 25)
    month = read_period({"period": "month", "since": "2001-01-01"}, **NAMES)
    assert month == Period("month")
    assert str(month.says(today)) == "本月（2026年11月1日至2026年11月30日）"
    own = read_period({"since": "2026-01-01"}, **NAMES)
    assert own == read_period({"period": OWN, "since": "2026-01-01"}, **NAMES)
    assert own.days(today) == (date(2026, 1, 1), None)
    assert str(own.says(today)) == "2026-01-01起"
    assert not read_period({"period": OWN}, **NAMES)
    assert not read_period({}, **NAMES)
    with pytest.raises(Invalid, match="PAGE-08"):
        read_period({"period": "decade"}, **NAMES)


def test_the_picker_marks_what_is_picked():
    picked = Picker(zh("时间"), Period("year"))
    assert [name for name, _, is_picked in picked.options if is_picked] == ["year"]
    assert len(picked.options) == len(PRESETS) + 2
    assert Picker(zh("时间"), Period(OWN, "2026-01-01")).is_own


def test_a_list_filters_by_a_period():
    table = gallery_table(may_act=False)
    state = read_state(QueryDict("from=own&from_since=2019-01-01&from_until=2020-01-01"), table)
    assert state.period("from").days(date(2026, 1, 1)) == (date(2019, 1, 1), date(2020, 1, 1))
    moving = read_state(QueryDict("from=year&from_since=2019-01-01"), table)
    assert dict(moving.filters) == {"from": "year"}
    for query, code in (
        ("from_since=2020-01-02&from_until=2020-01-01", "PAGE-04"),
        ("from_since=yesterday", "PAGE-03"),
        ("from=decade", "PAGE-08"),
    ):
        with pytest.raises(Invalid) as refused:
            read_state(QueryDict(query), table)
        assert refused.value.code == code


def test_the_record_s_timeline_takes_a_moving_period():
    found = read_filters({"period": "30-days"})
    assert (found.before - found.since).days == 30
    with pytest.raises(Invalid, match="PAGE-08"):
        read_filters({"period": "decade"})
