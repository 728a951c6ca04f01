"""What tasks and notices say is sealed: nobody's name stands in them once it is erased."""

from datetime import timedelta
from pathlib import Path

import pytest

from guiju.base.inbox import actions, reads, titles
from guiju.base.inbox.asked import Holder
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.people import superiors
from guiju.base.record import erasure, vault
from guiju.base.record.erasure import erase_person
from guiju.base.record.naming import named, named_text
from guiju.core.errors import Denied
from guiju.core.sentence import zh
from inbox_story import CHIEF, asked, clock
from organised import ACT, County, enter_person, found_unit, refusal

NOW = clock("2026-11-25 09:00")
BASIS = {"authority": "个人信息保护法第47条", "reason": "目的已实现"}
NAME = "欧阳娜娜"


def bench(person):
    return [str(one.says) for one in reads.inbox(person, at=NOW).page.rows]


def told(person):
    return [str(one.says) for one in reads.notices(person, at=NOW).rows]


@pytest.mark.django_db
def test_what_is_typed_stands_nowhere_in_plain_text_and_is_read_by_its_person(data_folder):
    row = asked(3, says="请核对张三的付款资料")
    assert "张三".encode() not in bytes(row.box)
    assert bench("person:clerk") == ["请核对张三的付款资料"]


@pytest.mark.django_db
def test_a_task_that_is_handed_on_opens_under_the_new_persons_key(data_folder):
    row = asked(3, says="请核对付款资料")
    to = Holder("person:other", "post:clerk", "unit:finance", "1/14/")
    actions.reassign_task(row.reference, to=to, seen=1, note="出差", by=CHIEF, at=NOW)
    assert bench("person:other") == ["请核对付款资料"]
    vault.key_store().erase("person:clerk")
    assert bench("person:other") == ["请核对付款资料"]
    vault.key_store().erase("person:other")
    assert bench("person:other") == ["已依法删除"]


@pytest.mark.django_db
def test_reminders_and_follow_ups_speak_of_a_task_by_reference(data_folder):
    superiors.add_source("tests", lambda *_: "person:head")
    try:
        row = asked(1, at="2026-11-18 09:00", says="补充会议纪要")
        actions.remind_due(at=NOW)
    finally:
        superiors.remove_source("tests")
    assert bench("person:head") == ["督促办理超期的任务：补充会议纪要"]
    assert "已超期，已报上级督办：补充会议纪要" in told("person:clerk")
    follow_up = Task.objects.get(person="person:head")
    kept = vault.unlock("person:head", titles.TASK, bytes(follow_up.box))
    assert row.reference in str(kept)
    assert "补充会议纪要" not in str(kept)
    vault.key_store().erase("person:clerk")
    assert bench("person:head") == ["督促办理超期的任务：已依法删除"]


@pytest.mark.django_db
def test_nobody_is_told_or_asked_who_is_erased_and_others_still_are(data_folder):
    asked(1, at="2026-11-24 09:00", to="person:gone")
    asked(1, at="2026-11-24 09:00")
    vault.key_store().erase("person:gone")
    assert actions.remind_due(at=NOW) == 1
    assert not Notice.objects.filter(person="person:gone").exists()
    assert refusal(Denied, asked, 1, to="person:gone") == "RECORD-20"


@pytest.mark.django_db
def test_a_name_in_a_title_is_a_reference_and_gone_when_the_person_is(data_folder):
    person = enter_person("P", found_unit("X"), name=NAME)
    says = zh("核对{person}的申报", person=person.reference)
    box = titles.sealed("person:clerk", titles.TASK, says)
    assert [str(one) for one in titles.opened([("person:clerk", titles.TASK, box)], at=NOW)] == [
        f"核对{NAME}的申报"
    ]
    assert named_text(f"核对{person.reference}的申报") == f"核对{NAME}的申报"
    assert str(named(says, {})) == "核对（已清除姓名）的申报"


def test_erasing_a_person_leaves_no_name_in_tasks_and_notices(
    record_database, django_capture_on_commit_callbacks
):
    county = County()
    person = enter_person("P", county.bureau, name=NAME)
    task = zh("核对{person}的申报", person=person.reference)
    actions.assign_task(
        actions.tasks.NewTask("inbox.asked", task, Holder("person:clerk")), by=CHIEF, at=NOW
    )
    asked(1, to=person.reference, says=f"{NAME}请补充材料", at="2026-11-24 09:00")
    assert actions.remind_due(at=NOW) == 1
    assert bench("person:clerk") == [f"核对{NAME}的申报"]
    erase_person(person=person.reference, **BASIS, **ACT)
    erasure.apply_erasures()
    assert bench("person:clerk") == ["核对（已清除姓名）的申报"]
    assert bench(person.reference) == ["已依法删除"]
    assert told(person.reference) == ["已依法删除"]
    assert actions.remind_due(at=NOW + timedelta(days=7)) == 0


def test_after_an_erasure_the_write_ahead_log_is_emptied(record_database, monkeypatch):
    if record_database.vendor != "sqlite":
        pytest.skip("PostgreSQL's log is its administrator's")
    monkeypatch.setattr(erasure, "_SHED", erasure._Shed())  # as in a process of its own
    person = enter_person("P", found_unit("X"), name=NAME)
    erase_person(person=person.reference, **BASIS, **ACT)
    files = sorted(record_database.settings_dict["NAME"] + end for end in ("", "-wal"))
    for _ in range(3):
        erasure.apply_erasures()
    for name in files:
        assert NAME.encode() not in Path(name).read_bytes(), name
