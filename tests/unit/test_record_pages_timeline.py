"""The timeline's page: what happened, by whom, filtered; hostile data and addresses harmless."""

import uuid
from datetime import timedelta

import pytest

from guiju.base.record import health, places, reads, wall
from guiju.base.record.door import recording
from guiju.base.record.events import QUORUM_SET
from guiju.base.record.models import Event
from guiju.base.record.reads import Filters
from guiju.core.terms import FindingKind, Role
from readers import QUERIES, reader
from record_story import CHIEF, CLERK, START, submit, tell_story
from recorded import record_some

pytestmark = pytest.mark.django_db
MOST = 12 + QUERIES


@pytest.fixture
def client(db):
    return reader(Role.AUDIT_ADMIN)


@pytest.fixture
def story(data_folder):
    return tell_story()


def page(client, **query):
    response = client.get("/record/", query)
    assert response.status_code == 200
    return response.content.decode()


def sentences(**filters):
    return [str(told.sentence) for told in reads.timeline(Filters(**filters)).rows]


def test_each_event_is_told_by_its_sentence_newest_first(story):
    told = sentences(kind="tests.matter.submitted", matter="matter:413")
    assert told == [
        "已依法删除提交申请，材料 3 份：合同.pdf、验收单.pdf、发票.pdf",
        "（已密封）提交申请，材料 3 份：合同.pdf、验收单.pdf、发票.pdf",
    ]


def test_the_page_shows_who_when_where_and_the_place_in_the_log(client, story):
    shown = page(client, matter="matter:413", kind="tests.matter.submitted")
    for word in ("2026年11月20日 09:17", "person:3f1c", "post:registrar", "unit:education"):
        assert word in shown
    assert "（已密封）提交申请" in shown
    assert "李文静" not in shown
    assert "第 4 号" in shown
    assert "待入账" not in shown


def test_what_is_not_sealed_yet_is_marked(client, story):
    assert page(client, actor=CHIEF.person, kind="record.quorum.set").count("待入账") == 2


def test_findings_stand_beside_what_they_are_about(client, story):
    rows = reads.timeline(Filters(matter="matter:9")).rows
    causes = [told for told in rows if told.kind == "tests.matter.submitted"]
    assert [[mark.kind for mark in told.marks] for told in causes] == [[FindingKind.ALERT]] * 2
    assert {mark.key for told in causes for mark in told.marks} == {
        told.key for told in rows if told.finding
    }
    shown = page(client, matter="matter:9")
    assert shown.count("规则 CN-01：本预算行 30 日内第 3 笔") == 4
    assert shown.count("预警") == 4
    denied = page(client, kind="record.act.denied")
    assert "不得办理" in denied
    assert "拦下「…提交申请，材料 … 份：…」，依据规则 SD-02" in denied


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "record.witness.registered"}, 2),
        ({"actor": CLERK.person}, 7),
        ({"unit": "unit:finance", "kind": "record.quorum.set"}, 3),
        ({"object": "item:77", "matter": "matter:9"}, 4),
        ({"matter": "matter:9", "kind": "record.finding.raised", "actor": CLERK.person}, 2),
        ({"since": "2026-11-21"}, 0),
        ({"since": "2026-11-20", "until": "2026-11-20", "actor": CLERK.person}, 7),
        ({"until": "2026-11-19"}, 0),
        ({"since": "2026-11-20T09:17", "until": "2026-11-20T09:17"}, 1),
        ({"since": "2026-11-20T09:18", "until": "2026-11-20T09:18"}, 1),
        ({"kind": "no.such.kind"}, 0),
        ({"unit": "unit:education", "kind": "", "actor": "", "since": " "}, 7),
    ],
)
def test_filters_narrow_alone_and_together(client, story, query, count):
    assert page(client, **query).count('<li class="item') == count


def test_filters_are_shown_and_can_be_dropped_one_by_one(client, story):
    shown = page(client, matter="matter:9", actor="person:3f1c")
    assert 'value="matter:9"' in shown
    assert 'href="/record/?actor=person%3A3f1c" aria-label="去掉筛选「办件」"' in shown
    assert "没有符合条件的事件" in page(client, kind="record.act.held")


def test_an_empty_record_says_what_will_come(client, data_folder):
    assert "还没有事件" in page(client)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"since": "yesterday"}, "PAGE-03"),
        ({"since": "2026-02-30"}, "PAGE-03"),
        ({"until": "0001-01-01"}, "PAGE-03"),
        ({"until": "9999-12-31"}, "PAGE-03"),
        ({"since": "2026-11-20T25:00"}, "PAGE-03"),
        ({"since": "2026-11-20\x00"}, "PAGE-03"),
        ({"since": "2026-11-21", "until": "2026-11-20"}, "PAGE-04"),
        ({"older": "1"}, "PAGE-02"),
        ({"older": f"{2**63 - 1}.1"}, "PAGE-02"),
        ({"newer": "x"}, "PAGE-02"),
        ({"newer": "1.1", "older": "1.1"}, "PAGE-01"),
        ({"actor": "\x00"}, "RECORD-04"),
        ({"unit": "单位"}, "RECORD-04"),
        ({"object": "x" * 121}, "RECORD-04"),
    ],
)
def test_addresses_that_make_no_sense_are_refused_in_a_sentence(client, story, query, code):
    response = client.get("/record/", query)
    assert response.status_code == 400
    assert code in response.content.decode()


def test_what_data_say_is_never_markup(client, story):
    submit("person:li", at=START, note="", by=CLERK)
    hostile = "<img src=x onerror=alert(1)>{{ x }}{% x %}"
    with recording(QUORUM_SET(object="log", count=hostile), by=CHIEF, at=START):
        pass
    shown = page(client, kind="record.quorum.set")
    assert "&lt;img src=x onerror=alert(1)&gt;{{ x }}{% x %}" in shown
    assert "<img" not in shown
    assert "<script>alert" not in page(client, kind="tests.matter.submitted")
    assert "<u>" not in page(client, matter="<u>")


def test_an_unknown_version_is_shown_as_it_stands(client, story):
    add(kind="record.quorum.set", version=9, entry=b'{"data":{"count":7,"new":"<u>"}}')
    shown = page(client, object="strange")
    assert "无法解读的事件" in shown
    assert "record.quorum.set · 9" in shown
    assert "count=7 new=&lt;u&gt;" in shown


@pytest.mark.parametrize(
    "entry", [b"", b"\xff", b"[]", b'{"data":[]}', b"{" * 9000, b"[" * 60_000, b'{"data":{}}']
)
def test_damaged_entries_do_not_break_the_page(client, story, entry):
    add(kind="record.quorum.set", version=1, entry=entry)
    assert page(client, object="strange").count('<li class="item') == 1


def add(*, kind, version, entry):
    with wall.opened():
        Event.objects.create(
            key=uuid.uuid4(), kind=kind, version=version, at=START, actor="system", post="",
            unit="", object="strange", matter="", request=uuid.uuid4(), entry=entry,
        )  # fmt: skip


def test_a_long_text_is_cut_on_the_timeline(client, story):
    with recording(QUORUM_SET(object="log", count="长" * 15_000), by=CHIEF, at=START):
        pass
    assert page(client, kind="record.quorum.set").count("长") < 500


def test_queries_do_not_grow_with_events_or_filters(
    client, data_folder, django_assert_max_num_queries
):
    for number in range(60):
        submit("person:li", at=START + timedelta(minutes=number))
    for query in ({}, {"actor": "person:3f1c"}, {
        "kind": "tests.matter.submitted", "actor": "person:3f1c", "unit": "unit:education",
        "object": "item:77", "matter": "matter:413", "since": "2026-11-01", "until": "2026-12-01",
    }):  # fmt: skip
        with django_assert_max_num_queries(MOST):
            assert page(client, **query).count('<li class="item') == 50


def test_the_state_takes_as_many_queries_with_ten_events_as_with_a_thousand(
    data_folder, django_assert_num_queries
):
    tell_story()
    with django_assert_num_queries(9):
        health.health(now=START + timedelta(days=1))
    record_some(1000, at=START)
    assert not places.halt_file().exists()
    with django_assert_num_queries(9):
        health.health(now=START + timedelta(days=1))
