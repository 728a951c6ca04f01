"""A flow of an edition with all that it is judged by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiju.base.org.reads.staffing import staffing
from guiju.core.ledger.entry import canonical
from guiju.core.lists.facts import Facts
from guiju.core.lists.flow_judgement import FlowJudgement, judged
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import ItemKind
from guiju.core.plain import plain
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import post_facts
from guiju.define.lists.reads.whole import with_items
from guiju.define.lists.rows import item_of


@dataclass(frozen=True, slots=True)
class Bound:
    """What names a step of a flow: a risk or a duty.

    Attributes:
        kind, code, title: of the item.
        step: the step's key.
        grade: of a risk.
    """

    kind: ItemKind
    code: str
    title: str
    step: str
    grade: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """A flow with what it is looked at with.

    Attributes:
        edition: its row.
        flow: as it is saved.
        power: to which it belongs, where the lists have it.
        parent: which it refines, where the lists have it.
        lists: the edition with these alone.
        profile: by which it is judged.
        bound: what names its steps.
    """

    edition: Edition
    flow: PowerFlow
    power: Power | None
    parent: PowerFlow | None
    lists: Lists
    profile: Profile
    bound: tuple[Bound, ...]

    @property
    def seen(self) -> str:
        """What tells this state of the flow from a later one."""
        return hashlib.sha256(canonical(plain(self.flow))).hexdigest()

    def lost(self, flow: PowerFlow) -> tuple[Bound, ...]:
        """Return what would name a step that ``flow`` no longer has."""
        keys = {step_key(node) for node in flow.steps}
        had = {step_key(node) for node in self.flow.steps}
        return tuple(one for one in self.bound if one.step in had and one.step not in keys)


def around(edition: Edition, code: str) -> Around | None:
    """Return a flow and what it is looked at with; two queries, and one more for its profile."""
    row = Item.objects.filter(edition=edition, kind=ItemKind.FLOW.value, code=code).first()
    found = item_of(row) if row else None
    return around_of(edition, found) if isinstance(found, PowerFlow) else None


def around_of(edition: Edition, flow: PowerFlow) -> Around:
    """Return a flow, which need not be saved, and what it is looked at with; one query."""
    of_steps = Q(kind__in=[ItemKind.RISK.value, ItemKind.DUTY.value], power=flow.power)
    rows = Item.objects.filter(
        Q(kind=ItemKind.POWER.value, code=flow.power)
        | Q(kind=ItemKind.FLOW.value, code=flow.parent)
        | of_steps & ~Q(step=""),
        edition=edition,
    ).order_by("kind", "place")
    items = {row.number: (row, item_of(row)) for row in rows}
    power = next((one for _, one in items.values() if isinstance(one, Power)), None)
    parent = next((one for _, one in items.values() if isinstance(one, PowerFlow)), None)
    bound = tuple(
        Bound(one.item_kind, row.code, row.title, row.step, row.grade)
        for row, one in items.values()
        if row.step and getattr(one, "flow", "") in ("", flow.code)
    )
    lists = with_items(edition, [one for one in (power, parent) if one is not None])
    return Around(edition, flow, power, parent, lists, profile_of(edition), bound)


def facts_on(edition: Edition, on: date) -> Facts:
    """Return who holds the unit's posts on a day; two queries."""
    return post_facts(staffing(edition.unit.path, on))


def judgement(found: Around, flow: PowerFlow, facts: Facts, on: date) -> FlowJudgement:
    """Return what is known of a flow, as it is saved or as it would be."""
    return judged(flow, found.lists, facts, found.profile, on)
