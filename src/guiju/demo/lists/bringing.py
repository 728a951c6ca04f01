"""Putting the example's lists on record: an edition for each unit, each begun by its own people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from guiju.core.lists.canonical import encoded
from guiju.core.lists.model import Edition
from guiju.define.lists.actions.drafting import begin_edition
from guiju.define.lists.actions.importing import import_lists
from guiju.demo.county.daily import actor
from guiju.demo.county.roster import Roster
from guiju.demo.lists.editions import editions
from guiju.demo.lists.units import bodies


def bring_lists(roster: Roster, *, at: datetime) -> Mapping[str, str]:
    """Begin an edition for each unit and import its lists.

    Args:
        roster: the example's units and posts.
        at: when.

    Returns:
        The reference of each unit's edition, by the unit's number. All are drafts: whoever
        takes editions through their approval takes these references.

    Raises:
        Invalid, Denied, Conflict: what ``begin_edition`` and ``import_lists`` raise.
    """
    return {told.unit_code: _bring(told, roster, at) for told in editions()}


def _bring(told: Edition, roster: Roster, at: datetime) -> str:
    by = actor(roster, bodies()[told.unit_code].keeper)
    edition = begin_edition(
        unit=roster.unit(told.unit_code).reference,
        title=told.title,
        profile=told.profile,
        based_on="",
        by=by,
        at=at,
    )
    file = hashlib.sha256(encoded(told)).hexdigest()
    import_lists(edition=edition.reference, told=told, file=file, revision=0, by=by, at=at)
    return edition.reference
