"""What a witness remembers, and that its database itself refuses to forget or fork."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from guiju.base.witness import store as store_module
from guiju.base.witness.cosigning import add_checkpoint
from guiju.base.witness.folder import DATABASE, create_witness, open_witness, read_log_key
from guiju.base.witness.store import MOST_DOUBTS, Kept
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.ledger.keys import signed_by
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.tree import TreeHead
from ledger_reference.ed25519 import verify
from ledger_reference.parties import W1
from witnessing import LOG, ORIGIN, log, witness

HONEST, FORK = log(), log(forked_at=50)
AT = 1_700_000_100


def act(found, request, at=AT):
    return add_checkpoint(found, request.encode(), now=lambda: at)


def refused(code, kind, act, *args, **named):
    with pytest.raises(kind) as caught:
        act(*args, **named)
    assert caught.value.code == code


@pytest.fixture
def audit(tmp_path):
    return witness(tmp_path / "w")


def test_a_tree_that_grew_is_cosigned_and_remembered(audit, tmp_path):
    for old, size in ((0, 3), (3, 80), (80, 80)):
        answered = act(audit, HONEST.ask(old, size), at=AT + old)
        assert answered.decision.status == 200
    again = open_witness(tmp_path / "w")
    kept = again.store.last()[ORIGIN]
    assert (kept.head, kept.at) == (HONEST.head(80), AT + 80)
    by = signed_by(parse_note(kept.note), (LOG, audit.key), verify)
    assert [one.key for one in by] == [LOG, audit.key]
    assert by[1].at == AT + 80
    assert [one.head.size for one in again.store.history(ORIGIN)] == [3, 80]
    assert again.store.history("other.example") == []


def test_a_smaller_tree_and_a_second_root_are_never_cosigned(audit):
    act(audit, HONEST.ask(0, 80))
    for request, status in (
        (HONEST.ask(0, 40), 409),
        (HONEST.ask(80, 80), 200),
        (FORK.ask(80, 80), 409),
        (FORK.ask(80, 90), 422),
        (FORK.ask(0, 300), 409),
    ):
        answered = act(audit, request)
        assert answered.decision.status == status
        assert (answered.cosigned is not None) == (status == 200)
    assert audit.store.known()[ORIGIN].last == HONEST.head(80)
    refused("LEDGER-64", Conflict, act(audit, FORK.ask(80, 80)).demanded)


def test_the_database_itself_refuses_to_shrink_fork_or_forget(audit, tmp_path):
    act(audit, HONEST.ask(0, 80))
    good = audit.store.last()[ORIGIN]
    with audit.store.turn() as turn:
        turn.keep(good)
    for head in (HONEST.head(79), FORK.head(80), TreeHead(0, bytes(32))):
        with pytest.raises(Invalid), audit.store.turn() as turn:
            turn.keep(Kept(ORIGIN, head, b"note", AT))
    with closing(sqlite3.connect(tmp_path / "w" / DATABASE)) as connection:
        for order in (
            "DELETE FROM cosigned",
            "UPDATE cosigned SET size = 5",
            "UPDATE cosigned SET root = zeroblob(32)",
            "REPLACE INTO cosigned SELECT number, origin, 5, root, note, at FROM cosigned",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(order)
    assert audit.store.history(ORIGIN) == [good]


def test_what_fails_before_the_commit_leaves_no_trace(audit, monkeypatch):
    act(audit, HONEST.ask(0, 3))

    def fail():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_checkpoint(audit, HONEST.ask(3, 9).encode(), now=fail)
    assert audit.store.known()[ORIGIN].last == HONEST.head(3)
    assert act(audit, HONEST.ask(3, 9)).decision.status == 200


def test_a_signed_request_that_does_not_fit_is_kept_as_evidence_once(audit):
    act(audit, HONEST.ask(0, 80))
    for _ in range(2):
        act(audit, FORK.ask(80, 80))
        act(audit, FORK.ask(80, 90))
    act(audit, HONEST.ask(3, 90))
    assert audit.store.doubts() == {ORIGIN: 2}


def test_evidence_does_not_fill_the_disk(audit):
    for number in range(MOST_DOUBTS + 5):
        audit.store.doubt(ORIGIN, b"%d" % number, b"body", code="LEDGER-16", at=AT)
    assert audit.store.doubts() == {ORIGIN: MOST_DOUBTS}


def test_of_two_at_once_only_one_is_cosigned(audit):
    requests = [HONEST.ask(0, size) for size in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        statuses = [a.decision.status for a in pool.map(lambda r: act(audit, r), requests)]
    assert sorted(statuses) == [200] + [409] * 7
    assert len(audit.store.history(ORIGIN)) == 1


def test_eight_at_once_on_a_fork_never_get_two_stories(audit):
    act(audit, HONEST.ask(0, 50))

    def climb(number):
        story, got = (HONEST, FORK)[number % 2], []
        for size in range(51, 75):
            known = audit.store.known()[ORIGIN].last.size
            if size >= known:
                answered = act(audit, story.ask(known, size))
                if answered.cosigned:
                    got.append((number % 2, answered.cosigned.checkpoint.head))
        return got

    with ThreadPoolExecutor(8) as pool:
        got = [one for part in pool.map(climb, range(8)) for one in part]
    assert len(got) > 0
    assert len({story for story, _ in got}) == 1


def test_a_log_may_have_several_keys_and_be_registered_twice(audit):
    other = read_log_key(str(LOG))
    assert not audit.store.trust(other, origin=ORIGIN, at=AT)
    assert audit.store.trust(other, origin="second.example", at=AT)
    assert audit.store.known()["second.example"].keys == (LOG,)


def test_a_logs_key_is_read_from_text_or_file(tmp_path):
    (tmp_path / "key").write_text(f"{LOG}\n")
    assert read_log_key(f" {LOG}\n") == read_log_key(str(tmp_path / "key")) == LOG
    refused("WITNESS-10", Invalid, read_log_key, str(W1))
    refused("LEDGER-35", Invalid, read_log_key, str(LOG).replace("record", "recorb"))
    refused("FILE-01", Invalid, read_log_key, str(tmp_path / "missing"))
    (tmp_path / "key").write_bytes(b"\xff" * 9000)
    refused("LEDGER-35", Invalid, read_log_key, str(tmp_path / "key"))


def test_a_witness_that_lost_its_memory_does_not_go_on(audit, tmp_path):
    (tmp_path / "w" / DATABASE).unlink()
    refused("WITNESS-06", Denied, open_witness, tmp_path / "w")
    refused("WITNESS-06", Denied, act, audit, HONEST.ask(0, 3))
    assert not (tmp_path / "w" / DATABASE).exists()


def test_the_memory_of_another_witness_is_refused(audit, tmp_path):
    create_witness(tmp_path / "other", "court.example/w2")
    (tmp_path / "other" / DATABASE).replace(tmp_path / "w" / DATABASE)
    refused("WITNESS-07", Invalid, open_witness, tmp_path / "w")


@pytest.mark.parametrize("data", [b"", b"no database at all", b"SQLite format 3\0" + bytes(600)])
def test_a_damaged_memory_is_refused(audit, tmp_path, data):
    (tmp_path / "w" / DATABASE).write_bytes(data)
    refused("WITNESS-07", Invalid, open_witness, tmp_path / "w")


def test_a_busy_memory_asks_for_patience(audit, monkeypatch):
    monkeypatch.setattr(store_module, "_PATIENCE", 0.01)
    with audit.store.turn():
        refused("WITNESS-08", Conflict, act, audit, HONEST.ask(0, 3))
    assert act(audit, HONEST.ask(0, 3)).decision.status == 200


def test_a_full_disk_is_told(audit, monkeypatch):
    act(audit, HONEST.ask(0, 3))
    real = store_module._connected

    def tight(path):
        connection = real(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(store_module, "_connected", tight)
    with pytest.raises(Invalid) as caught, audit.store.turn() as turn:
        turn.keep(Kept(ORIGIN, HONEST.head(9), bytes(1 << 20), AT))
    assert caught.value.code == "WITNESS-09"
    assert "SQLITE_FULL" in str(caught.value)
    assert audit.store.known()[ORIGIN].last == HONEST.head(3)


def test_set_up_needs_a_place_to_write(tmp_path):
    (tmp_path / "file").write_text("")
    refused("WITNESS-04", Invalid, create_witness, tmp_path / "file", "a.example")
    refused("LEDGER-34", Invalid, create_witness, tmp_path / "w", "a b")
    assert not (tmp_path / "w").exists()
    create_witness(tmp_path / "w", "a.example")
    assert (tmp_path / "w").stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "w").iterdir()} == {0o600}
