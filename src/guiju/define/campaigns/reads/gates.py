"""How the four gates of a campaign stand: what the checks find, what was confirmed (S3-16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from guiju.core.lists.facts import Facts
from guiju.core.lists.lint.gate import gate as gate_check
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.words import RiskState
from guiju.core.lists.words_campaigns import Gate
from guiju.core.sentence import Sentence
from guiju.define.campaigns.models import Campaign
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.whole import whole


@dataclass(frozen=True, slots=True)
class GateStanding:
    """One of the four.

    Attributes:
        found: what the checks find wanting; None where they are content.
        is_passed: what was confirmed; None while nothing was.
        reason, by, at: why, by whom, and when.
    """

    gate: Gate
    found: Sentence | None
    is_passed: bool | None = None
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether risks may pass it: the checks are content and somebody confirmed it."""
        return self.found is None and self.is_passed is True


def gates_of(campaign: Campaign, on: date) -> dict[Gate, GateStanding]:
    """Return how the four stand; the edition must have been read with its unit."""
    lists, facts = whole(campaign.edition), facts_for(campaign.edition, on)
    view = View(_before_grading(lists), _unjudged(facts), profile_of(campaign.edition), on)
    found = {one.field: one.sentence for one in gate_check(view)}
    return {one: _standing(one, found.get(one.value), campaign.gates) for one in Gate}


def _before_grading(lists: Lists) -> Lists:
    """Return the lists as if the risks that wait for a grade had one: the gate comes first."""
    risks = tuple(
        replace(one, grade=3) if one.state is RiskState.CONSOLIDATED and one.grade is None else one
        for one in lists.risks
    )
    return replace(lists, risks=risks)


def _unjudged(facts: Facts) -> Facts:
    """Return the facts without what was confirmed, so that it is not counted twice."""
    return replace(facts, failed_gates={})


def _standing(gate: Gate, found: Sentence | None, told: Mapping[str, dict]) -> GateStanding:  # type: ignore[type-arg] # as JSON keeps it
    said = told.get(gate.value)
    if said is None:
        return GateStanding(gate, found)
    at = datetime.fromisoformat(said["at"])
    return GateStanding(gate, found, said["is_passed"], said["reason"], said["by"], at)
