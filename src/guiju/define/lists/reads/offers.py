"""What is offered while an item is typed: posts, units and people, codes of the same edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guiju.base.org.reads.people import people
from guiju.base.org.reads.staffing import staffing
from guiju.core.access import Scope
from guiju.core.lists.fields import NAMES_A_PERSON
from guiju.core.lists.flows import step_key
from guiju.core.lists.model import Item, PowerFlow
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.rows import item_of
from guiju.exchange.lists.fields import Holds, field_at

MOST_OFFERED = 300
"""Beyond, a browser's list helps nobody; codes are then typed or pasted."""

Offer = tuple[str, str]
"""What is typed, and what is shown beside it."""

POSTS, UNITS, WHO, STEPS = "posts", "units", "who", "steps"
_OFFERED = {
    **dict.fromkeys(("post", "owner", "supervisor"), POSTS),
    **dict.fromkeys(("office", "unit", "subject"), UNITS),
    "step": STEPS,
    "power": ItemKind.POWER.value,
    "flow": ItemKind.FLOW.value,
    "risk": ItemKind.RISK.value,
}
"""What is offered in which field; tables by their name."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The posts and units of an edition's unit, by the names that lists use."""

    posts: frozenset[str]
    offered: tuple[Offer, ...]
    units: tuple[Offer, ...]


def staff_of(edition: Edition, on: date) -> Staff:
    """Return posts and units; two queries. The edition's unit must have been read with it."""
    posts = staffing(edition.unit.path, on)
    names = {one.name for one in posts} | {f"{one.unit_name}{one.name}" for one in posts}
    units = dict.fromkeys((edition.unit.name, *(one.unit_name for one in posts)))
    offered = {one.name: one.unit_name for one in reversed(posts)}
    return Staff(
        frozenset(names),
        tuple(reversed(offered.items()))[:MOST_OFFERED],
        tuple((one, "") for one in units)[:MOST_OFFERED],
    )


def offer_for(kind: ItemKind, path: str) -> str:
    """Return the name of what is offered in a field; empty for nothing."""
    if path in NAMES_A_PERSON:
        return WHO
    if field_at(kind, path).holds is Holds.WORD:
        return ""
    return kind.value if path == "parent" else _OFFERED.get(path, "")


def offers(
    edition: Edition, names: Iterable[str], staff: Staff, scope: Scope, power: str = ""
) -> dict[str, tuple[Offer, ...]]:
    """Return what is offered under each name; one query each for people, steps and each table.

    Args:
        edition: whose codes are offered.
        names: as ``offer_for`` gives them.
        staff: of its unit.
        scope: whose people may be named.
        power: the power whose flows' steps are offered.
    """
    found: dict[str, tuple[Offer, ...]] = {}
    for name in sorted(set(names) - {""}):
        if name == POSTS:
            found[name] = staff.offered
        elif name == UNITS:
            found[name] = staff.units
        elif name == WHO:
            found[name] = (*staff.offered, *_people(scope))
        elif name == STEPS:
            found[name] = _steps(edition, power)
        else:
            found[name] = _codes(edition, ItemKind.of(name))
    return found


def _people(scope: Scope) -> tuple[Offer, ...]:
    rows = people(scope, size=MOST_OFFERED + 1).rows
    if len(rows) > MOST_OFFERED:
        return ()
    return tuple((f"{one.name} {one.code}".strip(), one.home_name) for one in rows)


def _codes(edition: Edition, kind: ItemKind) -> tuple[Offer, ...]:
    rows = models.Item.objects.filter(edition=edition, kind=kind.value).order_by("place")
    found = tuple(rows.values_list("code", "title")[: MOST_OFFERED + 1])
    return found if len(found) <= MOST_OFFERED else ()


def _steps(edition: Edition, power: str) -> tuple[Offer, ...]:
    if not power:
        return ()
    rows = models.Item.objects.filter(edition=edition, power=power, kind=ItemKind.FLOW.value)
    flows = (item_of(one) for one in rows.only("kind", "content")[:20])
    return tuple(_each_step(flows).items())


def _each_step(flows: Iterable[Item]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for flow in flows:
        for node in flow.steps if isinstance(flow, PowerFlow) else ():
            found.setdefault(step_key(node), node.name)
    return found
