"""What clean-ups cancelled, for the checks: it may not come back under another name (S1-37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Q

from guiju.core.lists.facts import CancelledPower, Facts
from guiju.core.lists.words import EditionState, ItemKind, ReviewVerdict
from guiju.define.approval.models import Verdict
from guiju.define.lists.models import Edition, Item

_HELD = [
    EditionState.EFFECTIVE.value,
    EditionState.SUSPENDED.value,
    EditionState.SUPERSEDED.value,
    EditionState.REPEALED.value,
]
"""The states of editions that took effect: what they cancelled is cancelled."""


def add(edition: Edition, facts: Facts, on: date) -> Facts:  # noqa: ARG001 - what ``More`` gives
    """Return the facts with what was cancelled in the unit before, and with this edition itself.

    One query, and one more where anything was cancelled.
    """
    mine = Q(edition=edition.number)
    before = Q(edition__ordinal__lt=edition.ordinal, edition__state__in=_HELD)
    rows = Verdict.objects.filter(
        mine | before, edition__unit=edition.unit_id, verdict=ReviewVerdict.CANCEL.value
    )
    said = dict(rows.order_by("edition__ordinal").values_list("power", "reason"))
    if not said:
        return facts
    names = Item.objects.filter(
        edition__unit=edition.unit_id,
        edition__ordinal__lt=edition.ordinal,
        edition__state__in=_HELD,
        kind=ItemKind.POWER.value,
        code__in=list(said),
    )
    called = dict(names.order_by("edition__ordinal").values_list("code", "title"))
    more = tuple(CancelledPower(name, said[code]) for code, name in called.items())
    known = {one.name for one in more}
    kept = tuple(one for one in facts.cancelled if one.name not in known)
    return replace(facts, cancelled=(*more, *kept))
