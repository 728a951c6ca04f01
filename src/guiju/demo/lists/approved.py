"""How far the example's editions have come: two in force, one on notice, one being reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.core.lists.lint import Finding
from guiju.core.lists.words import Severity
from guiju.define.lists.actions.accepting import accept_findings
from guiju.define.lists.find import edition_at
from guiju.define.lists.reads.checks import report_of
from guiju.demo.county.daily import actor
from guiju.demo.county.roster import Roster
from guiju.demo.lists.approving import Stage, take_through
from guiju.demo.lists.units import bodies

STAGES = {
    "FGJ": (Stage.EFFECTIVE, timedelta(days=45)),
    "ZRJ": (Stage.EFFECTIVE, timedelta(days=45)),
    "CZJ": (Stage.NOTICED, timedelta(days=9)),
    "JYJ-JC": (Stage.HALF_SIGNED, timedelta(days=4)),
}
"""How far the editions have come in which the checks find no error, and how long ago they were
sent for review."""

SENDERS = {"JYJ-JC": "JYJ-JC-02"}
"""Who sends an edition for review where its keeper, as head of the office, has to sign it."""

_REASON = "已与监督人员核对，情况属实，列入今年的调整计划，年底前办结"


def approve_lists(editions: Mapping[str, str], roster: Roster, *, at: datetime) -> None:
    """Take some of the example's editions as far as ``STAGES`` says.

    Args:
        editions: the reference of each unit's draft, by the unit's number.
        roster: the example's units and posts.
        at: today.

    Raises:
        Invalid, Denied, Conflict: what ``accept_findings`` and ``take_through`` raise.
    """
    for unit, (until, ago) in STAGES.items():
        by = actor(roster, SENDERS.get(unit, bodies()[unit].keeper))
        _explain(editions[unit], by, at - ago)
        take_through(editions[unit], by=by, at=at - ago, until=until)


def _explain(edition: str, by: Actor, at: datetime) -> None:
    found = report_of(edition_at(edition), timezone.localdate(at)).blocking
    for _, some in groupby(_warnings(found), key=lambda one: one.code):
        accept_findings(edition=edition, findings=list(some), reason=_REASON, by=by, at=at)


def _warnings(found: Iterable[Finding]) -> list[Finding]:
    kept = [one for one in found if one.severity is Severity.WARNING]
    return sorted(kept, key=lambda one: one.code)
