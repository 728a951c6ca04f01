"""What tasks and notices say: kept sealed under the key of whom they are for.

Whatever people type may name somebody, so the whole sentence is sealed, and is gone with its
person's key. Sentences of the program hold references, never names: persons, posts, units and
other tasks are called by name when they are shown, so that a name that was erased is gone here
too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from guiju.base.evidence.report import packed, unpacked
from guiju.base.inbox.models import Task
from guiju.base.inbox.people import names_of
from guiju.base.record import vault
from guiju.base.record.naming import named, references_in
from guiju.base.record.telling import ERASED
from guiju.core.sentence import Sentence

TASK = "inbox_task.box"
NOTICE = "inbox_notice.box"

_DEEPEST = 4
"""How often a task may speak of a task that speaks of another."""

Sealed = tuple[str, str, bytes | memoryview]
"""Whose it is, in which column, and the box."""


def sealed(person: str, place: str, says: Sentence) -> bytes:
    """Return the box with a sentence.

    Raises:
        Denied: RECORD-20 when the person's data was erased.
    """
    return vault.lock(person, place, packed(says))


def resealed(box: bytes, *, was: str, to: str) -> bytes:
    """Return a task's box for the person to whom it is handed; empty when it was erased."""
    plain = vault.unlock(was, TASK, box) if box else None
    return b"" if plain is None else vault.lock(to, TASK, plain)


def opened(boxes: Iterable[Sealed], *, at: datetime) -> list[Sentence]:
    """Return what is in these boxes, with names; no query where nothing is to be named.

    Raises:
        Invalid: RECORD-25 for a box that was tampered with.
    """
    raw = [_opened(*one) for one in boxes]
    spoken_of = _tasks(raw)
    texts = [*raw, *spoken_of.values()]
    others = {one for text in texts for one in references_in(text)} - spoken_of.keys()
    found = names_of(others, at=at) if others else {}
    known: dict[str, str | Sentence] = {one: name for one, name in found.items() if name != one}
    for reference, text in reversed(spoken_of.items()):
        known[reference] = named(text, known)
    return [named(one, known) for one in raw]


def _opened(person: str, place: str, box: bytes | memoryview) -> Sentence:
    plain = vault.unlock(person, place, bytes(box)) if box else None
    return ERASED if plain is None else unpacked(plain)


def _tasks(texts: Iterable[Sentence]) -> dict[str, Sentence]:
    """Return what the tasks say of which these speak; a query for each step of depth."""
    found: dict[str, Sentence] = {}
    wanted = _task_references(texts)
    for _ in range(_DEEPEST):
        if not wanted:
            break
        rows = Task.objects.filter(reference__in=wanted).values_list("reference", "person", "box")
        new = {reference: _opened(person, TASK, box) for reference, person, box in rows}
        found |= new
        wanted = _task_references(new.values()) - found.keys()
    return found


def _task_references(texts: Iterable[Sentence]) -> set[str]:
    return {one for text in texts for one in references_in(text) if one.startswith("task:")}
