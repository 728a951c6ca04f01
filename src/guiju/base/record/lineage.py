"""Whether this log is all of the log that others have seen.

A checkpoint that our own key signed is evidence, whoever shows it: a record that does not
begin with that tree was rolled back or rewritten. So a witness is asked for the last
checkpoint that it cosigned, and one on paper counts like it (engine.md, section 4,
"Restore").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from guiju.base.record import tree_store
from guiju.base.record.events import OPENED
from guiju.base.record.models import Event, Witness
from guiju.base.signing_keys import verify
from guiju.base.witness.client import TIMEOUT, fetch_last
from guiju.base.witness.wire import Unreachable
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.checkpoint import open_checkpoint
from guiju.core.ledger.keys import Key, parse_key
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Sight:
    """A tree of ours that somebody outside has seen.

    Attributes:
        who: a witness's name, or where the checkpoint came from.
        head: size and root.
        note: the signed checkpoint.
    """

    who: str
    head: TreeHead
    note: bytes


def active_witnesses() -> Sequence[Witness]:
    """Return the witnesses that count today."""
    return list(Witness.objects.filter(retired_at=None).order_by("name"))


def opened_keys() -> list[Key]:
    """Return the keys by which this log has signed, the newest last, by its own events."""
    entries = Event.objects.filter(kind=OPENED.kind).order_by("id").values_list("entry", flat=True)
    keys = []
    for entry in entries:
        with suppress(Invalid):
            keys.append(parse_key(str(said(entry).get("vkey"))))
    return keys


def said(entry: object) -> dict[str, object]:
    """Return what an entry says under ``data``; nothing when it cannot be read any more."""
    try:
        told = json.loads(bytes(entry)) if isinstance(entry, bytes | memoryview) else None
    except (ValueError, RecursionError):
        return {}
    data = told.get("data") if isinstance(told, dict) else None
    return data if isinstance(data, dict) else {}


def ask_witnesses(key: Key, *, timeout: float = TIMEOUT) -> Iterator[Sight]:
    """Yield what each registered witness that answers has seen of the log of ``key``.

    An answer counts when both the log and that witness have signed it; others say nothing.

    Args:
        key: the log's; its name is the log's origin.
        timeout: seconds for each of them.
    """
    for witness in active_witnesses():
        sight = ask_witness(witness, key, timeout=timeout)
        if isinstance(sight, Sight):
            yield sight


def ask_witness(
    witness: Witness, key: Key, *, timeout: float = TIMEOUT
) -> Sight | Unreachable | None:
    """Return what one witness has seen of the log of ``key``, or None when nothing counts."""
    if not witness.url:
        return None
    try:
        answer = fetch_last(witness.url, key.name, timeout=timeout)
        if isinstance(answer, bytes):
            return _sight(witness.name, answer, key, parse_key(witness.vkey))
        return answer if isinstance(answer, Unreachable) else None
    except Invalid:
        return None


def read_sight(who: str, data: bytes, keys: Iterable[Key]) -> Sight:
    """Return the tree in a signed checkpoint, from a file or from paper.

    Raises:
        Invalid: what ``open_checkpoint`` raises for what none of the log's keys signed.
    """
    *older, newest = keys
    for key in older:
        try:
            return _sight(who, data, key)
        except Invalid:
            continue
    return _sight(who, data, newest)


def require_descent(sight: Sight) -> None:
    """Refuse when this log does not hold all that was seen of it.

    Raises:
        Denied: BACKUP-14 when it is shorter, BACKUP-15 when its beginning differs.
    """
    size = tree_store.size()
    if missing(sight):
        raise Denied(
            "BACKUP-14",
            zh(
                "「{who}」见证过 {seen} 条，这里只有 {size} 条，少了 {missing} 条："
                "它比见证过的记录旧。请换一份较新的备份。",
                who=sight.who,
                seen=sight.head.size,
                size=size,
                missing=missing(sight),
            ),
        )
    require_same_beginning(sight)


def require_same_beginning(sight: Sight) -> None:
    """Refuse when this log, where it is long enough to tell, begins otherwise (BACKUP-15)."""
    if missing(sight) or tree_store.head_at(sight.head.size) == sight.head:
        return
    raise Denied(
        "BACKUP-15",
        zh(
            "「{who}」见证过的前 {seen} 条，与这里的前 {seen} 条不同：记录被改写过，"
            "或不是同一份记录。请保留现场，换一份备份，并报告见证方。",
            who=sight.who,
            seen=sight.head.size,
        ),
    )


def missing(sight: Sight) -> int:
    """Return how many entries were seen that this log does not hold."""
    return max(0, sight.head.size - tree_store.size())


def _sight(who: str, data: bytes, log: Key, *others: Key) -> Sight:
    checkpoint, signed = open_checkpoint(data, origin=log.name, keys=(log, *others), verify=verify)
    if len(signed) != 1 + len(others):
        raise Invalid(
            "BACKUP-18",
            zh(
                "「{who}」的检查点没有本记录的签名，或缺见证方的签名，不能用来核对。"
                "请取回完整的检查点。",
                who=who,
            ),
        )
    return Sight(who, checkpoint.head, data)
