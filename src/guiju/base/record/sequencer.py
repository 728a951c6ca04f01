"""The sequencer: gives waiting events their numbers and grows the trees, one batch a transaction.

One at a time, elected by the database itself: an advisory lock on PostgreSQL, the write
lock on SQLite. It keeps nothing in memory, so that it goes on after any crash where the
last commit left it (engine.md, section 4, "Write path").
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from django.db import connection, transaction

from guiju.base.record import floor, tree_store, wall
from guiju.base.record.models import Event, Node, Outbox
from guiju.base.record.tree_store import SHA256, SM3_SUITE
from guiju.core.errors import Denied
from guiju.core.ledger.tree import hash_leaf
from guiju.core.sentence import zh

_LOCK = 0x6775_696A_7501
"""The advisory lock of sequencers in PostgreSQL; a number that means nothing else."""

_WAITING = (
    "SELECT o.event_id, o.sha256, e.entry FROM record_outbox o"
    " JOIN record_event e ON e.id = o.event_id ORDER BY o.event_id LIMIT %s"
)
_SEALED = (
    "DELETE FROM record_outbox WHERE event_id IN (SELECT event_id FROM record_leaf WHERE seq >= %s)"
)

_LEAF = "INSERT INTO record_leaf (seq, event_id, sha256, sm3) VALUES (%s, %s, %s, %s)"
_LEAVES_AT_ONCE = (
    "INSERT INTO record_leaf (seq, event_id, sha256, sm3)"
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[])"
)

BATCH = 5_000
"""Events sealed in one transaction: large enough for speed, small enough to be seen soon."""


class _Waiting(NamedTuple):
    event_id: int
    sha256: bytes
    entry: bytes


def waiting(event: Event) -> Outbox:
    """Return the row by which an event that was just written waits for its number."""
    return Outbox(event_id=event.pk, sha256=hash_leaf(bytes(event.entry), SHA256.hasher))


def seal_waiting(*, most: int = BATCH) -> int:
    """Seal up to ``most`` waiting events; return how many, 0 also when another one is at it.

    Raises:
        Denied: RECORD-10 while writing is halted; RECORD-14, which halts it, when a waiting
            event is not as it was written.
    """
    floor.require_open()
    with wall.opened(), transaction.atomic():
        if not _elected():
            return 0
        oldest = _oldest(most)
        if oldest:
            _seal(oldest)
    return len(oldest)


def _oldest(most: int) -> list[_Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [most])
        return [_Waiting(pk, bytes(sha256), bytes(entry)) for pk, sha256, entry in cursor]


def _seal(events: list[_Waiting]) -> None:
    size = tree_store.size()
    sha256 = [hash_leaf(bytes(event.entry), SHA256.hasher) for event in events]
    for event, leaf in zip(events, sha256, strict=True):
        if leaf != event.sha256:
            _stop(event.event_id)
    sm3 = [hash_leaf(event.entry, SM3_SUITE.hasher) for event in events]
    numbers = range(size, size + len(events))
    _insert_leaves(
        list(zip(numbers, (event.event_id for event in events), sha256, sm3, strict=True))
    )
    nodes = [
        node
        for suite, leaves in ((SHA256, sha256), (SM3_SUITE, sm3))
        for node in tree_store.completed(size, leaves, suite)
    ]
    Node.objects.bulk_create(nodes)
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [size])


def _stop(event: int) -> NoReturn:
    """Halt rather than seal what nobody wrote."""
    why = zh(
        "事件 {event} 在等待封存时被改动过，与写入时的摘要不符。"
        "请保留现场，运行 guiju doctor 查明，再从备份恢复。",
        event=event,
    )
    floor.halt(why)
    raise Denied("RECORD-14", why)


def _insert_leaves(rows: list[tuple[int, int, bytes, bytes]]) -> None:
    """Add the leaves in one statement; at thousands a second Django's objects would be the cost."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_LEAVES_AT_ONCE, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_LEAF, rows)


def _elected() -> bool:
    """Tell whether this process may seal now; the lock falls with the transaction."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
