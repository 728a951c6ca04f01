"""Every event and every leaf, read once: columns, bytes, hashes, numbers, and both trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import connection

from guiju.base.record.audit.flaw import UNREADABLE, Flaw, blob, onward, unreadable
from guiju.base.record.audit.people import Boxes
from guiju.base.record.audit.trees import TreeAudit
from guiju.base.record.models import Event, Leaf, Outbox
from guiju.base.record.tree_store import SHA256, SM3_SUITE
from guiju.core.errors import Invalid
from guiju.core.ledger.entry import decode_entry, instant
from guiju.core.ledger.tree import hash_leaf
from guiju.core.sentence import zh
from guiju.exchange.files import Progress

_SUITES = (SHA256, SM3_SUITE)
_CHUNK = 1024
"""Entries read at once."""

_COLUMNS = ("kind", "version", "actor", "post", "unit", "object", "matter")

_STRAYS = {
    "SELECT e.id FROM record_event e"
    " WHERE NOT EXISTS (SELECT 1 FROM record_leaf l WHERE l.event_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM record_outbox o WHERE o.event_id = e.id) ORDER BY e.id": (
        "AUDIT-15",
        zh(
            "事件既没有封存，也不在待封存的队列里：叶或队列里的行被删了。"
            "请保留现场，与备份核对后恢复。"
        ),
    ),
    "SELECT o.event_id FROM record_outbox o"
    " JOIN record_leaf l ON l.event_id = o.event_id ORDER BY 1": (
        "AUDIT-16",
        zh("事件已经封存，却还排在队列里，会被封存第二次。请停止后台进程，从备份恢复。"),
    ),
    "SELECT o.event_id FROM record_outbox o"
    " WHERE NOT EXISTS (SELECT 1 FROM record_event e WHERE e.id = o.event_id) ORDER BY 1": (
        "AUDIT-17",
        zh("待封存的事件不在了：它的行被删了。请保留现场，与备份核对后恢复。"),
    ),
}
"""Rows that have lost their counterpart, and what to say of each."""


def flaws(progress: Progress, boxes: Boxes) -> Iterator[Flaw]:
    """Yield what is wrong with events, leaves and nodes.

    Args:
        progress: told how many entries of how many were read.
        boxes: shown every event with what is sealed of it.
    """
    total = Leaf.objects.count() + Outbox.objects.count()
    trees = [TreeAudit(suite) for suite in _SUITES]
    done, expected = 0, 0
    for leaves in _leaves():
        events, unread = _events([leaf.event_id for leaf in leaves])
        yield from unread.values()
        for leaf in leaves:
            if leaf.seq != expected:
                yield _gap(expected, leaf.seq)
            expected = leaf.seq + 1
            if leaf.event_id not in unread:
                yield from _leaf_flaws(leaf, events.get(leaf.event_id))
        yield from _event_flaws(list(events.values()), boxes)
        for tree in trees:
            yield from tree.add([blob(getattr(leaf, tree.suite.name)) for leaf in leaves])
        done += len(leaves)
        progress(done, total)
    for tree in trees:
        yield from tree.finish()
    for waiting in _waiting():
        events, unread = _events(list(waiting))
        yield from unread.values()
        yield from _waiting_flaws(events, waiting)
        yield from _event_flaws(list(events.values()), boxes)
        done += len(waiting)
        progress(done, total)
    yield from _strays()
    yield from boxes.finish()


def _leaves() -> Iterator[list[Leaf]]:
    last = -1
    while leaves := list(Leaf.objects.filter(seq__gt=last).order_by("seq")[:_CHUNK]):
        yield leaves
        last = onward("record_leaf", last, leaves[-1].seq)


def _events(ids: list[int]) -> tuple[dict[int, Event], dict[int, Flaw]]:
    """Return the events with these numbers, and a flaw for each that cannot be read."""
    try:
        return {event.pk: event for event in Event.objects.filter(pk__in=ids)}, {}
    except UNREADABLE as error:
        if len(ids) == 1:
            return {}, {ids[0]: unreadable(f"record_event id={ids[0]}", error)}
    half = len(ids) // 2
    events, unread = _events(ids[:half])
    others, further = _events(ids[half:])
    return events | others, unread | further


def _waiting() -> Iterator[dict[int, bytes]]:
    """Yield events that wait to be sealed, with their leaf hashes as they were written."""
    last = -1
    rows = Outbox.objects.order_by("event_id").values_list("event_id", "sha256")
    while waiting := {pk: blob(leaf) for pk, leaf in rows.filter(event_id__gt=last)[:_CHUNK]}:
        yield waiting
        last = onward("record_outbox", last, max(waiting))


def _waiting_flaws(events: Mapping[int, Event], waiting: Mapping[int, bytes]) -> Iterator[Flaw]:
    for pk, event in events.items():
        if hash_leaf(blob(event.entry), SHA256.hasher) != waiting[pk]:
            yield Flaw(
                "AUDIT-18",
                f"record_outbox event_id={pk}",
                zh(
                    "待封存的事件 {event} 与写入时的摘要不符：事件或摘要被改动过。"
                    "请保留现场，与备份核对后恢复。",
                    event=pk,
                ),
            )


def _gap(expected: int, found: int) -> Flaw:
    return Flaw(
        "AUDIT-10",
        f"record_leaf seq={expected}",
        zh(
            "序号应为 {expected}，接着却是 {found}：有记录被删。请保留现场，与备份核对后恢复。",
            expected=expected,
            found=found,
        ),
    )


def _leaf_flaws(leaf: Leaf, event: Event | None) -> Iterator[Flaw]:
    where = f"record_leaf seq={leaf.seq}"
    if event is None:
        yield Flaw(
            "AUDIT-11",
            where,
            zh(
                "序号 {seq} 的事件 {event} 不在了：事件被删，或编号被改。"
                "请保留现场，从备份取出这一条核对，并报告见证方。",
                seq=leaf.seq,
                event=leaf.event_id,
            ),
        )
        return
    entry = blob(event.entry)
    for suite in _SUITES:
        if hash_leaf(entry, suite.hasher) != blob(getattr(leaf, suite.name)):
            yield Flaw(
                "AUDIT-12",
                where,
                zh(
                    "序号 {seq} 的事件 {event} 与封存时的 {suite} 摘要不符：事件或摘要被改动过。"
                    "请保留现场，从备份取出这一条核对，并报告见证方。",
                    seq=leaf.seq,
                    event=leaf.event_id,
                    suite=suite.name,
                ),
            )


def _event_flaws(events: Sequence[Event], boxes: Boxes) -> Iterator[Flaw]:
    told: dict[Event, Mapping[str, object]] = {}
    for event in events:
        where = f"record_event id={event.pk}"
        try:
            entry = decode_entry(blob(event.entry))
        except Invalid as refusal:
            yield Flaw("AUDIT-13", where, refusal.sentence)
            continue
        wrong = [name for name, value in _columns(event).items() if entry.get(name) != value]
        for name in wrong:
            yield Flaw(
                "AUDIT-14",
                where,
                zh(
                    "事件 {event} 的「{name}」一栏与封存的内容不符：这一栏被改动过。"
                    "请保留现场，以封存的内容为准，并查明是谁所为。",
                    event=event.pk,
                    name=name,
                ),
            )
        data = entry.get("data")
        told[event] = data if isinstance(data, dict) else {}
    yield from boxes.look(told)


def _columns(event: Event) -> dict[str, object]:
    return {
        **{name: getattr(event, name) for name in _COLUMNS},
        "at": instant(event.at),
        "key": str(event.key),
        "request": str(event.request),
    }


def _strays() -> Iterator[Flaw]:
    for query, (code, sentence) in _STRAYS.items():
        with connection.cursor() as cursor:
            cursor.execute(query)
            for (number,) in cursor.fetchall():
                yield Flaw(code, f"record_event id={number}", sentence)
