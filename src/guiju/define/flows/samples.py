"""Flows in force that a new one of the same class of powers begins with (S3-07).

Whatever is in force is frozen, so that a sample stays what it was when others took it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from guiju.core.access import Scope
from guiju.core.lists.flows import PowerFlow, StepNote
from guiju.core.lists.states import IN_USE
from guiju.core.lists.words import ItemKind
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.editions import visible
from guiju.define.lists.rows import item_of

_MOST = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """A flow in force, as a choice shows it; ``number`` names it."""

    number: int
    name: str
    unit: str


def samples(scope: Scope, person: str, edition: Edition, power: str) -> list[Sample]:
    """Return flows in force of powers of the same class, those of the same unit first; one query.

    Args:
        scope: where the reader may look.
        person: the reader.
        edition: in which the new flow is to stand.
        power: the code of its power; without one there is no class and no sample.
    """
    rows = _of_class(scope, person, edition, power) if power else Item.objects.none()
    told = rows.values_list("number", "title", "code", "edition__unit__name", "edition__unit")
    found = sorted(told[:_MOST], key=lambda one: one[4] != edition.unit_id)
    return [Sample(number, title or code, unit) for number, title, code, unit, _ in found]


def _of_class(scope: Scope, person: str, edition: Edition, power: str) -> QuerySet[Item]:
    powers = Item.objects.filter(kind=ItemKind.POWER.value)
    kind = powers.filter(edition=edition, code=power).exclude(group="").values("group")[:1]
    alike = powers.filter(edition=OuterRef("edition"), code=OuterRef("power"), group=kind)
    seen = Edition.objects.filter(visible(scope, person), state__in=[one.value for one in IN_USE])
    return Item.objects.filter(
        Exists(alike), kind=ItemKind.FLOW.value, edition__in=seen.values("number")
    ).order_by("title", "number")


def taken(number: int, offered: Iterable[Sample], bare: PowerFlow) -> PowerFlow:
    """Return a new flow with the steps of a sample, which refines nothing yet.

    Raises:
        KeyError: when it was not offered.
    """
    if number not in {one.number for one in offered}:
        raise KeyError(number)
    held = item_of(Item.objects.get(number=number))
    if not isinstance(held, PowerFlow):
        raise KeyError(number)
    graph = replace(held.graph, name=bare.name) if held.graph else None
    notes = tuple(replace(note, refines="") for note in held.notes)
    said = tuple(note for note in notes if note != StepNote(step=note.step))
    return replace(bare, graph=graph, notes=said)
