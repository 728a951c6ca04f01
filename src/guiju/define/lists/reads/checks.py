"""What the checks say of an edition; a page does not judge again what it has judged already."""

from __future__ import annotations

import hashlib
from datetime import date

from guiju.core.lists import lint as checks
from guiju.core.lists.lint import Report
from guiju.core.lists.score import Score, score
from guiju.core.lists.words import ItemKind
from guiju.define.lists.models import Accepted, Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.kept import Kept
from guiju.define.lists.reads.whole import whole

AT_ONCE = 5_000
"""Up to so many items an edition is counted while somebody waits for its page."""

_REPORTS: Kept[Report] = Kept(16)
_SCORES: Kept[Score] = Kept(64)


def report_of(edition: Edition, on: date) -> Report:
    """Judge an edition as things stand on a day, with the reasons that were given.

    Five queries, those of areas that add facts, and one more for its items where it, its
    profile, the posts, the reasons or the day changed since it was judged last. The unit must
    have been read with it.
    """
    facts, profile = facts_for(edition, on), profile_of(edition, on)
    reasons = accepted_of(edition)
    told = hashlib.sha256(repr((facts, profile, reasons)).encode("utf-8", "replace")).hexdigest()
    return _REPORTS.of(
        (edition.reference, edition.revision, on, told),
        lambda: checks.lint(whole(edition), facts, profile, on, accepted=reasons),
    )


def quick_report(edition: Edition, on: date, items: int) -> Report | None:
    """Judge an edition while somebody waits for a page about a part of it.

    Returns:
        None for one of more than ``AT_ONCE`` items, which the page of the checks takes its
        time for. ``items`` says how many it has.
    """
    return report_of(edition, on) if items <= AT_ONCE else None


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


def findings_of(report: Report, kind: ItemKind, code: str) -> list[checks.Finding]:
    """Return what was found at one item."""
    return [one for one in report.findings if one.kind is kind and one.item == code]
