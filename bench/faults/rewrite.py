"""A whole record rewritten and signed again, rolled back, or restored from an old backup.

Each round does all three to copies of one witnessed record, with everything that an
administrator has: every right, the triggers, and the log's stolen key. 20 rounds, about 12
minutes on each database. What must happen: the floor refuses the start; where the floor was
forged too, the witness does, and its evidence stops the writing of a worker that was running
already; ``guiju doctor`` and a reader who kept an older checkpoint see it; ``guiju restore``
refuses.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from ground import OWNER, Ground, arguments, finish, free_port, ground, print_row, wait_until

WITNESS = "witness.example/w"


@dataclass(slots=True)
class Stage:
    """One record at two times, and who has seen it.

    Attributes:
        old: earlier, with a backup of then.
        new: as it is now.
        keys: the archive of its keys.
        kept: a checkpoint that a reader kept.
    """

    old: Ground
    new: Ground
    keys: Path
    kept: Path

    @property
    def backup(self) -> Path:
        """The backup that was taken of the old one."""
        return self.old.folder / "old.guiju"


@dataclass(slots=True)
class Tally:
    """How often each thing that must happen did happen."""

    times: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, *, is_so: bool, said: str = "") -> None:
        """Count one."""
        self.times[what] = self.times.get(what, 0) + 1
        self.seen[what] = self.seen.get(what, 0) + is_so
        if not is_so:
            self.faults.append(f"not so: {what}: {said}")


def main() -> None:
    """Tamper, look, print."""
    asked = arguments(str(__doc__), rounds=20, seconds=3000)
    random.seed(asked.seed)
    began = time.monotonic()
    with ground(asked.database) as laid:
        laid.stand()
        stage = _witnessed_twice(laid)
        tally = Tally()
        for number in range(asked.rounds):
            for tamper in (_rewritten, _rolled_back, _restored):
                name = f"{tamper.__name__.strip('_')}{number}"
                with _copied(stage.new, name) as copy:
                    tamper(stage, copy, tally)
        status, said = laid.run("witness", "status", str(laid.folder / "witness"), well=(0, 1))
        tally.note("the witness itself reports what it was sent", is_so=status == 1, said=said)
        seconds = round(time.monotonic() - began)
        for what, times in list(tally.times.items())[:-1]:
            print_row((what, asked.database, times, tally.seen[what], "", ""))
        last = list(tally.times)[-1]
        cells = (last, asked.database, tally.times[last], tally.seen[last], "", seconds)
        finish(cells, tally.faults)


def _rewritten(stage: Stage, copy: Ground, tally: Tally) -> None:
    """Change an early entry and everything after it."""
    from guiju.base.signing_keys import load_signing_key  # noqa: PLC0415 - needs Django set up
    from tampering import rewrite  # noqa: PLC0415 - as above

    with copy.opened() as connection:
        query = (
            "SELECT l.seq FROM record_leaf l JOIN record_event e ON e.id = l.event_id"
            " WHERE e.kind = 'bench.act.stepped' ORDER BY l.seq LIMIT 20"
        )
        early = [seq for (seq,) in connection.execute(query).fetchall()]
        key = load_signing_key(copy.data / "keys" / "log.key")
        note = rewrite(connection, key, seq=random.choice(early))
    _expect_refusal("rewritten: the floor refuses the start", "RECORD-12", copy, tally)
    _expect_flaw("rewritten: doctor, by the floor", "AUDIT-40", copy, tally)
    (copy.data / "floor.checkpoint").write_bytes(note)
    _expect_flaw("rewritten, floor forged: doctor, by the witness", "AUDIT-47", copy, tally)
    _expect_reader("rewritten, floor forged: a reader's older checkpoint", stage, copy, tally)
    _expect_refusal(
        "rewritten, floor forged: the witness refuses the start", "BACKUP-15", copy, tally
    )
    _expect_halt("rewritten, floor forged: stopped by the witness's evidence", copy, tally)


def _rolled_back(stage: Stage, copy: Ground, tally: Tally) -> None:
    """Put the database of then in the place of today's."""
    _put_old_database(stage, copy)
    _expect_refusal("rolled back: the floor refuses the start", "RECORD-11", copy, tally)
    _expect_flaw("rolled back: doctor, by the floor", "AUDIT-40", copy, tally)
    shutil.copy(stage.old.data / "floor.checkpoint", copy.data)
    _expect_flaw("rolled back, floor too: doctor, by the witness", "AUDIT-47", copy, tally)
    copy.run("record", "quorum", "1")  # something new, for there to be a new checkpoint
    _expect_refusal(
        "rolled back, floor too: the witness refuses the start", "BACKUP-14", copy, tally
    )
    _expect_halt("rolled back, floor too: stopped by the witness's evidence", copy, tally)


def _restored(stage: Stage, copy: Ground, tally: Tally) -> None:
    """Restore the backup of then as the manual says, into an empty place."""
    shutil.rmtree(copy.data)
    if copy.cluster is not None:
        _recreate(copy, template="template0")
    words = ("restore", str(stage.backup), "--keys", str(stage.keys))
    status, said = copy.run(*words, well=(0, 1, 2))
    is_so = status == 2 and "[BACKUP-14]" in said
    tally.note("restored from an old backup: refused by the witness", is_so=is_so, said=said)
    status, said = copy.run(*words, "--unwitnessed", well=(0, 1, 2))
    is_so = status == 2 and "[BACKUP-14]" in said
    tally.note("the same with --unwitnessed: still refused", is_so=is_so, said=said)


def _expect_refusal(what: str, code: str, copy: Ground, tally: Tally) -> None:
    started = copy.start("worker")
    try:
        status = started.wait(60)
    except Exception:  # noqa: BLE001 - it works where it must not
        started.kill()
        status = 0
    said = copy.said("worker")
    tally.note(what, is_so=status == 2 and f"[{code}]" in said, said=said)


def _expect_flaw(what: str, code: str, copy: Ground, tally: Tally) -> None:
    status, said = copy.run("doctor", well=(0, 1, 2))
    tally.note(what, is_so=status == 1 and f"[{code}]" in said, said=said)


def _expect_reader(what: str, stage: Stage, copy: Ground, tally: Tally) -> None:
    export = copy.folder / "export"
    copy.run("record", "export", str(export))
    words = ("--quorum", "0", "--since", str(stage.kept))
    status, said = copy.run("verify", str(export), *words, well=(0, 1))
    tally.note(what, is_so=status == 1, said=said)


_RUNNING = """
import time
from contextlib import suppress
from datetime import UTC, datetime
from guiju.config.cli.ground import stand_on_ground
stand_on_ground()
from guiju.base.record import clockwork, places
from guiju.core.errors import Refusal
for _ in range(60):
    with suppress(Refusal):
        clockwork.tick(at=datetime.now(UTC))
        clockwork.witness_round(at=datetime.now(UTC))
    if places.halt_file().exists():
        break
    time.sleep(1)
"""
"""What a worker does that was started before the record was changed under it."""


def _expect_halt(what: str, copy: Ground, tally: Tally) -> None:
    """Let a running worker go on until the witness's evidence has stopped all writing."""
    subprocess.run([sys.executable, "-c", _RUNNING], env=copy.environment(), check=True)
    halted = copy.data / "halted"
    status, said = copy.run("record", "quorum", "0", well=(0, 2))
    tally.note(what, is_so=halted.exists() and status == 2 and "[RECORD-10]" in said, said=said)


def _witnessed_twice(laid: Ground) -> Stage:
    """Act, be witnessed and back up; act more and be witnessed again."""
    from writers import act  # noqa: PLC0415 - needs Django set up

    witness = laid.folder / "witness"
    laid.run("witness", "init", str(witness), "--name", WITNESS)
    export = laid.folder / "export"
    laid.run("record", "export", str(export))
    laid.run("witness", "trust", str(witness), str(export / "log.vkey"))
    vkey = _vkey(laid, witness)
    bind = f"127.0.0.1:{free_port()}"
    laid.start("witness", "serve", str(witness), "--bind", bind)
    laid.run("record", "trust", vkey, "--url", f"http://{bind}")
    laid.run("record", "quorum", "1")
    _act_and_be_witnessed(laid, lambda: [act(number) for number in range(1, 61)])
    old = _copy(laid, "old")
    keys = laid.folder / "keys.guiju"
    old.run("backup", str(old.folder / "old.guiju"), "--keys", str(keys))
    laid.run("record", "export", str(export))
    kept = laid.folder / "kept.checkpoint"
    shutil.copy(export / "checkpoint", kept)
    _act_and_be_witnessed(laid, lambda: [act(number) for number in range(61, 136)])
    return Stage(old, laid, keys, kept)


def _act_and_be_witnessed(laid: Ground, do: Callable[[], object]) -> None:
    from django.db import connections  # noqa: PLC0415 - needs Django set up

    do()
    connections.close_all()
    worker = laid.start("worker")

    def is_witnessed() -> bool:
        size = laid.number("SELECT coalesce(max(size), 0) FROM record_cosignature")
        leaves = laid.number("SELECT count(*) FROM record_leaf")
        return size == leaves and not laid.number("SELECT count(*) FROM record_outbox")

    wait_until(is_witnessed, "the witness has cosigned everything")
    worker.terminate()
    worker.wait()


def _vkey(laid: Ground, witness: Path) -> str:
    said = laid.run("witness", "status", str(witness))[1]
    return said[said.index(f"{WITNESS}+") :].split()[0]


@contextmanager
def _copied(of: Ground, name: str) -> Iterator[Ground]:
    """Give a copy of an installation; remove it afterwards."""
    made = _copy(of, name)
    try:
        yield made
    finally:
        made.end()
        if made.cluster is not None:
            _maintain(made, f'DROP DATABASE "{made.database}" WITH (FORCE)')
        shutil.rmtree(made.folder)


def _copy(of: Ground, name: str) -> Ground:
    folder = of.folder / name
    folder.mkdir()
    made = Ground(folder, of.cluster, name if of.cluster else of.database)
    shutil.copytree(of.data, made.data)
    if of.cluster is not None:
        _maintain(made, f'CREATE DATABASE "{name}" TEMPLATE "{of.database}"')
    return made


def _put_old_database(stage: Stage, copy: Ground) -> None:
    if copy.cluster is not None:
        _recreate(copy, template=stage.old.database)
        return
    for path in copy.data.glob("guiju.sqlite3*"):
        path.unlink()
    for path in stage.old.data.glob("guiju.sqlite3*"):
        shutil.copy(path, copy.data)


def _recreate(copy: Ground, *, template: str) -> None:
    _maintain(copy, f'DROP DATABASE "{copy.database}" WITH (FORCE)')
    _maintain(copy, f'CREATE DATABASE "{copy.database}" TEMPLATE "{template}"')


def _maintain(copy: Ground, statement: str) -> None:
    assert copy.cluster is not None
    with psycopg.connect(copy.cluster.url(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


if __name__ == "__main__":
    main()
