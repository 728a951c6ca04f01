"""Putting the example's units, posts, people and their ten years on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from guiju.base.org.actions.imports import apply_changes
from guiju.base.org.actions.people import person_left
from guiju.base.org.actions.reforms import merge_units
from guiju.base.org.actions.tree import Reform
from guiju.base.org.reads.people import people
from guiju.base.org.reads.units import tree
from guiju.base.record.actor import Actor
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.changes import changes
from guiju.core.organisation.rows import Organisation
from guiju.demo.county.duties import lay_duties
from guiju.demo.county.seats import FOUND_2018, FOUND_2019

_MERGERS = (
    ("JCJ", "XJW", Reform(FOUND_2018, "示委〔2018〕3号")),
    ("FZB", "SFJ", Reform(FOUND_2019, "示委〔2019〕8号")),
    ("GTJ", "ZRJ", Reform(FOUND_2019, "示委〔2019〕8号")),
    ("WJW", "WJJ", Reform(FOUND_2019, "示委〔2019〕8号")),
)
"""Which unit went into which (K13)."""


def establish(county: Organisation, *, by: Actor, at: datetime) -> None:
    """Import the county, note who has left, lay duties on units, and merge the units that ended.

    Raises:
        Invalid, Denied, Conflict: what these actions raise.
    """
    standing = _before_mergers(county)
    source = f"sha256:{hashlib.sha256(repr(county).encode()).hexdigest()}"
    found = changes(Organisation(), standing)
    apply_changes(changes=found, scope=EVERYWHERE, source=source, by=by, at=at)
    for code, day in departures(county, timezone.localdate(at)):
        (row,) = people(EVERYWHERE, search=code).rows
        person_left(person=row.reference, on=day, by=by, at=at)
    units = {unit.code: unit.reference for unit in tree(EVERYWHERE, on=FOUND_2018)}
    units |= {unit.code: unit.reference for unit in tree(EVERYWHERE, on=FOUND_2019)}
    lay_duties(units, by=by, at=at)
    for old, into, reform in _MERGERS:
        merge_units(units=[units[old]], into=units[into], reform=reform, by=by, at=at)


def departures(county: Organisation, on: date) -> Iterator[tuple[str, date]]:
    """Yield who holds nothing any more on a day, with the first day on which they did not."""
    ends: dict[str, date] = {}
    for row in county.appointments:
        end = row.end or date.max
        ends[row.person] = max(end, ends.get(row.person, end))
    yield from ((code, end) for code, end in ends.items() if end <= on)


def _before_mergers(county: Organisation) -> Organisation:
    """Return the county with the units that were merged still standing, though nobody in them."""
    return replace(
        county,
        units=tuple(replace(unit, abolished=None) for unit in county.units),
        posts=tuple(replace(post, abolished=None) for post in county.posts),
    )
