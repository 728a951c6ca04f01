"""The audit finds whatever was changed in the stored record, and says where."""

from __future__ import annotations

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guiju.base.record import (
    actions,
    audit,
    checkpoints,
    erasure,
    floor,
    heartbeat,
    lineage,
    places,
    sequencer,
    side_tree,
    vault,
    wall,
    witnessing,
)
from guiju.base.record.actor import SYSTEM
from guiju.base.record.audit.flaw import onward
from guiju.base.record.door import recording
from guiju.base.record.event_types import EventType, Personal, register
from guiju.base.record.models import Checkpoint, Event, Leaf, Node, Outbox, Sealed, Witness
from guiju.base.record.tree_store import SHA256, SM3_SUITE
from guiju.base.witness.wire import Unreachable
from guiju.core.ledger.entry import decode_entry, encode_entry
from guiju.core.ledger.keys import Key, KeyKind, cosign
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.tree import hash_leaf
from guiju.core.sentence import zh
from installation import ON_POSTGRES
from recorded import NOON
from tampering import TABLES, columns_of, count, flipped, replace, row_of, tamper, without_triggers

HEARD = register(
    EventType(
        "tests.audit.heard",
        zh("听{name}"),
        {"name": zh("人"), "text": zh("话")},
        frozenset({"name"}),
    )
)
BESIDE_THE_POINT = {"AUDIT-02", "AUDIT-46"}
"""The tests own their database, and their disk may be full."""

UNVOUCHED = {
    ("record_checkpoint", "id"),
    ("record_checkpoint", "at"),
    ("record_cosignature", "id"),
    ("record_cosignature", "at"),
    ("record_sealed", "id"),
    ("record_witness", "state"),
}
"""Cells that say nothing of what happened: row numbers that nothing points at, when a row was
written, and how a witness behaved last. No signature covers them."""


def findings():
    return [flaw for flaw in audit.flaws(at=NOON) if flaw.code not in BESIDE_THE_POINT]


def codes():
    return {flaw.code for flaw in findings()}


def hear(count, *, person="person:7"):
    draft = HEARD(object="x", name=Personal(person, "司马相如"), text="甲")
    with recording(draft, by=SYSTEM, at=NOON) as passage:
        for number in range(1, count):
            passage.add(HEARD(object="x", name=Personal(person, f"某{number}"), text="乙"))


def seal(at=NOON):
    while sequencer.seal_waiting():
        pass
    assert checkpoints.sign_if_due(at=at) is not None


@pytest.fixture
def filled(record_database, tmp_path):
    """A record with rows in every table: 300 sealed events and two that wait."""
    private = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    public = private.public_key().public_bytes_raw()
    body = Key("witness.example/w", KeyKind.COSIGNATURE, public)
    actions.open_log(by=SYSTEM, at=NOON)
    actions.register_witness(vkey=str(body), url="", by=SYSTEM, at=NOON)
    actions.set_quorum(count=1, by=SYSTEM, at=NOON)
    hear(150)
    seal()
    side_tree.enter_root(at=NOON)
    hear(146)
    seal(NOON + checkpoints.SELDOM)
    newest = checkpoints.latest()
    text = parse_note(bytes(newest.note)).text
    line = cosign(text, body, at=1_800_000_000, sign=private.sign)
    witness = Witness.objects.get()
    witnessing.accept_cosignature(witness, newest, str(line), at=NOON)
    while sequencer.seal_waiting():
        pass
    hear(2)
    heartbeat.beat(heartbeat.Heartbeat(1, NOON, ""))
    assert Node.objects.count() == 2
    return SimpleNamespace(body=body, private=private, witness=witness)


@pytest.mark.django_db
def test_a_fresh_database_has_all_its_triggers():
    assert list(audit.database.flaws()) == []


def test_a_sound_record_has_no_flaw(filled):
    assert findings() == []
    assert {table: count(table) > 0 for table in TABLES} == dict.fromkeys(TABLES, True)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_flipped_bit_is_found(filled, data):
    table = data.draw(st.sampled_from(TABLES))
    column = data.draw(st.sampled_from(columns_of(table)))
    assume((table, column) not in UNVOUCHED)
    row = row_of(table, data.draw(st.integers(0, count(table) - 1)))
    other = flipped(row[column], data.draw(st.integers(0, 10**6)), data.draw(st.integers(0, 7)))
    if table == "record_event" and column == "entry" and not is_sealed(row["id"]):
        assume(b'"data"' not in bytes(row["entry"]))  # nothing vouches for it before it is sealed
    assume(other is not None)
    assume(replace(table, row, column, other))
    found = findings()
    assert replace(table, row | {column: other}, column, row[column])
    assert findings() == []
    assert found
    assert all(flaw.where and str(flaw.sentence).endswith("。") for flaw in found)


def is_sealed(event):
    return Leaf.objects.filter(event_id=event).exists()


@pytest.mark.parametrize("table", ["record_event", "record_leaf", "record_node", "record_sealed"])
def test_a_removed_row_is_found(filled, table):
    row = row_of(table, 0)
    keys = columns_of(table)[:3]
    where = " AND ".join(f'"{name}" = %s' for name in keys)
    tamper(table, f"DELETE FROM {table} WHERE {where}", [row[name] for name in keys])
    expected = {
        "record_event": {"AUDIT-11", "AUDIT-25", "AUDIT-32"},
        "record_leaf": {"AUDIT-10", "AUDIT-15"},
        "record_node": {"AUDIT-23"},
        "record_sealed": {"AUDIT-33"},
    }
    assert codes() & expected[table]


def test_a_flaw_names_the_row(filled):
    event = Event.objects.get(pk=Leaf.objects.get(seq=37).event_id)
    tamper("record_event", "UPDATE record_event SET actor = 'x' WHERE id = %s", [event.pk])
    assert [(flaw.code, flaw.where) for flaw in findings()] == [
        ("AUDIT-14", f"record_event id={event.pk}")
    ]
    assert "「actor」" in str(findings()[0].sentence)


def test_a_dropped_trigger_is_found(filled):
    with connection.cursor() as cursor:
        on = " ON record_leaf" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER record_leaf_dense{on}")
    assert [(flaw.code, flaw.where) for flaw in findings()] == [("AUDIT-01", "record_leaf_dense")]


def test_a_disabled_trigger_is_found(filled):
    name = "record_event_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = "record_event_no_change"
            cursor.execute(f"ALTER TABLE record_event DISABLE TRIGGER {name}")
        else:
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON record_event WHEN 0 BEGIN SELECT 1; END"
            )
    assert [(flaw.code, flaw.where) for flaw in findings()] == [("AUDIT-01", name)]


def rewrite(seq):
    """Change an entry and everything that is computed from it, but for what was signed."""
    leaf = Leaf.objects.get(seq=seq)
    event = Event.objects.get(pk=leaf.event_id)
    told = decode_entry(bytes(event.entry))
    told["data"]["text"] = "丙"
    entry = encode_entry(told)
    tamper("record_event", "UPDATE record_event SET entry = %s WHERE id = %s", [entry, event.pk])
    for suite in (SHA256, SM3_SUITE):
        fresh = hash_leaf(entry, suite.hasher)
        column = suite.name
        tamper("record_leaf", f"UPDATE record_leaf SET {column} = %s WHERE seq = %s", [fresh, seq])
        leaves = Leaf.objects.order_by("seq").values_list(column, flat=True)[:256]
        root = grown_root([bytes(one) for one in leaves], suite.hasher)
        tamper(
            "record_node", "UPDATE record_node SET hash = %s WHERE suite = %s", [root, suite.name]
        )


def grown_root(row, hasher):
    while len(row) > 1:
        row = [hasher(b"\x01" + row[at] + row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def test_a_rewritten_log_is_found_by_what_was_signed(filled):
    rewrite(50)
    found = codes()
    assert {"AUDIT-21", "AUDIT-40"} <= found
    assert not found & {"AUDIT-12", "AUDIT-13", "AUDIT-14", "AUDIT-23"}


def test_a_log_that_its_own_key_rewrote_is_found_by_a_witness(filled, monkeypatch):
    newest = checkpoints.latest()
    seen = checkpoints.cosigned_note(newest)
    witness = Witness.objects.get()
    witness.url = "http://witness.example"
    monkeypatch.setattr(lineage, "active_witnesses", lambda: [witness])
    monkeypatch.setattr(lineage, "fetch_last", lambda *_, **__: seen)
    assert codes() == set()
    rewrite(50)
    places.floor_file().unlink()
    for table in ("record_checkpoint", "record_cosignature"):
        tamper(table, f"DELETE FROM {table}")
    checkpoints.sign_if_due(at=NOON + timedelta(hours=2))
    side_tree.enter_root(at=NOON + timedelta(hours=2))
    assert codes() == {"AUDIT-47"}


def test_a_witness_that_cosigned_and_does_not_answer_is_named(filled, monkeypatch):
    witness = Witness.objects.get()
    seen = checkpoints.cosigned_note(checkpoints.latest())
    monkeypatch.setattr(lineage, "active_witnesses", lambda: [witness])
    monkeypatch.setattr(lineage, "fetch_last", lambda *_, **__: Unreachable(zh("没有回答")))
    assert codes() == set()  # it is asked on paper, having no address
    witness.url = "http://witness.example"
    assert codes() == {"AUDIT-48"}
    monkeypatch.setattr(lineage, "fetch_last", lambda *_, **__: seen)
    assert codes() == set()
    monkeypatch.setattr(lineage, "fetch_last", lambda *_, **__: Unreachable(zh("没有回答")))
    tamper("record_cosignature", "DELETE FROM record_cosignature")
    assert "AUDIT-48" not in codes()  # nothing was ever shown to it


def test_a_record_that_was_rolled_back_is_found(filled):
    with without_triggers("record_event") as cursor:
        cursor.execute("SELECT event_id FROM record_leaf WHERE seq >= 280")
        gone = [number for (number,) in cursor.fetchall()]
        marks = ", ".join(["%s"] * len(gone))
        cursor.execute(f"DELETE FROM record_event WHERE id IN ({marks})", gone)
    tamper("record_leaf", "DELETE FROM record_leaf WHERE seq >= 280")
    assert {"AUDIT-22", "AUDIT-40"} <= codes()


def test_an_event_that_waits_twice_or_not_at_all_is_found(filled):
    leaf = Leaf.objects.get(seq=3)
    sealed = leaf.event_id
    with wall.opened(), connection.cursor() as cursor:
        rows = "(%s, %s), (999999, %s)"
        cursor.execute(f"INSERT INTO record_outbox VALUES {rows}", [sealed, leaf.sha256, b""])
    assert {(flaw.code, flaw.where) for flaw in findings()} == {
        ("AUDIT-16", f"record_event id={sealed}"),
        ("AUDIT-17", "record_event id=999999"),
    }


@pytest.mark.skipif(ON_POSTGRES, reason="it keeps no text for instants and identifiers")
@pytest.mark.parametrize(
    ("table", "column", "spelt"),
    [
        ("record_event", "at", lambda text: text[:10] + "X" + text[11:]),
        ("record_event", "at", lambda text: text.replace(" ", "T")),
        ("record_event", "key", str.upper),
        ("record_event", "request", str.upper),
        ("record_sealed", "event_key", str.upper),
    ],
)
def test_a_value_that_reads_alike_but_is_spelt_otherwise_is_found(filled, table, column, spelt):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, CAST({column} AS TEXT) FROM {table} ORDER BY id LIMIT 1")
        number, stored = cursor.fetchone()
    assert spelt(stored) != stored
    tamper(table, f"UPDATE {table} SET {column} = %s WHERE id = %s", [spelt(stored), number])
    assert ("AUDIT-05", f"{table} id={number}") in {(one.code, one.where) for one in findings()}


def test_rows_that_come_back_again_end_the_reading():
    assert onward("record_leaf", 5, 9) == 9
    for reached in (5, 4, -1):
        with pytest.raises(DatabaseError, match=f"row {reached} comes after 5"):
            onward("record_leaf", 5, reached)


def test_a_waiting_event_that_was_changed_is_found(filled):
    waiting = Outbox.objects.order_by("event_id").first().event_id
    event = Event.objects.get(pk=waiting)
    told = decode_entry(bytes(event.entry)) | {"data": {"text": "丙"}}
    replace("record_event", row_by(waiting), "entry", encode_entry(told))
    assert ("AUDIT-18", f"record_outbox event_id={waiting}") in {
        (flaw.code, flaw.where) for flaw in findings()
    }


def row_by(event):
    numbers = list(Event.objects.order_by("id").values_list("id", flat=True))
    return row_of("record_event", numbers.index(event))


def test_a_value_in_another_event_is_found(filled):
    one, other = Sealed.objects.order_by("id")[:2]
    tamper(
        "record_sealed",
        "UPDATE record_sealed SET box = %s WHERE id = %s",
        [bytes(other.box), one.pk],
    )
    assert [(flaw.code, flaw.where) for flaw in findings()] == [
        ("AUDIT-34", f"record_sealed event_key={one.event_key} path=name")
    ]


def test_an_erased_person_is_no_flaw_but_a_key_that_came_back_is(filled):
    key = vault.key_store().key("person:7")
    erasure.erase_person(
        person="person:7", authority="个人信息保护法第47条", reason="目的已实现", by=SYSTEM, at=NOON
    )
    assert codes() == set()
    next(vault.key_store().files()).with_suffix(".key").write_bytes(key)
    assert codes() == {"AUDIT-36", "AUDIT-43"}
    erasure.apply_erasures()
    assert codes() == set()


def test_a_key_that_vanished_without_a_decision_is_found_once(filled):
    shutil.rmtree(places.people_keys())
    assert [flaw.code for flaw in findings()] == ["AUDIT-35"]


def test_what_stands_around_is_looked_at(filled):
    places.log_key().chmod(0o644)
    floor.halt(zh("试验"))
    heartbeat.beat(heartbeat.Heartbeat(1, NOON - timedelta(minutes=2), ""))
    assert codes() == {"AUDIT-41", "AUDIT-42", "AUDIT-43", "AUDIT-44"}


def test_a_witness_that_was_slipped_in_is_found(filled):
    tamper("record_witness", "UPDATE record_witness SET url = 'http://evil.example'")
    tamper("record_quorum", "UPDATE record_quorum SET count = 0")
    assert codes() == {"AUDIT-30", "AUDIT-31", "AUDIT-48"}


def test_a_checkpoint_by_a_key_that_the_log_never_named_is_found(filled):
    stranger = Checkpoint.objects.order_by("id").first()
    note = bytes(stranger.note).replace(b"tests.example", b"other.example")
    tamper(
        "record_checkpoint",
        "UPDATE record_checkpoint SET note = %s WHERE id = %s",
        [note, stranger.pk],
    )
    assert codes() == {"AUDIT-25"}


@pytest.mark.skipif("sqlite" not in connection.settings_dict["ENGINE"], reason="one file")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seq=st.integers(0, 299), place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_flipped_bit_of_the_database_file_is_found(filled, seq, place, bit):
    entry = bytes(Event.objects.get(pk=Leaf.objects.get(seq=seq).event_id).entry)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = connection.settings_dict["NAME"]
    connection.close()
    with open(path, "r+b") as file:  # noqa: PTH123 - the name is a text here
        at = file.read().index(entry) + place % len(entry)
        file.seek(at)
        before = file.read(1)[0]
        file.seek(at)
        file.write(bytes([before ^ 1 << bit]))
        file.flush()
        found = codes()
        connection.close()
        file.seek(at)
        file.write(bytes([before]))
    assert found
