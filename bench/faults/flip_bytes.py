"""Random byte flips in the stored log: every one must be found.

10,000 flips, on SQLite a fifth of them in the pages of its file, each looked for by the whole
audit behind ``guiju doctor`` over a record of about 290 entries, and one in fifty once more by
``guiju doctor`` as a process. About 20 minutes on each database, if the machine is quiet.

A byte of the file counts when it holds a part of the log: where every row of the log reads as
before, free space, an index or another table was struck.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flips import MEANINGLESS, TABLES, Flipper
from ground import Ground, arguments, finish, ground, print_row

DOCTOR_EVERY = 50
_IN_ORDER = "SELECT * FROM {table} NOT INDEXED ORDER BY rowid"


@dataclass(slots=True)
class Tally:
    """What came of flips of one kind."""

    flips: int = 0
    found: int = 0
    struck_nothing: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def note(self, what: object, code: str | None) -> None:
        """Count a flip and by which code it was found, if it was."""
        self.flips += 1
        if code is None:
            self.missed.append(str(what))
            print(f"not found: {what}", file=sys.stderr, flush=True)
        else:
            self.found += 1
            self.codes[code] += 1


def main() -> None:
    """Flip, look, print."""
    asked = arguments(str(__doc__), rounds=10_000, seconds=6000)
    random.seed(asked.seed)
    with ground(asked.database) as laid:
        laid.stand()
        from record_to_spoil import fill  # noqa: PLC0415 - needs Django set up

        fill(laid)
        in_file = asked.rounds // 5 if asked.database == "sqlite" else 0
        began = time.monotonic()
        values, doctor, refused = _values(laid, asked.rounds - in_file)
        cells = (values.flips, values.found, refused, round(time.monotonic() - began))
        print_row(("byte of a value of the log", asked.database, *cells))
        began = time.monotonic()
        pages = Tally()
        if in_file:
            _pages(laid, in_file, pages, doctor)
            cells = (pages.flips, pages.found, pages.struck_nothing)
            seconds = round(time.monotonic() - began)
            print_row(("byte of the database file", asked.database, *cells, seconds))
        missed = [*values.missed, *pages.missed, *doctor.missed]
        what = "of these, looked for by guiju doctor"
        finish((what, asked.database, doctor.flips, doctor.found, 0, ""), missed)


def _values(laid: Ground, flips: int) -> tuple[Tally, Tally, int]:
    """Flip bytes of values; return what was found, also by doctor, and how many were refused."""
    found, doctor = Tally(), Tally()
    _drop_triggers(laid)
    with laid.opened() as connection:
        flipper = Flipper(connection)
        known = set(_audit_codes())
        for number in range(flips):
            with flipper.flipped() as value:
                found.note(value, _first_code(known))
                if number % DOCTOR_EVERY == 0:
                    doctor.note(f"{value} (doctor)", _doctor_code(laid, known))
    return found, doctor, flipper.refused


def _pages(laid: Ground, flips: int, found: Tally, doctor: Tally) -> None:
    """Flip bytes of the closed file until so many have struck the log."""
    from django.db import connections  # noqa: PLC0415 - needs Django set up

    connections.close_all()
    with laid.opened() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound = laid.file.read_bytes()
    contents = _contents(laid)
    known = set(_audit_codes())
    connections.close_all()
    while found.flips < flips:
        at = random.randrange(len(sound))
        spoilt = bytes((sound[at] ^ random.randrange(1, 256),))
        _write(laid, sound[:at] + spoilt + sound[at + 1 :])
        struck = _struck(contents, _contents(laid))
        if not struck:
            found.struck_nothing += 1
            continue
        what = f"byte {at} of the file, {sound[at]} -> {spoilt[0]}: {struck}"
        found.note(what, _first_code(known))
        connections.close_all()
        if found.flips % DOCTOR_EVERY == 0:
            doctor.note(f"{what} (doctor)", _doctor_code(laid, known))
    _write(laid, sound)


def _struck(before: dict[str, object], after: dict[str, object]) -> str:
    """Return the first value that is another now, or is gone or new; empty when none is."""
    if before == after:
        return ""
    different = (n for n in before | after if before.get(n) != after.get(n) or n not in before)
    return next(different)


def _write(laid: Ground, data: bytes) -> None:
    for beside in ("-wal", "-shm"):
        laid.file.with_name(laid.file.name + beside).unlink(missing_ok=True)
    laid.file.write_bytes(data)


def _contents(laid: Ground) -> dict[str, object]:
    """Return every column of the log as SQLite reads it, or what keeps it from being read."""
    found: dict[str, object] = {}
    try:
        with closing(sqlite3.connect(f"file:{laid.file}?mode=ro&immutable=1", uri=True)) as opened:
            opened.text_factory = bytes
            for table in TABLES:
                rows = opened.execute(_IN_ORDER.format(table=table))
                names = [f"{table}.{column[0]}" for column in rows.description]
                for row_number, row in enumerate(rows):
                    for name, value in zip(names, row, strict=True):
                        if tuple(name.split(".")) not in MEANINGLESS:
                            found[f"{name} of row {row_number}"] = value
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged name in the message itself
        found[""] = str(error)
    return found


def _audit_codes() -> Iterator[str]:
    from guiju.base.record import audit  # noqa: PLC0415 - needs Django set up

    for flaw in audit.flaws(at=datetime.now(UTC)):
        yield f"{flaw.code} {flaw.where}"


def _first_code(known: set[str]) -> str | None:
    """Return what the audit finds that it did not find before the flip; None for nothing."""
    try:
        return next((said for said in _audit_codes() if said not in known), None)
    except Exception as error:  # noqa: BLE001 - doctor would end in a traceback: no finding
        print(f"FAULT: the audit raised {type(error).__name__}: {error}", flush=True)
        return None


def _doctor_code(laid: Ground, known: set[str]) -> str | None:
    """Return what ``guiju doctor`` says beyond what it said before; None for nothing."""
    try:
        status, said = laid.run("doctor", well=(0, 1, 2))
    except RuntimeError as error:
        print(f"FAULT: {error}", flush=True)
        return None
    codes = {line.rsplit("[", 1)[1].rstrip("]") for line in said.splitlines() if "[" in line}
    fresh = codes - {one.split()[0] for one in known}
    return min(fresh, default=None) if status else None


def _drop_triggers(laid: Ground) -> None:
    """Take the triggers away, as whoever owns the database can."""
    with laid.opened() as connection:
        if laid.cluster is not None:
            for table in TABLES:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            return
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(query).fetchall():
            connection.execute(f"DROP TRIGGER {name}")


if __name__ == "__main__":
    main()
