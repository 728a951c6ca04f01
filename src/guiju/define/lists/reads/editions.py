"""Editions as the pages show them, within what the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from guiju.base.org.reads.standing import Acting, acting
from guiju.base.org.reads.within import within
from guiju.base.ui.sources import Rows
from guiju.core.access import Scope
from guiju.core.lists.states import IN_USE, OPEN
from guiju.core.lists.words import EditionState, ItemKind
from guiju.define.lists.models import Edition, Item

ReadersOf = Callable[[Acting], Q]
_READERS: list[ReadersOf] = []


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list; ``counts`` says how many items each of its tables has."""

    reference: str
    title: str
    ordinal: int
    state: EditionState
    profile: str
    unit: str
    unit_name: str
    changed_at: datetime
    valid_from: date | None
    valid_to: date | None
    counts: Mapping[ItemKind, int]


def add_readers(condition: ReadersOf) -> None:
    """Let an area open editions to people outside their unit, such as those who review them.

    Args:
        condition: returns which editions are somebody's to read, also where they stand in.
    """
    _READERS.append(condition)


def visible(scope: Scope, person: str) -> Q:
    """Return which editions somebody may read: those of their scope, those put before them.

    One query for all areas that put editions before people, unless they may read everywhere.
    """
    found = within(scope, "unit__path")
    if not found or not person or not _READERS:  # everywhere: an empty condition, which | drops
        return found
    who = acting(person, timezone.localdate())
    for condition in _READERS:
        found |= condition(who)
    return found


def edition_for(scope: Scope, person: str, reference: str) -> Edition | None:
    """Return an edition with its unit; None for one that is unknown or not to be seen."""
    rows = Edition.objects.select_related("unit", "based_on")
    return rows.filter(visible(scope, person), reference=reference).first()


def editions(
    scope: Scope, person: str, conditions: Mapping[str, str], among: Q | None = None
) -> Rows[EditionLine]:
    """Return editions; a page costs two queries.

    Args:
        scope: where the reader may look.
        person: the reader, for what is put before them elsewhere.
        conditions: ``search`` title or unit, ``state`` a state, ``open`` or ``in_use``,
            ``unit`` a unit's reference.
        among: of which editions; of all where nothing is said.
    """
    rows = Edition.objects.filter(visible(scope, person), among or Q()).select_related("unit")
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(title__contains=text) | Q(unit__name__contains=text))
    if state := conditions.get("state", ""):
        groups = {"open": OPEN, "in_use": IN_USE}
        rows = rows.filter(state__in=[str(one) for one in groups.get(state, (state,))])
    if unit := conditions.get("unit", ""):
        rows = rows.filter(unit__reference=unit)

    def make(found: Sequence[Edition]) -> Sequence[EditionLine]:
        counts = counts_of([one.number for one in found])
        return [line_of(one, counts.get(one.number, {})) for one in found]

    return Rows(rows, make)


def line_of(one: Edition, counts: Mapping[ItemKind, int]) -> EditionLine:
    """Return an edition as lists show it; its unit must have been read with it."""
    return EditionLine(
        one.reference,
        one.title,
        one.ordinal,
        EditionState.of(one.state),
        one.profile,
        one.unit.reference,
        one.unit.name,
        one.changed_at,
        one.valid_from,
        one.valid_to,
        counts,
    )


def counts_of(editions: Sequence[int]) -> dict[int, Mapping[ItemKind, int]]:
    """Return how many items each table of these editions has; one query."""
    rows = Item.objects.filter(edition__in=editions).order_by()
    told: dict[int, Counter[ItemKind]] = {}
    for edition, kind, count in rows.values_list("edition", "kind").annotate(n=Count("pk")):
        told.setdefault(edition, Counter())[ItemKind.of(kind)] = count
    return dict(told)


def other_editions(scope: Scope, person: str, edition: Edition) -> list[Edition]:
    """Return the unit's other editions that the reader may open, the newest first; one query."""
    rows = Edition.objects.filter(visible(scope, person), unit=edition.unit_id)
    return list(rows.exclude(number=edition.number).order_by("-ordinal"))
