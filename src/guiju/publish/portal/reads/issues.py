"""What is published today, and one published edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from guiju.core.lists.words import EditionState, PowerKind
from guiju.core.sentence import Sentence
from guiju.publish.portal.models import Issue

READABLE = (EditionState.PUBLIC_NOTICE, EditionState.EFFECTIVE, EditionState.SUPERSEDED)
"""In which states an edition that was published can still be read."""

MOST_SHOWN = 2000
"""How many editions the first page and the catalogue look at."""

_HEAVY = ("content", "changes")


class NotThere(Exception):  # noqa: N818 - says what is so
    """There is nothing published at an address.

    Attributes:
        state: in which state the edition is that was published there; None where none was.
        why: why an item is not public any more that was; None where it never was.
    """

    def __init__(self, state: EditionState | None = None, why: Sentence | None = None) -> None:
        super().__init__(state)
        self.state, self.why = state, why


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of power with how many powers of it there are."""

    kind: str
    label: Sentence | str
    count: int


def published(*states: EditionState) -> QuerySet[Issue]:
    """Return what is published of editions in these states, as they are now."""
    found = Issue.objects.filter(
        source=F("edition__digest"), edition__state__in=[one.value for one in states or READABLE]
    )
    return found.select_related("edition__unit").defer(*_HEAVY)


def today() -> list[Issue]:
    """Return what is in effect and what is in public notice, unit by unit; one query."""
    found = published(EditionState.EFFECTIVE, EditionState.PUBLIC_NOTICE)
    return list(found.order_by("edition__unit__path", "number")[:MOST_SHOWN])


def newest(most: int) -> list[Issue]:
    """Return what was published last; one query."""
    return list(published().order_by("-published_at", "-number")[:most])


def issue_at(identity: UUID, *, whole: bool = False) -> Issue:
    """Return a published edition; one query.

    Args:
        identity: of the edition.
        whole: with its content and changes.

    Raises:
        NotThere: when it was never published, or is no longer.
    """
    rows = Issue.objects.select_related("edition__unit").defer(*(() if whole else _HEAVY))
    found = rows.filter(edition__reference=f"edition:{identity}").first()
    if found is None:
        raise NotThere
    state = EditionState.of(found.edition.state)
    if state not in READABLE or found.source != found.edition.digest:
        raise NotThere(state)
    return found


def of_unit(issue: Issue) -> list[Issue]:
    """Return all readable editions of the same unit, the newest first; one query."""
    rows = published().filter(edition__unit=issue.edition.unit_id)
    return list(rows.order_by("-edition__ordinal"))


def current_of(unit: UUID) -> Issue | None:
    """Return the edition of a unit that is in effect, or else its newest readable; one query."""
    rows = list(
        published().filter(edition__unit__reference=f"unit:{unit}").order_by("-edition__ordinal")
    )
    in_use = (one for one in rows if one.edition.state == EditionState.EFFECTIVE.value)
    return next(in_use, next(iter(rows), None))


def identity_of(reference: str) -> UUID:
    """Return what stands in addresses for a reference."""
    return UUID(reference.partition(":")[2])


def groups_of(issue: Issue) -> list[Group]:
    """Return the kinds of power of an edition in their order."""
    official: dict[str, Sentence] = {one.value: one.label for one in PowerKind}
    return [Group(kind, official.get(kind) or name, count) for kind, name, count in issue.groups]


def power_count(issue: Issue) -> int:
    """Return how many powers an edition shows."""
    return sum(group[2] for group in issue.groups)


def days_left(issue: Issue, on: date) -> int | None:
    """Return how many days a public notice still runs, today among them; None outside of it."""
    first, last = issue.notice_from, issue.notice_to
    return (last - on).days + 1 if first and last and first <= on <= last else None
