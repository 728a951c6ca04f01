"""What an edition is compared with while it is reviewed, and what it puts before those who sign."""

from __future__ import annotations

from datetime import date

from guiju.core.lists.chain_subjects import subject_of
from guiju.core.lists.chains import Subject
from guiju.core.lists.words import EditionState
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.comparing import difference_of
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.whole import whole


def before(edition: Edition) -> Edition | None:
    """Return what an edition is compared with; one query.

    For one that is on its way, the unit's edition in use; for one that is or was in use
    itself, the one that it replaced. What was repealed is compared with nothing.
    """
    rows = Edition.objects.filter(unit=edition.unit_id, ordinal__lt=edition.ordinal)
    rows = rows.exclude(state=EditionState.REPEALED.value)
    was_used = rows.filter(valid_from__isnull=False).select_related("unit")
    return was_used.order_by("-ordinal").first()


def subject_at(edition: Edition, on: date) -> Subject:
    """Return what an edition puts before those who sign, on a day."""
    old = before(edition)
    owner = UnitKind.of(edition.unit.kind)
    if old is None:
        return subject_of(None, owner, {}, {})
    now = whole(edition)
    layers = {one.code: one.layer for one in now.risks if one.layer}
    return subject_of(difference_of(old, edition), owner, layers, _ranks(edition, on))


def _ranks(edition: Edition, on: date) -> dict[str, LeaderLevel]:
    posts = facts_for(edition, on).posts or {}
    return {name: facts.level for name, facts in posts.items() if facts.level}
