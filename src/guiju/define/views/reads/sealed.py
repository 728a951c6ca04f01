"""Under which number the record holds what made an edition what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from guiju.base.record.models import Event, Leaf
from guiju.core.lists.words import EditionState
from guiju.define.lists.events import CONTENT
from guiju.define.lists.models import Edition

_CHANGING = (EditionState.DRAFT.value, EditionState.IN_REVIEW.value)
_SETTLED: set[str] = set()


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event of the record.

    Attributes:
        key: names it in addresses.
        number: its entry's; None while it waits to be sealed.
        is_settled: whether it settled the edition; else it is the last change of its content.
    """

    key: UUID
    number: int | None
    at: datetime
    is_settled: bool


def settle_by(*kinds: str) -> None:
    """Let an area say which events settle an edition: that it was approved, that it holds."""
    _SETTLED.update(kinds)


def sealed_of(edition: Edition) -> Sealed | None:
    """Return the event that settled an edition, of a draft its last change; one query."""
    kinds = CONTENT if edition.state in _CHANGING else CONTENT | _SETTLED
    leaves = Leaf.objects.filter(event_id=OuterRef("id")).values("seq")
    rows = Event.objects.filter(object=edition.reference, kind__in=kinds)
    found = rows.annotate(seq=Subquery(leaves[:1])).order_by("-at", "-id")
    row = found.values_list("key", "seq", "at", "kind").first()
    return Sealed(*row[:3], is_settled=row[3] in _SETTLED) if row else None
