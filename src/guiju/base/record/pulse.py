"""The record's life signs for the page of the system's state: few queries, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection

from guiju.base.record import checkpoints, floor, heartbeat
from guiju.base.record.backup.noted import Backup, last_backup
from guiju.base.record.health import MOST_WAITING, Witnessing, halted, witnesses
from guiju.base.record.heartbeat import Heartbeat
from guiju.base.record.models import Cosignature
from guiju.base.record.proving import cosigned
from guiju.core.errors import Invalid
from guiju.core.ledger.note import parse_signatures

_NUMBERS = """
SELECT (SELECT MAX(seq) FROM record_leaf),
  (SELECT COUNT(*) FROM (SELECT 1 FROM record_outbox LIMIT %s) AS waiting),
  (SELECT at FROM record_event WHERE id = (SELECT MIN(event_id) FROM record_outbox)),
  (SELECT count FROM record_quorum WHERE id = 1)"""
_SIZE = {"postgresql": ", pg_database_size(current_database())", "sqlite": ", 0"}
_TIMESTAMP = 8
"""Bytes with which a cosignature says when it was made (C2SP tlog-cosignature)."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the record is, in short.

    Attributes:
        size: how many entries are sealed.
        waiting: how many wait, counted up to ``MOST_WAITING``.
        waiting_since: when the oldest of those happened; None without any.
        signed_at: when the newest checkpoint was signed; None before the first.
        cosigned: how many witnesses cosigned it; ``quorum`` how many must.
        drift: by how much this machine's clock is ahead of a witness's; None where unknown.
        floor: how many entries left this house; None before any did.
        floor_fault: why the floor cannot be read; empty while it can.
        halted: why writing was stopped; empty while it was not.
        worker: what the worker last said; None without one.
        backup: the last one that was taken here; None without one.
        database: bytes of the database.
    """

    size: int
    waiting: int
    waiting_since: datetime | None
    signed_at: datetime | None
    cosigned: int
    quorum: int
    witnesses: tuple[Witnessing, ...]
    drift: timedelta | None
    floor: int | None
    floor_fault: str
    halted: str
    worker: Heartbeat | None
    backup: Backup | None
    database: int


def pulse() -> Pulse:
    """Return how the record is; four queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS + _SIZE[connection.vendor], [MOST_WAITING + 1])
        last, waiting, since, quorum, database = cursor.fetchone()
    newest = checkpoints.latest()
    lines = checkpoints.cosignatures(newest) if newest else []
    lowest, fault = _floor()
    return Pulse(
        size=0 if last is None else last + 1,
        waiting=waiting,
        waiting_since=_instant(since),
        signed_at=newest.at if newest else None,
        cosigned=len(cosigned(lines)),
        quorum=quorum or 0,
        witnesses=witnesses(),
        drift=_drift(lines),
        floor=lowest,
        floor_fault=fault,
        halted=halted(),
        worker=heartbeat.last_heartbeat(),
        backup=last_backup(),
        database=database or _file_size(),
    )


def _floor() -> tuple[int | None, str]:
    try:
        known = floor.floor()
    except (Invalid, OSError) as error:
        return None, str(error.sentence if isinstance(error, Invalid) else error.strerror)
    return (known.size if known else None), ""


def _instant(value: datetime | None) -> datetime | None:
    """Return an instant with its time zone: SQLite gives it without, in UTC."""
    if value is None or value.tzinfo is not None:
        return value
    return value.replace(tzinfo=UTC)


def _drift(lines: list[Cosignature]) -> timedelta | None:
    """Return by how much our clock was ahead of the witness's that cosigned last.

    A witness writes its time into what it signs; ours is when we asked.
    """
    for row in reversed(lines):
        try:
            (line,) = parse_signatures(row.line)
            said = datetime.fromtimestamp(int.from_bytes(line.signature[:_TIMESTAMP], "big"), UTC)
        except (Invalid, ValueError, OverflowError, OSError):
            continue
        return row.at - said
    return None


def _file_size() -> int:
    path = Path(str(connection.settings_dict["NAME"]))
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
