"""What the checks say of an edition; a page does not judge again what it has judged already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from guiju.core.lists import lint as checks
from guiju.core.lists.facts import Facts
from guiju.core.lists.lint import Report
from guiju.core.lists.profile import Profile
from guiju.core.lists.score import Score, score
from guiju.define.lists.models import Accepted, Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.kept import Kept
from guiju.define.lists.reads.whole import whole

AT_ONCE = 5_000
"""Up to so many items an edition is counted while somebody waits for its page."""

_REPORTS: Kept[Report] = Kept(16)
_SCORES: Kept[Score] = Kept(64)


@dataclass(frozen=True, slots=True)
class Grounds:
    """By what an edition is judged on a day, beside what it says itself."""

    facts: Facts
    profile: Profile
    reasons: tuple[checks.Accepted, ...]

    @property
    def told(self) -> str:
        """What tells these grounds from others."""
        parts = self.facts, self.profile, list(self.reasons)
        return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def grounds_of(edition: Edition, on: date) -> Grounds:
    """Return by what an edition is judged on a day: five queries, and those of areas' facts.

    The unit must have been read with it.
    """
    return Grounds(facts_for(edition, on), profile_of(edition), tuple(accepted_of(edition)))


def judged(edition: Edition, grounds: Grounds, on: date) -> Report:
    """Judge an edition, with the reasons that were given; one query for its items."""
    return checks.lint(whole(edition), grounds.facts, grounds.profile, on, accepted=grounds.reasons)


def report_of(edition: Edition, on: date) -> Report:
    """Judge an edition as things stand on a day, with the reasons that were given.

    The queries of ``grounds_of``, and one more for its items where it, its profile, the posts,
    the reasons or the day changed since it was judged last.
    """
    grounds = grounds_of(edition, on)
    return _REPORTS.of(
        (edition.reference, edition.revision, on, grounds.told),
        lambda: judged(edition, grounds, on),
    )


def score_of(edition: Edition, items: int) -> Score | None:
    """Return how complete an edition is; None for a large one that nobody has counted yet.

    Args:
        edition: with its unit.
        items: how many it has.
    """
    key = (edition.reference, edition.revision)
    if items > AT_ONCE:
        return _SCORES.get(key)
    return _SCORES.of(key, lambda: score(whole(edition)))


def accepted_of(edition: Edition) -> list[checks.Accepted]:
    """Return the findings that may stay, with their reasons; one query."""
    rows = Accepted.objects.filter(edition=edition).order_by("number")
    return [checks.Accepted(mark, reason) for mark, reason in rows.values_list("mark", "reason")]
