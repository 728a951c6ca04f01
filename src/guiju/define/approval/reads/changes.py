"""What an edition changes in the one that is in use: compared once, however often it is shown."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from guiju.core.lists.chain_subjects import subject_of
from guiju.core.lists.chains import Subject
from guiju.core.lists.diff import Difference, compare
from guiju.core.lists.words import EditionState
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.whole import whole

_MOST_KEPT = 8
_Key = tuple[str, int, str, int]
_KEPT: OrderedDict[_Key, Difference] = OrderedDict()
_LOCK = Lock()


def before(edition: Edition) -> Edition | None:
    """Return what an edition is compared with; one query.

    For one that is on its way, the unit's edition in use; for one that is or was in use
    itself, the one that it replaced. What was repealed is compared with nothing.
    """
    rows = Edition.objects.filter(unit=edition.unit_id, ordinal__lt=edition.ordinal)
    rows = rows.exclude(state=EditionState.REPEALED.value)
    was_used = rows.filter(valid_from__isnull=False).select_related("unit")
    return was_used.order_by("-ordinal").first()


def difference_of(old: Edition, new: Edition) -> Difference:
    """Return what ``new`` changes in ``old``; two queries unless it was compared already."""
    key = (old.reference, old.revision, new.reference, new.revision)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = compare(whole(old), whole(new))
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


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
