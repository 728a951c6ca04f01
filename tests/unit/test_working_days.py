"""Deadlines in working days: against the official holidays, with overrides, beyond the known.

The reference is ``chinese_calendar.is_workday`` asked day by day, never our own counting.
"""

import random
from datetime import date, timedelta

import chinese_calendar
import pytest

from guiju.base.inbox import actions
from guiju.base.inbox.models import HolidayNotice, Task
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Invalid
from guiju.core.flow.model import Limit
from guiju.core.ledger.entry import decode_entry
from guiju.core.terms import LimitUnit
from inbox_story import CHIEF, HERE, WORKING, asked, clock, last_minute, notice

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
KNOWN = [FIRST + ONE * n for n in range((LAST - FIRST).days + 1)]
SPRING_2027 = "2027-02-05至2027-02-11 休\n2027-01-30 班\n2027-01-01 休"


def day_by_day(worked, start, days):
    """The last day of a limit in working days, counted on the fingers (行政许可法第82条)."""
    day = start
    while days:
        day += ONE
        days -= worked(day)
    while not worked(day):
        day += ONE
    return day


def last_day(start, days, unit=WORKING):
    """The last day as the product counts it, from nine in the morning on."""
    began = clock(f"{start} 09:00")
    return due_at(calendar_now(), began, Limit(days, unit))[0].astimezone(HERE).date()


def test_ten_thousand_deadlines_fall_on_the_officially_worked_days():
    official = {day: chinese_calendar.is_workday(day) for day in KNOWN}
    calendar, chance = calendar_now(), random.Random(2026)  # noqa: S311 - a test's sample
    for _ in range(10_000):
        start, days = chance.choice(KNOWN[:-120]), chance.randint(0, 60)
        due, is_provisional = due_at(calendar, clock(f"{start} 09:00"), Limit(days, WORKING))
        here = due.astimezone(HERE)
        assert here.date() == day_by_day(official.__getitem__, start, days), (start, days)
        assert (here.hour, here.minute, is_provisional) == (23, 59, False)


def test_every_known_day_is_judged_as_officially():
    calendar = calendar_now()
    assert len(KNOWN) == 8401
    wrong = [d for d in KNOWN if calendar.is_working(d) != chinese_calendar.is_workday(d)]
    assert wrong == []


@pytest.mark.parametrize("year", range(2004, 2025, 4))
def test_the_29th_of_february_counts_like_any_other_day(year):
    eve = date(year, 2, 28)
    for days in range(5):
        assert last_day(eve, days) == day_by_day(chinese_calendar.is_workday, eve, days)
    one_day = last_day(eve, 1, LimitUnit.DAYS)
    leap = date(year, 2, 29)
    assert one_day == day_by_day(chinese_calendar.is_workday, leap, 0)


def test_weekends_that_are_worked_instead_count_as_working_days():
    instead = [d for d in KNOWN if d.weekday() >= 5 and chinese_calendar.is_workday(d)]
    assert len(instead) > 100
    for day in instead:
        assert last_day(day - ONE, 1) == day


def test_a_local_exception_wins_and_touches_no_other_day(data_folder):
    # 2026年11月23日（星期一）停办公一天，前一个星期六补班
    actions.load_notice(
        notice("2026年11月23日 休\n2026年11月21日 班", title="县政府通知"), by=SYSTEM,
        at=clock("2026-11-01 09:00"),
    )  # fmt: skip
    changed = {date(2026, 11, 23): False, date(2026, 11, 21): True}

    def worked(day):
        return changed.get(day, chinese_calendar.is_workday(day))

    for n in range(25):
        start = date(2026, 11, 10) + ONE * n
        for days in range(8):
            assert last_day(start, days) == day_by_day(worked, start, days)


def test_a_later_notice_corrects_an_earlier_one(data_folder):
    at = clock("2026-11-01 09:00")
    actions.load_notice(notice("2026-11-23 休"), by=SYSTEM, at=at)
    assert not calendar_now().is_working(date(2026, 11, 23))
    actions.load_notice(notice("2026-11-23 班"), by=SYSTEM, at=at)
    assert calendar_now().is_working(date(2026, 11, 23))


def test_beyond_the_known_years_it_never_fails_and_says_that_it_is_provisional(data_folder):
    for start in ("2026-12-28", "2027-02-01", "2031-10-01", "2099-12-31"):
        row = asked(5, at=f"{start} 09:00")
        expected = day_by_day(
            lambda d: chinese_calendar.is_workday(d) if d <= LAST else d.weekday() < 5,
            date.fromisoformat(start), 5,
        )  # fmt: skip
        assert last_minute(row) == f"{expected} 23:59"
        assert row.due_provisional


def test_loading_the_notice_moves_what_was_provisional_with_an_event_for_each(data_folder):
    moved = asked(5, at="2027-02-03 09:00")  # over the Spring Festival
    settled = asked(2, at="2027-03-01 09:00")  # on the same day as before, but for sure
    known = asked(5, at="2026-11-20 09:00")
    beyond = asked(5, at="2028-01-03 09:00")
    done = asked(5, at="2027-02-03 09:00")
    actions.complete_task(done.reference, by=CHIEF, at=clock("2026-11-21 09:00"))
    assert last_minute(moved) == "2027-02-10 23:59"

    told = actions.load_notice(
        notice(SPRING_2027, years="2027"), by=CHIEF, at=clock("2026-11-25 09:00")
    )

    assert told == 2
    assert last_minute(moved) == "2027-02-17 23:59"
    assert last_minute(settled) == "2027-03-03 23:59"
    assert last_minute(known) == "2026-11-27 23:59"
    rows = {row.reference: row.due_provisional for row in Task.objects.all()}
    assert [rows[one.reference] for one in (moved, settled, known, beyond)] == [
        False, False, False, True,
    ]  # fmt: skip
    events = Event.objects.filter(kind="inbox.task.due_recomputed").order_by("id")
    assert [one.object for one in events] == [moved.reference, settled.reference]
    said = decode_entry(bytes(events[0].entry))["data"]
    assert said["before"].startswith("2027-02-10T15:59:59")
    assert said["after"].startswith("2027-02-17T15:59:59")
    loaded = Event.objects.get(kind="inbox.calendar.loaded")
    assert {one.request for one in events} == {loaded.request}


def test_the_same_notice_twice_is_a_conflict_and_changes_nothing(data_folder):
    table, at = notice(SPRING_2027, years="2027"), clock("2026-11-25 09:00")
    actions.load_notice(table, by=CHIEF, at=at)
    with pytest.raises(Conflict) as refused:
        actions.load_notice(table, by=CHIEF, at=at)
    assert refused.value.code == "CALENDAR-08"
    assert HolidayNotice.objects.count() == 1


def test_a_calendar_that_became_known_otherwise_is_caught_up_with(data_folder, monkeypatch):
    """As after an upgrade of the package: the job finds it, once."""
    row = asked(5, at="2027-02-03 09:00")
    newer = calendar_now().amended(notice(SPRING_2027, years="2027").notice)
    monkeypatch.setattr("guiju.base.inbox.actions.holidays.calendar_now", lambda: newer)
    at = clock("2026-11-25 09:00")
    assert actions.recompute_due(by=SYSTEM, at=at) == 1
    assert last_minute(row) == "2027-02-17 23:59"
    assert actions.recompute_due(by=SYSTEM, at=at) == 0


def test_a_limit_that_changes_in_mid_term_counts_from_the_beginning(data_folder):
    row, untouched = asked(5), asked(5)
    assert last_minute(row) == "2026-11-27 23:59"
    actions.change_limit(row.reference, Limit(3, WORKING), by=CHIEF, at=clock("2026-11-24 09:00"))
    assert last_minute(row) == "2026-11-25 23:59"
    assert last_minute(untouched) == "2026-11-27 23:59"
    said = decode_entry(bytes(Event.objects.get(kind="inbox.task.limit_changed").entry))["data"]
    assert (said["amount"], said["unit_of_time"]) == (3, "working_days")
    assert said["after"] == "2026-11-25T15:59:59.999999Z"


def test_a_limit_of_a_task_that_is_over_cannot_change(data_folder):
    row = asked(5)
    actions.complete_task(row.reference, by=CHIEF, at=clock("2026-11-24 09:00"))
    with pytest.raises(Conflict):
        actions.change_limit(
            row.reference, Limit(3, WORKING), by=CHIEF, at=clock("2026-11-24 10:00")
        )


@pytest.mark.parametrize(
    ("amount", "unit", "code"),
    [
        (-1, WORKING, "TIME-01"),
        (10**6, WORKING, "INBOX-05"),
        (10**6, LimitUnit.HOURS, "INBOX-05"),
        (10**12, LimitUnit.DAYS, "INBOX-05"),
    ],
)
def test_a_limit_that_no_office_has_is_refused(data_folder, amount, unit, code):
    with pytest.raises(Invalid) as refused:
        asked(limit=Limit(amount, unit))
    assert refused.value.code == code
    assert not Task.objects.exists()


def test_the_calendar_costs_one_query_and_knows_a_failed_load(
    data_folder, django_assert_num_queries
):
    calendar_now()
    with django_assert_num_queries(1):
        before = calendar_now()
    with pytest.raises(ZeroDivisionError):
        _fail_after_loading()
    assert calendar_now() == before


def _fail_after_loading():
    from django.db import transaction  # noqa: PLC0415 - only here

    with transaction.atomic():
        actions.load_notice(notice("2026-11-23 休"), by=SYSTEM, at=clock("2026-11-01 09:00"))
        assert not calendar_now().is_working(date(2026, 11, 23))
        raise ZeroDivisionError
