"""The one check that needs what is sealed (GJ304): run by whoever may open it, for a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from guiju.base.org.actions.opening import families_of, open_families
from guiju.base.org.reads.staffing import staffing
from guiju.base.record.actor import Actor
from guiju.base.record.unsealing import Opening
from guiju.core.access import Scope
from guiju.core.lists import lint as checks
from guiju.core.lists.lint import CHECKS, Finding
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import called_in, post_facts
from guiju.define.lists.reads.whole import whole

CODE = "GJ304"


@dataclass(frozen=True, slots=True)
class Declared:
    """Who holds the unit's posts, and how many of them declared relatives that may be opened."""

    people: frozenset[str]
    declarers: tuple[str, ...]


def declared_in(edition: Edition, scope: Scope, at: datetime) -> Declared:
    """Return whose declarations the check would open; three queries, nothing is opened."""
    posts = staffing(edition.unit.path, timezone.localdate(at))
    people = frozenset(held.person for post in posts for held in post.holders)
    return Declared(people, families_of(people, scope))


def look_for_relatives(
    *, edition: Edition, scope: Scope, what: Opening, by: Actor, at: datetime
) -> tuple[Finding, ...]:
    """Find relatives who act in one flow; their declarations are opened, each with an event.

    What was found is kept nowhere: a finding says what was declared in confidence.

    Args:
        edition: with its unit.
        scope: where the reader may open what is sealed.
        what: why, and whether those concerned are to be told.
        by: who reads.
        at: when.

    Raises:
        Invalid, Denied, Conflict: as ``open_families``.
    """
    on = timezone.localdate(at)
    posts = staffing(edition.unit.path, on)
    said = called_in(posts)
    pairs = open_families(people=said.keys(), scope=scope, what=what, by=by, at=at)
    known = frozenset(frozenset(said[one] for one in pair) for pair in pairs if pair <= said.keys())
    facts = replace(post_facts(posts), relatives=known)
    check = [one for one in CHECKS if one.code == CODE]
    return checks.lint(whole(edition), facts, profile_of(edition), on, checks=check).findings
