"""Opening what is sealed about a person: one value at a time, for a reason, with an event.

The event says who opened what of whom, and why; never the value. The person concerned sees
it on a page of their own (个人信息保护法第44条、第45条), unless a law has them not be told
for a time (第18条, 第35条): then with its basis and the day on which it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import Passage, recording
from guiju.base.record.event_types import Personal
from guiju.base.record.events import UNSEALED
from guiju.base.record.models import Event
from guiju.base.record.naming import named_text, names
from guiju.base.record.telling import ERASED, Shown, Told, called, said, show
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import SealedItem

LEAST_REASON = 5
"""Letters, digits and Chinese characters that a reason has at least, three of them different."""

MOST_REASON = 200
LONGEST_BAR = timedelta(days=180)
MOST_SHOWN = 200
"""How many readings a person is shown, the newest ones."""

_KINDS = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """That the person concerned is not told for now: on what basis, and the last such day."""

    basis: str
    until: date


@dataclass(frozen=True, slots=True)
class Unsealing:
    """What is to be opened.

    Attributes:
        person: about whom it is, a reference.
        item: of what kind.
        place: which one: a declaration's reference, an event and its field; empty for others.
        reason: why.
        bar: unless the person is to be told.
    """

    person: str
    item: SealedItem
    reason: str
    place: str = ""
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a form says: why, whether the person is to be told, and the form's key."""

    reason: str
    bar: Bar | None = None
    form: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody opened something about the person who sees this."""

    at: datetime
    who: Sentence | str
    post: Sentence | str
    item: SealedItem
    reason: Shown


def unsealing(
    what: Unsealing, *, by: Actor, at: datetime, key: UUID | None = None
) -> AbstractContextManager[Passage]:
    """Open the door for a reading; whoever opens the value does so inside.

    Args:
        what: what is opened, and why.
        by: who reads.
        at: when.
        key: of the form; the same form opens nothing a second time.

    Raises:
        Invalid: SEALED-01 without a reason, SEALED-02 for one too long, SEALED-03 for a bar
            without a basis or an end.
        Denied: RECORD-20 when the person's data was erased; what ``recording`` raises.
        Conflict: RECORD-05 for a form that was sent before.
    """
    reason = checked_reason(what.reason)
    bar = _checked_bar(what.bar, timezone.localdate(at))
    draft = UNSEALED(
        object=what.person,
        item=what.item.value,
        place=what.place,
        basis=bar.basis if bar else "",
        until=str(bar.until) if bar else "",
        reason=Personal(what.person, reason),
    )
    return recording(draft, by=by, at=at, key=key)


def checked_reason(text: str) -> str:
    """Return a reason that says something.

    Raises:
        Invalid: SEALED-01 for one that says nothing, SEALED-02 for one too long.
    """
    reason = " ".join(text.split())
    meaningful = [character for character in reason if character.isalnum()]
    if len(meaningful) < LEAST_REASON or len(set(meaningful)) < _KINDS:
        raise Invalid(
            "SEALED-01",
            zh(
                "查阅原因至少写 {least} 个有意义的字，说明为什么事、看来做什么。请补写后再查阅。",
                least=LEAST_REASON,
            ),
        )
    if len(reason) > MOST_REASON:
        raise Invalid("SEALED-02", zh("查阅原因超过 {most} 字。请写短一些。", most=MOST_REASON))
    return reason


def _checked_bar(bar: Bar | None, today: date) -> Bar | None:
    if bar is None:
        return None
    basis = " ".join(bar.basis.split())
    if not basis or len(basis) > MOST_REASON or not today <= bar.until <= today + LONGEST_BAR:
        raise Invalid(
            "SEALED-03",
            zh(
                "暂不告知本人，须写明依据（不超过 {most} 字）和截止日期，最长 {days} 天。"
                "请补写，或改为告知。",
                most=MOST_REASON,
                days=LONGEST_BAR.days,
            ),
        )
    return Bar(basis, bar.until)


def open_field(
    key: UUID, name: str, *, what: Opening, by: Actor, at: datetime
) -> tuple[str, Shown] | None:
    """Return whose the personal value in a field of an event is, and the value; None without one.

    Raises:
        Invalid: RECORD-21 for a box that was tampered with; as ``unsealing``.
        Denied, Conflict: as ``unsealing``.
    """
    person = vault.person_of(key, name)
    if person is None:
        return None
    asked = Unsealing(person, SealedItem.EVENT, what.reason, f"{key}/{name}", what.bar)
    with unsealing(asked, by=by, at=at, key=what.form):
        value = vault.open_values([key]).get(key, {}).get(name)
    return person, show(named_text(value) if isinstance(value, str) else value)


def is_kept_from(told: Told, person: str, on: date) -> bool:
    """Tell whether an event is a reading of which this person is not told on this day."""
    if told.kind != UNSEALED.kind or told.object != person:
        return False
    return _is_barred({one.name: str(one.value) for one in told.fields}.get("until", ""), on)


@dataclass(frozen=True, slots=True)
class Readings:
    """The newest readings about a person; ``is_cut`` tells that there are older ones to tell."""

    rows: tuple[Reading, ...]
    is_cut: bool


def readings_of(person: str, *, on: date) -> Readings:
    """Return who opened what about a person, the newest first; three queries and one for names.

    What is barred on this day is left out, as if there were none: it takes no place among the
    ``MOST_SHOWN``, and that the list was cut says nothing of it.
    """
    rows = Event.objects.filter(object=person, kind=UNSEALED.kind).order_by("-at", "-id")
    entries = ((row, said(bytes(row.entry))) for row in rows.iterator(chunk_size=MOST_SHOWN))
    found = list(islice((one for one in entries if _is_told(one[1], on)), MOST_SHOWN + 1))
    told = found[:MOST_SHOWN]
    opened = vault.open_values([row.key for row, _ in told]) if told else {}
    known = names([one for row, _ in told for one in (row.actor, row.post)])
    shown = tuple(_reading(row, says, opened.get(row.key, {}), known) for row, says in told)
    return Readings(shown, is_cut=len(found) > MOST_SHOWN)


def _is_told(says: Mapping[str, object] | None, on: date) -> bool:
    return says is not None and not _is_barred(str(says.get("until", "")), on)


def _is_barred(until: str, on: date) -> bool:
    """Tell whether a bar with this last day, empty for none, holds on a day."""
    return until[:1].isdigit() and until >= on.isoformat()


def _reading(
    row: Event,
    says: Mapping[str, object] | None,
    opened: Mapping[str, object],
    known: Mapping[str, str],
) -> Reading:
    return Reading(
        row.at,
        called(row.actor, known),
        called(row.post, known),
        SealedItem.of(str((says or {})["item"])),
        show(opened["reason"]) if "reason" in opened else ERASED,
    )
