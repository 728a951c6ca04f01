"""清理: what was decided of each power of the edition in use, beside what becomes of it (S2-12)."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.lists.cleanup import Decision, Reviewed, review
from guiju.core.lists.words import ReviewVerdict
from guiju.define.approval.models import Verdict
from guiju.define.approval.reads.changes import before
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.whole import whole


def reviewed(edition: Edition) -> tuple[Reviewed, ...]:
    """Return every power of the edition before, by code; none without one. Four queries."""
    old = before(edition)
    if old is None:
        return ()
    return review(whole(old), whole(edition), decisions(edition))


def decisions(edition: Edition) -> dict[str, Decision]:
    """Return what was decided, by the power's code; one query."""
    return given_in([edition.number])


def given_in(editions: Sequence[int]) -> dict[str, Decision]:
    """Return what editions of one unit decided, by the power's code, the newest last; one query."""
    rows = Verdict.objects.filter(edition__in=editions).order_by("edition__ordinal")
    return {one.power: _decision(one) for one in rows}


def _decision(one: Verdict) -> Decision:
    return Decision(ReviewVerdict.of(one.verdict), one.reason, one.into)


def is_open(one: Reviewed) -> bool:
    """Tell whether a power still wants a word: it goes without one, or with one that fits not."""
    if one.decision is None:
        return one.suggested is not ReviewVerdict.KEEP
    return bool(one.doubts)
