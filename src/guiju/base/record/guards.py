"""Guards: what later packages have to say before an act takes effect.

``run`` never imports ``watch``, yet supervision is inside the same transaction: areas
register guards here when they start, and the door asks them (design.md, sections 2, 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guiju.base.record.actor import Actor
from guiju.base.record.event_types import Draft
from guiju.core.sentence import Sentence
from guiju.core.terms import FindingKind


@dataclass(frozen=True, slots=True)
class Seen:
    """What a guard is shown: the event as recorded, who acts and when."""

    key: UUID
    draft: Draft
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What a guard says: whether to let it pass, under which rule, and why in a sentence.

    The sentence names no natural person, since it enters the open record.
    """

    kind: FindingKind
    code: str
    sentence: Sentence


Guard = Callable[[Seen], Iterable[Finding]]
Listener = Callable[[Seen], None]

_GUARDS: dict[str, tuple[Guard, frozenset[str] | None]] = {}
_LISTENERS: dict[str, tuple[Listener, frozenset[str] | None]] = {}


def add_guard(name: str, guard: Guard, *, kinds: Iterable[str] | None = None) -> None:
    """Ask ``guard`` inside the transaction about every event, or about these kinds."""
    _GUARDS[name] = guard, None if kinds is None else frozenset(kinds)


def add_listener(name: str, listener: Listener, *, kinds: Iterable[str] | None = None) -> None:
    """Tell ``listener`` after the commit; a fault of its own undoes nothing."""
    _LISTENERS[name] = listener, None if kinds is None else frozenset(kinds)


def remove(name: str) -> None:
    """Forget a guard or listener."""
    _GUARDS.pop(name, None)
    _LISTENERS.pop(name, None)


def findings(seen: Seen) -> list[Finding]:
    """Return what all guards say of one event."""
    kind = seen.draft.type.kind
    asked = [guard for guard, kinds in _GUARDS.values() if kinds is None or kind in kinds]
    return [finding for guard in asked for finding in guard(seen)]


def listeners(kind: str) -> list[Listener]:
    """Return who listens to events of a kind."""
    return [tell for tell, kinds in _LISTENERS.values() if kinds is None or kind in kinds]
