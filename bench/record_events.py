"""A large record of the shape of an office's: many people, units, matters; a few hits of rules.

Events get times and actors of their own, so they are made by the door's own functions in
large transactions and not one act at a time. The same count gives the same record, keys apart.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from writers import ACT

from guiju.base.evidence.events import RECEIVED
from guiju.base.record import door, sequencer, wall
from guiju.base.record.actor import Actor
from guiju.base.record.event_types import Draft, Personal
from guiju.base.record.events import DENIED, RAISED
from guiju.base.record.guards import Seen
from guiju.base.record.models import Event, Outbox, Sealed

PEOPLE, UNITS, MATTERS, OBJECTS = 500, 40, 60_000, 200_000
_CHUNK = 5_000
_FIRST = datetime(2024, 1, 2, tzinfo=UTC)
_SPAN = timedelta(days=1000)
_RULE = "CHECK-07"


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts, and what about.

    Attributes:
        actors: as which each of the people acts.
        objects: references of what it is about.
    """

    actors: Sequence[Actor]
    objects: Sequence[str]


NUMBERED = Office(
    tuple(Actor(f"person:{n}", f"post:{n % 90}", f"unit:{n % UNITS}") for n in range(PEOPLE)),
    tuple(f"file:{number}" for number in range(OBJECTS)),
)
"""An office of which nobody knows more than numbers."""


def build(count: int, office: Office = NUMBERED) -> None:
    """Record so many events; they wait to be sealed."""
    chosen = random.Random(7)
    rows: list[tuple[Event, list[Sealed]]] = []
    for number in range(count):
        rows += _act(chosen, office, number, count)
        if len(rows) >= _CHUNK or number == count - 1:
            _store(rows)
            rows = []


def _act(
    chosen: random.Random, office: Office, number: int, count: int
) -> Iterator[tuple[Event, list[Sealed]]]:
    at = _FIRST + _SPAN * number / count
    by = chosen.choice(office.actors)
    request = uuid.UUID(int=chosen.getrandbits(128), version=4)
    key = uuid.UUID(int=chosen.getrandbits(128), version=4)
    yield door._row(Seen(key, _draft(chosen, office, key), by, at), request)  # noqa: SLF001 - see above


def _draft(chosen: random.Random, office: Office, key: uuid.UUID) -> Draft:
    about = chosen.choice(office.objects)
    matter = f"matter:{chosen.randrange(MATTERS)}"
    kind = chosen.random()
    if kind < 0.05:
        note = Personal(chosen.choice(office.actors).person, "来电询问办理进度")
        return ACT(object=about, matter=matter, number=1, note=note)
    if kind < 0.07:
        return RAISED(object=about, matter=matter, cause=str(key), code=_RULE, says="超过期限")
    if kind < 0.1:
        return DENIED(
            object=about, matter=matter, kind="evidence.file.received", code=_RULE, says="不得收存"
        )
    return RECEIVED(
        object=about,
        matter=matter,
        sha256=f"{chosen.getrandbits(256):064x}",
        clean_sha256="",
        size=chosen.randrange(10_000_000),
        kind="pdf",
        about=matter,
        scan="clean",
    )


def _store(rows: list[tuple[Event, list[Sealed]]]) -> None:
    with wall.opened(), transaction.atomic():
        events = Event.objects.bulk_create([event for event, _ in rows])
        Sealed.objects.bulk_create([one for _, kept in rows for one in kept])
        Outbox.objects.bulk_create([sequencer.waiting(event) for event in events])
