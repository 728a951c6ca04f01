"""Published editions as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guiju.base.ui.badges import Badge
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.sentence import Sentence
from guiju.publish.portal.models import Issue
from guiju.publish.portal.reads.issues import days_left, identity_of, power_count
from guiju.publish.portal.reads.powers import withheld_words

_TONES = {
    EditionState.EFFECTIVE: "good",
    EditionState.PUBLIC_NOTICE: "warn",
    EditionState.SUPERSEDED: "wait",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A published edition in a list.

    Attributes:
        identity, unit: what stands in addresses.
        left: days that its public notice still runs; None outside of it.
    """

    issue: Issue
    identity: UUID
    unit: UUID
    unit_name: str
    title: str
    ordinal: int
    state: EditionState
    powers: int
    left: int | None

    @property
    def badge(self) -> Badge:
        """Its state."""
        return Badge(_TONES[self.state], self.state.label)


def listed(issue: Issue, on: date) -> Listed:
    """Return an edition as lists show it on a day."""
    return Listed(
        issue,
        identity_of(issue.edition.reference),
        identity_of(issue.head["unit"]),
        issue.head["unit_name"],
        issue.head["title"],
        issue.head["ordinal"],
        EditionState.of(issue.edition.state),
        power_count(issue),
        days_left(issue, on),
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """Items that are not public, how many, and why."""

    kind: ItemKind
    count: int
    why: Sentence
    review_date: date | None


def missing(issue: Issue) -> list[Missing]:
    """Return what an edition does not show, and why."""
    return [
        Missing(
            ItemKind.of(one["kind"]),
            one.get("count", 1),
            withheld_words(one["audience"], one["reason"]),
            date.fromisoformat(one["review_date"]) if one["review_date"] else None,
        )
        for one in issue.withheld
    ]
