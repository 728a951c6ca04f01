"""Erasing what the record holds about a person, without breaking a single proof.

The event comes first and the key dies after the commit; whatever crash or restore lies
between, ``apply_erasures`` destroys again what the log says was destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.events import ERASED
from guiju.base.record.models import Event
from guiju.base.record.vault import key_store
from guiju.core.errors import Invalid
from guiju.core.sentence import zh


def erase_person(*, person: str, authority: str, reason: str, by: Actor, at: datetime) -> None:
    """Make everything that events hold about a person unreadable for good.

    Args:
        person: the person's reference.
        authority: on what basis, for example an article of 个人信息保护法.
        reason: why; both stand in the open record and name nobody.
        by: who decided.
        at: when.

    Raises:
        Invalid: RECORD-22 without a basis or a reason; what ``recording`` raises.
    """
    if not authority.strip() or not reason.strip():
        raise Invalid(
            "RECORD-22",
            zh("删除个人信息须写明依据和原因。请补写后再办。"),
        )
    draft = ERASED(object=person, authority=authority, reason=reason)
    with recording(draft, by=by, at=at):
        transaction.on_commit(partial(key_store().erase, person))


_ROUNDS = 3
"""How often the write-ahead log is emptied after an erasure: rows are cleared a moment later."""


@dataclass(slots=True)
class _Shed:
    """How many erasures there were when the log was last emptied, and how often since."""

    erasures: int = 0
    rounds: int = _ROUNDS


_SHED = _Shed()


def apply_erasures() -> int:
    """Destroy every key that the log says was destroyed; return how many still existed."""
    store = key_store()
    erased = list(Event.objects.filter(kind=ERASED.kind).values_list("object", flat=True))
    again = [person for person in erased if not store.is_erased(person) or store.key(person)]
    for person in again:
        store.erase(person)
    _shed_residue(len(erased))
    return len(again)


def _shed_residue(erasures: int) -> None:
    """Empty SQLite's write-ahead log after an erasure: pages of before may stand in it.

    The file itself keeps nothing (``secure_delete``). PostgreSQL's log is its administrator's.
    """
    if erasures != _SHED.erasures:
        _SHED.erasures, _SHED.rounds = erasures, 0
    if connection.vendor != "sqlite" or _SHED.rounds >= _ROUNDS or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, _, _ = cursor.fetchone()
    _SHED.rounds += not is_busy
