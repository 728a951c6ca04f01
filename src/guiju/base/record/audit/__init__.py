"""The audit: everything that is stored is computed again and compared; ``doctor`` calls it.

``record_flaws`` looks at the record alone, as a restored one is looked at before it counts;
``flaws`` looks also at what stands around it: triggers, rights, keys, floor, worker, disk.
Both yield while they go, read the database once from front to back, and keep little in
memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from guiju.base.record import floor
from guiju.base.record.audit import (
    around,
    database,
    entries,
    people,
    signatures,
    spelling,
    witnesses,
)
from guiju.base.record.audit.flaw import Flaw, readable, refused
from guiju.base.record.snapshot import snapshot
from guiju.exchange.files import Progress, silent

__all__ = ["Flaw", "flaws", "record_flaws"]


def record_flaws(*, progress: Progress = silent) -> Iterator[Flaw]:
    """Yield what is wrong with the record by itself, keys apart.

    Args:
        progress: told how many entries of how many were read.
    """
    yield from database.flaws()
    with snapshot():
        yield from _stored(progress, people.Unopened())


def flaws(*, at: datetime, progress: Progress = silent) -> Iterator[Flaw]:
    """Yield everything that is wrong with this installation's record.

    Args:
        at: now, by which the worker's heartbeat is judged.
        progress: told how many entries of how many were read.
    """
    yield from readable("record_event", around.flaws(at=at))
    # Before the snapshot: a floor that rises meanwhile is higher than what it sees.
    stands = refused("AUDIT-40", "floor.checkpoint", floor.check_floor)
    yield from readable("record_leaf", stands)
    yield from readable("GUIJU_DATABASE", database.flaws())
    boxes = people.Opened()
    with snapshot():
        yield from _stored(progress, boxes)
    yield from readable("record_event", boxes.unread())
    yield from readable("record_event", people.survivors())


def _stored(progress: Progress, boxes: people.Boxes) -> Iterator[Flaw]:
    yield from readable("record_leaf", entries.flaws(progress, boxes))
    yield from readable("record_checkpoint", signatures.flaws())
    yield from readable("record_witness", witnesses.flaws())
    yield from readable("record_event", spelling.flaws())
