"""Workers: several at once, through a database that stops, with jobs to do."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from installation import ON_POSTGRES, PATIENCE, Installation, wait_until
from ledger_reference import rfc9162

pytestmark = pytest.mark.database

TESTS = Path(__file__).parents[1]
RECORD = """
import sys
from datetime import UTC, datetime
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.events import QUORUM_SET
for number in range(int(sys.argv[1])):
    with recording(QUORUM_SET(object="quorum:1", count=number), by=SYSTEM, at=datetime.now(UTC)):
        pass
"""
ENQUEUE = """
import sys
from waiting_jobs import sign_in
for number in range(int(sys.argv[2])):
    sign_in.enqueue(sys.argv[1], str(number))
"""


def heartbeat(installation):
    try:
        return json.loads((installation.data / "worker.json").read_bytes())
    except FileNotFoundError:
        return None


def record(installation, count):
    done = installation.in_django(RECORD, str(count))
    assert done.status == 0, done


def waiting(installation):
    return installation.one("SELECT count(*) FROM record_outbox")


def require_sealed_once(installation, least):
    """Every event has one leaf, without gaps, and the tree signed last is the one over them."""
    entries = [
        bytes(entry)
        for (entry,) in installation.ask(
            "SELECT entry FROM record_leaf JOIN record_event ON event_id = id ORDER BY seq"
        )
    ]
    events = installation.one("SELECT count(*) FROM record_event")
    numbers = [seq for (seq,) in installation.ask("SELECT seq FROM record_leaf ORDER BY seq")]
    assert numbers == list(range(events))
    assert len(entries) == events >= least
    size, root = installation.ask(
        "SELECT size, root FROM record_checkpoint WHERE suite = 'sha256' ORDER BY size DESC"
    )[0]
    assert bytes(root) == rfc9162.mth(entries[:size])


def all_signed(installation):
    return not waiting(installation) and installation.one(
        "SELECT max(size) FROM record_checkpoint WHERE suite = 'sha256'"
    ) == installation.one("SELECT count(*) FROM record_leaf")


def test_two_workers_under_load_seal_everything_once(installation):
    with installation.working() as one, installation.working() as other:
        writers = [
            installation.start(
                "250",
                code="from guiju.config.cli.ground import stand_on_ground; stand_on_ground()\n"
                + RECORD,
            )
            for _ in range(2)
        ]
        assert [writer.communicate(timeout=PATIENCE)[1] for writer in writers] == ["", ""]
        wait_until(lambda: all_signed(installation))
        assert one.poll() is other.poll() is None
    require_sealed_once(installation, 501)


def test_two_workers_do_each_job_once(installation, tmp_path):
    book = tmp_path / "book"
    path = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    with installation.working(PYTHONPATH=path), installation.working(PYTHONPATH=path):
        done = installation.in_django(ENQUEUE, str(book), "20", PYTHONPATH=path)
        assert done.status == 0, done
        wait_until(lambda: book.exists() and book.read_text("utf-8").count("\n") >= 20)
    assert sorted(map(int, book.read_text("utf-8").split())) == list(range(20))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_well(installation, number):
    with installation.working() as worker:
        wait_until(lambda: heartbeat(installation))
        worker.send_signal(number)
        assert worker.wait(PATIENCE) == 0
        assert worker.stderr.read() == ""


def test_it_ends_with_the_process_that_started_it(installation):
    code = (
        "import os, signal, subprocess, sys\n"
        "words = [sys.executable, '-m', 'guiju', 'worker', '--parent', str(os.getpid())]\n"
        "print(subprocess.Popen(words).pid, flush=True)\n"
        "signal.pause()"
    )
    parent = installation.start(code=code)
    child = int(parent.stdout.readline())
    wait_until(lambda: heartbeat(installation))
    assert heartbeat(installation)["pid"] == child
    parent.kill()
    # The pipe closes only when the last process that writes into it is gone.
    _, err = parent.communicate(timeout=PATIENCE)
    assert err == ""


def test_while_the_record_is_halted_it_waits_and_says_why_once(installation):
    with installation.working() as worker:
        wait_until(lambda: heartbeat(installation))
        (installation.data / "halted").write_text("见证方不认可。", "utf-8")
        assert "见证方不认可" in worker.stderr.readline()
        wait_until(lambda: "见证方不认可" in heartbeat(installation)["error"])
        (installation.data / "halted").unlink()
        assert "已恢复正常" in worker.stderr.readline()
        record(installation, 3)
        wait_until(lambda: all_signed(installation))
        wait_until(lambda: heartbeat(installation)["error"] == "")
    require_sealed_once(installation, 4)


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server that could stop")
def test_it_lives_through_a_database_that_stops_at_once(tmp_path):
    from postgres_cluster import throw_away  # noqa: PLC0415 - needs PostgreSQL

    with throw_away() as cluster:
        made = Installation(tmp_path, cluster.environment())
        assert made.run("init").status == 0
        with made.working() as worker:
            record(made, 20)
            wait_until(lambda: all_signed(made))
            for _ in range(3):
                cluster.stop("immediate")
                assert "数据库连不上" in worker.stderr.readline()
                cluster.start()
                assert "已恢复正常" in worker.stderr.readline()
                record(made, 20)
                wait_until(lambda: all_signed(made))
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(PATIENCE) == 0
            assert worker.stderr.read() == ""
        require_sealed_once(made, 81)
