"""Reminders, escalation, digests and mail: exactly once, whoever works and however often."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django_tasks_db.models import DBTaskResult

from guiju.base.inbox import actions, jobs, people, reads
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.people import Absence
from guiju.base.inbox.states import NoticeKind
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.flow.model import Limit
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit
from inbox_story import CHIEF, CLERK, asked, clock


@pytest.fixture
def known():
    """Lets a test say who is who."""
    yield people
    for source in (people.substitutes, people.superiors, people.names, people.addresses):
        source.remove_source("tests")


@pytest.fixture
def boss(known):
    known.superiors.add_source("tests", lambda person, *_: f"{person}-boss")


def remind_daily(first, days):
    """Let the job run thrice a day; return on which days it told how many."""
    told = {}
    for n in range(days):
        at = clock(f"{first} 09:00") + timedelta(days=n)
        for hour in (0, 3, 6):
            count = actions.remind_due(at=at + timedelta(hours=hour))
            if count:
                told[f"{at:%m-%d}"] = told.get(f"{at:%m-%d}", 0) + count
    return told


@pytest.mark.django_db
def test_reminders_come_before_and_after_the_last_day_and_never_on_days_off(data_folder):
    asked(3, at="2026-11-20 09:00")  # Friday; due on Wednesday the 25th
    assert remind_daily("2026-11-20", 26) == {
        "11-24": 1, "11-25": 1,  # a working day before, and the last day
        "11-26": 1, "11-27": 1, "11-30": 1,  # three working days after; not on the weekend
        "12-02": 1, "12-09": 1,  # then every five
    }  # fmt: skip
    kinds = Notice.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["before"] * 2 + ["overdue"] * 5


@pytest.mark.django_db
def test_a_reminder_says_what_is_left(data_folder):
    asked(3, at="2026-11-20 09:00", says="请核对付款资料")
    for day in ("2026-11-24", "2026-11-25", "2026-11-30"):
        actions.remind_due(at=clock(f"{day} 09:00"))
    found = reads.notices("person:clerk", at=clock("2026-11-30 09:00"))
    says = [str(one.says) for one in found.rows]
    assert says == [
        "已超期 3 个工作日：请核对付款资料",
        "今天 24:00 到期：请核对付款资料",
        "还剩 1 个工作日：请核对付款资料",
    ]


@pytest.mark.django_db
def test_hours_run_on_over_the_weekend(data_folder):
    asked(limit=Limit(48, LimitUnit.HOURS), at="2026-11-20 18:00")
    assert actions.remind_due(at=clock("2026-11-21 09:00")) == 0
    assert actions.remind_due(at=clock("2026-11-22 06:00")) == 1  # Sunday, a quarter left
    assert actions.remind_due(at=clock("2026-11-22 12:00")) == 0


@pytest.mark.django_db
def test_what_is_over_or_has_no_day_reminds_nobody(data_folder):
    row = asked(1)
    asked()
    actions.complete_task(row.reference, by=CLERK, at=clock("2026-11-20 10:00"))
    assert remind_daily("2026-11-20", 10) == {}


@pytest.mark.django_db
def test_whoever_stands_in_is_reminded_too(data_folder, known):
    away = Absence("person:clerk", "person:other", frozenset({"post:clerk"}))
    elsewhere = Absence("person:clerk", "person:third", frozenset({"post:another"}))
    known.substitutes.add_source("tests", lambda *_: [away, elsewhere])
    asked(1)
    assert actions.remind_due(at=clock("2026-11-23 09:00")) == 2
    assert set(Notice.objects.values_list("person", flat=True)) == {"person:clerk", "person:other"}


@pytest.mark.django_db
def test_a_late_task_goes_to_the_superior_once(data_folder, boss):
    row = asked(1, at="2026-11-20 09:00")  # due on Monday the 23rd
    actions.remind_due(at=clock("2026-11-24 09:00"))
    row.refresh_from_db()
    assert row.state == "open"
    for hour in (9, 12, 15):
        actions.remind_due(at=clock(f"2026-11-25 {hour:02}:00"))
    row.refresh_from_db()
    assert (row.state, row.escalated_to) == ("escalated", "person:clerk-boss")
    above = Task.objects.get(kind="inbox.follow_up")
    assert (above.person, above.about, above.path) == (
        "person:clerk-boss", row.reference, "1/14/",
    )  # fmt: skip
    assert Event.objects.filter(kind="inbox.task.escalated").count() == 1
    assert Notice.objects.filter(kind="escalated", person="person:clerk").count() == 1


@pytest.mark.django_db
def test_an_escalated_task_can_still_be_done_and_ends_the_follow_up(data_folder, boss):
    row = asked(1)
    actions.remind_due(at=clock("2026-11-25 09:00"))
    assert reads.inbox("person:clerk-boss", at=clock("2026-11-25 10:00")).count == 1
    actions.complete_task(row.reference, by=CLERK, at=clock("2026-11-25 11:00"))
    assert set(Task.objects.values_list("kind", "state")) == {
        ("inbox.asked", "done"), ("inbox.follow_up", "withdrawn"),
    }  # fmt: skip
    assert reads.inbox("person:clerk-boss", at=clock("2026-11-25 12:00")).count == 0


@pytest.mark.django_db
def test_a_superior_who_does_nothing_is_reported_in_turn(data_folder, boss):
    asked(1)
    actions.remind_due(at=clock("2026-11-25 09:00"))
    actions.remind_due(at=clock("2026-12-04 09:00"))  # due on the 2nd, five working days
    persons = Task.objects.filter(kind="inbox.follow_up").values_list("person", flat=True)
    assert sorted(persons) == ["person:clerk-boss", "person:clerk-boss-boss"]


@pytest.mark.django_db
def test_without_a_known_superior_it_waits_until_there_is_one(data_folder, known):
    row = asked(1)
    actions.remind_due(at=clock("2026-11-25 09:00"))
    row.refresh_from_db()
    assert row.state == "open"
    known.superiors.add_source("tests", lambda *_: "person:boss")
    actions.remind_due(at=clock("2026-11-26 09:00"))
    row.refresh_from_db()
    assert row.escalated_to == "person:boss"


def in_threads(count, act):
    barrier, told = threading.Barrier(count), []

    def run():
        try:
            barrier.wait()
            told.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_workers_at_once_remind_and_escalate_exactly_once(record_database, boss):
    for number in range(12):
        asked(1, says=f"第 {number} 件")
    at = clock("2026-11-25 09:00")
    told = in_threads(2, lambda: actions.remind_due(at=at))
    assert len(told) == 2
    assert sum(told) == 24  # twelve reminders, twelve escalations
    assert Notice.objects.filter(kind="overdue").count() == 12
    assert Notice.objects.filter(kind="escalated").count() == 12
    assert Task.objects.filter(kind="inbox.follow_up").count() == 12
    events = Event.objects.exclude(kind="inbox.task.assigned")
    assert events.filter(kind="inbox.notice.told").count() == 24
    assert events.filter(kind="inbox.task.escalated").count() == 12
    assert actions.remind_due(at=at) == 0


def test_two_workers_at_once_send_each_digest_once(record_database):
    for person in ("a", "b", "c"):
        asked(1, to=f"person:{person}")
    at = clock("2026-11-23 09:00")
    assert sum(in_threads(3, lambda: actions.send_digests(at=at))) == 3
    assert Notice.objects.filter(kind="digest").count() == 3


@pytest.mark.django_db
def test_a_digest_comes_on_working_days_to_those_with_something_near(data_folder):
    asked(1)
    asked(3)
    asked(200, to="person:idle")
    assert actions.send_digests(at=clock("2026-11-22 09:00")) == 0  # Sunday
    assert actions.send_digests(at=clock("2026-11-24 09:00")) == 1
    assert actions.send_digests(at=clock("2026-11-24 10:00")) == 0
    (row,) = reads.notices("person:clerk", at=clock("2026-11-24 09:00")).rows
    assert str(row.says) == "今天要办 2 件，其中 1 件已超期。"


@pytest.mark.django_db
def test_reading_is_an_event_once_and_only_for_ones_own(data_folder):
    for person in ("person:clerk", "person:other"):
        tell(person)
    at = clock("2026-11-24 09:00")
    numbers = list(Notice.objects.values_list("number", flat=True))
    assert actions.read_notices("person:clerk", numbers=numbers, by=CLERK, at=at) == 1
    assert actions.read_notices("person:clerk", by=CLERK, at=at) == 0
    assert reads.unread_count("person:clerk") == 0
    assert reads.unread_count("person:other") == 1
    event = Event.objects.get(kind="inbox.notice.read")
    assert (event.actor, event.object) == ("person:clerk", "person:clerk")


def tell(person, key=""):
    telling = actions.Telling(
        person, NoticeKind.TOLD, zh("任务已撤回。"), key or f"told:{person}", about="unit:1"
    )
    return actions.tell(telling, by=CHIEF, at=clock("2026-11-24 08:00"))


@pytest.mark.django_db
def test_the_same_is_not_told_twice(data_folder):
    assert tell("person:clerk")
    assert not tell("person:clerk")
    assert Notice.objects.count() == 1


def test_no_mail_is_sent_where_none_is_configured(record_database, known):
    known.addresses.add_source("tests", lambda _person: "clerk@example.com")
    tell("person:clerk")
    assert not DBTaskResult.objects.exists()
    assert jobs.mail_notices.call() == 0
    assert mail.outbox == []


def test_a_mail_is_sent_once_after_the_commit_and_says_nothing_of_the_matter(
    record_database, known, settings, monkeypatch
):
    settings.GUIJU_MAIL = "guiju@example.com"
    monkeypatch.setattr(jobs, "_FRESH", timedelta(days=36500))
    known.addresses.add_source(
        "tests", lambda person: "clerk@example.com" if person == "person:clerk" else ""
    )
    tell("person:clerk")
    tell("person:other")  # has no address; sees it on the page
    assert DBTaskResult.objects.count() == 1
    assert [jobs.mail_notices.call() for _ in range(3)] == [1, 0, 0]
    (sent,) = mail.outbox
    assert sent.to == ["clerk@example.com"]
    assert "撤回" not in sent.subject + sent.body
    assert Event.objects.filter(kind="inbox.notice.sent").count() == 1


def test_two_workers_at_once_send_a_mail_once(record_database, known, settings, monkeypatch):
    settings.GUIJU_MAIL = "guiju@example.com"
    monkeypatch.setattr(jobs, "_FRESH", timedelta(days=36500))
    known.addresses.add_source("tests", lambda _person: "clerk@example.com")
    for number in range(5):
        tell("person:clerk", key=f"told:{number}")
    assert sum(in_threads(2, jobs.mail_notices.call)) == 5
    assert len(mail.outbox) == 5
    assert Event.objects.filter(kind="inbox.notice.sent").count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("job", [jobs.remind, jobs.digest, jobs.recompute])
def test_the_jobs_run_on_an_empty_inbox(data_folder, job):
    assert job.call() == 0


@pytest.mark.django_db
def test_reminders_of_many_tasks_cost_few_questions(data_folder, django_assert_max_num_queries):
    for _ in range(30):
        asked(1)
    at = clock("2026-11-23 09:00")
    actions.remind_due(at=at)
    with django_assert_max_num_queries(5):
        assert actions.remind_due(at=at) == 0


@pytest.mark.django_db
def test_a_batch_ends_and_the_next_begins(data_folder, monkeypatch):
    monkeypatch.setattr("guiju.base.inbox.actions.reminding._AT_ONCE", 2)
    for _ in range(5):
        asked(1)
    assert actions.remind_due(at=clock("2026-11-23 09:00")) == 5


@pytest.mark.django_db
def test_the_system_tells_in_its_own_name(data_folder):
    asked(1)
    actions.remind_due(at=clock("2026-11-23 09:00"))
    assert Event.objects.get(kind="inbox.notice.told").actor == SYSTEM.person
