"""The door: no state change without an event, no event without its registered type."""

import errno
import uuid
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, transaction

from guiju.base.record import floor, guards
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording, request
from guiju.base.record.event_types import EventType, Personal, register
from guiju.base.record.events import QUORUM_SET
from guiju.base.record.guards import Finding
from guiju.base.record.models import Event, Outbox, Quorum, Sealed
from guiju.base.record.wall import Bypassed
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.ledger.entry import decode_entry
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
CLERK = Actor("person:1", post="post:2", unit="unit:3")
TOLD = register(
    EventType(
        "tests.person.told",
        zh("{name}说{what}"),
        {"name": zh("人"), "what": zh("话")},
        personal=frozenset({"name"}),
    )
)


def set_quorum(count, **changes):
    with recording(QUORUM_SET(object="log", count=count), **{"by": CLERK, "at": NOON} | changes):
        Quorum.objects.update_or_create(id=1, defaults={"count": count})


@pytest.fixture
def guarded():
    """Lets a test say what a guard finds."""
    said = []
    guards.add_guard("tests", lambda seen: [one for one in said if seen.draft.data.get("count")])
    yield said
    guards.remove("tests")


def test_rows_event_and_outbox_are_written_together(data_folder):
    set_quorum(2)
    event = Event.objects.get()
    assert (event.kind, event.actor, event.post, event.unit) == (
        "record.quorum.set", "person:1", "post:2", "unit:3",
    )  # fmt: skip
    assert Outbox.objects.get().event_id == event.pk
    assert Quorum.objects.get().count == 2


def test_an_entry_says_what_its_columns_say(data_folder):
    set_quorum(2)
    event = Event.objects.get()
    said = decode_entry(bytes(event.entry))
    assert said == {
        "kind": "record.quorum.set", "version": 1, "actor": "person:1", "post": "post:2",
        "unit": "unit:3", "object": "log", "matter": "", "at": "2026-11-25T04:00:00.000000Z",
        "key": str(event.key), "request": str(event.request), "data": {"count": 2},
    }  # fmt: skip


def test_a_failing_writer_leaves_neither_rows_nor_event(data_folder):
    with (
        pytest.raises(ZeroDivisionError),
        recording(QUORUM_SET(object="log", count=1), by=CLERK, at=NOON),
    ):
        Quorum.objects.create(id=1, count=1)
        raise ZeroDivisionError
    assert not Quorum.objects.exists()
    assert not Event.objects.exists()
    assert not Outbox.objects.exists()


def test_an_inner_act_joins_the_outer_one(data_folder):
    with recording(QUORUM_SET(object="log", count=1), by=CLERK, at=NOON):
        set_quorum(3)
    kinds = list(Event.objects.order_by("id").values_list("request", flat=True))
    assert len(kinds) == 2
    assert len(set(kinds)) == 1


def test_events_of_one_request_share_its_id(data_folder):
    identity = uuid.uuid4()
    with request(identity):
        set_quorum(1)
        set_quorum(2)
    set_quorum(3)
    found = list(Event.objects.order_by("id").values_list("request", flat=True))
    assert found[:2] == [identity, identity]
    assert found[2] != identity


def test_an_unregistered_type_is_refused(data_folder):
    strange = EventType("tests.thing.done", zh("做"), {}, personal=frozenset())
    with pytest.raises(Invalid) as caught, recording(strange(object="x"), by=CLERK, at=NOON):
        pass
    assert caught.value.code == "RECORD-01"
    assert not Event.objects.exists()


def test_an_older_version_is_no_longer_recorded(data_folder):
    first = register(EventType("tests.act.done", zh("做"), {}, personal=frozenset()))
    second = register(EventType("tests.act.done", zh("做"), {}, frozenset(), version=2))
    with recording(second(object="x"), by=CLERK, at=NOON):
        pass
    with pytest.raises(Invalid) as caught, recording(first(object="x"), by=CLERK, at=NOON):
        pass
    assert caught.value.code == "RECORD-01"


@pytest.mark.parametrize("data", [{}, {"count": 1, "more": 2}, {"number": 1}])
def test_fields_must_be_those_of_the_type(data):
    with pytest.raises(Invalid) as caught:
        QUORUM_SET(object="log", **data)
    assert caught.value.code == "RECORD-02"


def test_personal_values_stand_only_in_fields_declared_personal():
    with pytest.raises(Invalid) as caught:
        TOLD(object="x", name="张三", what="好")
    assert caught.value.code == "RECORD-03"
    with pytest.raises(Invalid) as caught:
        TOLD(object="x", name=Personal("person:9", "张三"), what=Personal("person:9", "好"))
    assert caught.value.code == "RECORD-03"


@pytest.mark.parametrize("reference", ["张三", "a b", "x" * 121, "\n"])
def test_references_are_visible_ascii(reference):
    with pytest.raises(Invalid) as caught:
        QUORUM_SET(object=reference, count=1)
    assert caught.value.code == "RECORD-04"
    with pytest.raises(Invalid):
        Actor(reference)


def test_a_personal_value_is_committed_to_and_sealed(data_folder):
    with recording(
        TOLD(object="x", name=Personal("person:9", "欧阳娜娜"), what="好"), by=CLERK, at=NOON
    ):
        pass
    entry = bytes(Event.objects.get().entry)
    assert "欧阳娜娜".encode() not in entry
    assert set(decode_entry(entry)["data"]["name"]) == {"person", "commitment"}
    assert "欧阳娜娜".encode() not in bytes(Sealed.objects.get().box)


def test_the_same_key_twice_is_a_conflict(data_folder):
    key = uuid.uuid4()
    set_quorum(1, key=key)
    with pytest.raises(Conflict) as caught:
        set_quorum(2, key=key)
    assert caught.value.code == "RECORD-05"
    assert Quorum.objects.get().count == 1
    assert Event.objects.get().key == key


def test_a_guard_may_add_a_finding(data_folder, guarded):
    guarded.append(Finding(FindingKind.ALERT, "T01", zh("金额偏高")))
    set_quorum(2)
    act, alert = Event.objects.order_by("id")
    said = decode_entry(bytes(alert.entry))
    assert alert.kind == "record.finding.raised"
    assert said["data"] == {"cause": str(act.key), "code": "T01", "says": "金额偏高"}
    assert Outbox.objects.count() == 2
    assert Quorum.objects.get().count == 2


@pytest.mark.parametrize(
    ("kind", "trace"),
    [(FindingKind.DENY, "record.act.denied"), (FindingKind.HOLD, "record.act.held")],
)
def test_s0_21_a_guard_may_deny_or_hold_and_the_attempt_is_recorded(
    data_folder, guarded, kind, trace
):
    guarded.append(Finding(kind, "T02", zh("越权")))
    with pytest.raises(Denied) as caught:
        set_quorum(2)
    assert caught.value.code == "T02"
    assert not Quorum.objects.exists()
    assert Event.objects.get().kind == trace
    assert Outbox.objects.get().event_id == Event.objects.get().pk


def test_a_denial_weighs_more_than_a_hold(data_folder, guarded):
    guarded += [
        Finding(FindingKind.HOLD, "T03", zh("待批")),
        Finding(FindingKind.DENY, "T04", zh("不得")),
    ]
    with pytest.raises(Denied) as caught:
        set_quorum(2)
    assert caught.value.code == "T04"


def test_listeners_hear_after_the_commit_and_may_fail(
    data_folder, django_capture_on_commit_callbacks
):
    heard = []

    def listen(seen):
        heard.append(seen.draft.data["count"])
        raise ZeroDivisionError

    guards.add_listener("tests", listen, kinds=["record.quorum.set"])
    try:
        with django_capture_on_commit_callbacks(execute=True):
            set_quorum(5)
            assert heard == []
        assert heard == [5]
        assert Event.objects.count() == 1
    finally:
        guards.remove("tests")


def test_nothing_is_written_while_halted(data_folder):
    set_quorum(1)
    floor.halt(zh("见证方不认可。"))
    with pytest.raises(Denied) as caught:
        set_quorum(2)
    assert caught.value.code == "RECORD-10"
    assert "见证方不认可" in str(caught.value)
    assert Quorum.objects.get().count == 1


def test_a_time_without_zone_is_refused(data_folder):
    with pytest.raises(Invalid) as caught:
        set_quorum(1, at=datetime(2026, 11, 25))  # noqa: DTZ001 - that is what is refused
    assert caught.value.code == "LEDGER-09"


def test_the_door_is_shut_again_after_use(data_folder):
    set_quorum(1)
    with pytest.raises(Bypassed), transaction.atomic():
        Quorum.objects.update(count=7)
    assert Quorum.objects.get().count == 1


def test_system_acts_too(data_folder):
    set_quorum(1, by=SYSTEM)
    assert Event.objects.get().actor == "system"


class Full:
    """Errors as a full disk makes them, with what the database's own error says."""

    @staticmethod
    def raised(**facts):
        error = OperationalError("database or disk is full")
        error.__cause__ = type("Cause", (Exception,), facts)()
        return error


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EACCES, "no"), False),
        (Full.raised(sqlite_errorname="SQLITE_FULL"), True),
        (Full.raised(sqlite_errorname="SQLITE_BUSY"), False),
        (Full.raised(sqlstate="53100"), True),
        (Full.raised(sqlstate="08006"), False),
        (OperationalError("gone"), False),
    ],
)
def test_a_full_disk_is_a_refusal_and_any_other_error_is_not(data_folder, error, is_full):
    """An error at the commit of a lost connection may mean that it was done: no such promise."""
    with (
        pytest.raises((Denied, type(error))) as caught,
        recording(QUORUM_SET(object="log", count=1), by=CLERK, at=NOON),
    ):
        Quorum.objects.create(id=1, count=1)
        raise error
    assert (getattr(caught.value, "code", "") == "RECORD-13") == is_full
    assert not Quorum.objects.exists()
    assert not Event.objects.exists()
