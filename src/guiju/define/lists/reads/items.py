"""Items of an edition, a table at a time or one, as ``core.lists`` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from guiju.base.ui.sources import Rows
from guiju.core.lists.model import Item
from guiju.core.lists.naming import named
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.rows import item_of

MOST_RELATED = 300
EXACT = ("group", "grade", "state", "power", "risk", "step")
"""Conditions that stand in a column of their own name."""

SAID = {"spot": "content__spot", "matter": "content__matter", "phase": "content__phase"}
"""Conditions on what only the content says."""


def items(edition: Edition, kind: ItemKind, conditions: Mapping[str, str]) -> Rows[Item]:
    """Return the items of one table of an edition; a page costs one query.

    Args:
        edition: of which one.
        kind: which table.
        conditions: ``search`` code or title, ``post`` and ``office`` a part of the name,
            ``means`` one of a control's means, and those of ``EXACT`` and ``SAID``.
    """
    rows = models.Item.objects.filter(edition=edition, kind=kind.value)
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(title__contains=text) | Q(code__begins=text))
    for name in ("post", "office"):
        if text := conditions.get(name, ""):
            rows = rows.filter(**{f"{name}__contains": text})
    if means := conditions.get("means", ""):
        rows = rows.filter(content__means__icontains=f'"{means}"')
    exact = {name: conditions[name] for name in EXACT if conditions.get(name)}
    exact |= {path: conditions[name] for name, path in SAID.items() if conditions.get(name)}

    def make(found: Sequence[models.Item]) -> Sequence[Item]:
        return [item_of(one) for one in found]

    return Rows(rows.filter(**exact).only("number", "kind", "content"), make)


def grouped(edition: Edition, kind: ItemKind) -> dict[str, int]:
    """Return how many items of a table stand in each group, the largest first; one query.

    The group of a power is its kind; ``rows`` says what that of others is.
    """
    rows = models.Item.objects.filter(edition=edition, kind=kind.value).order_by()
    return dict(rows.values_list("group").annotate(n=Count("pk")).order_by("-n", "group"))


def item_with(edition: Edition, kind: ItemKind, code: str) -> Item | None:
    """Return one item; None where there is none of that code."""
    if not code.isprintable():
        return None
    row = models.Item.objects.filter(edition=edition, kind=kind.value, code=code).first()
    return item_of(row) if row else None


def of_power(edition: Edition, power: str) -> list[Item]:
    """Return everything that belongs to a power, itself first; one query."""
    rows = models.Item.objects.filter(edition=edition, power=power).order_by("kind", "place")
    found = [item_of(row) for row in rows.only("kind", "content")]
    return sorted(found, key=lambda one: list(ItemKind).index(one.item_kind))


def flow_powers(edition: Edition) -> dict[str, str]:
    """Return the power of each flow of an edition; one query."""
    rows = models.Item.objects.filter(edition=edition, kind=ItemKind.FLOW.value)
    return dict(rows.values_list("code", "power"))


def titles_of(edition: Edition, kind: ItemKind, codes: Sequence[str]) -> dict[str, str]:
    """Return what items of one table are called, by code; one query."""
    rows = models.Item.objects.filter(edition=edition, kind=kind.value, code__in=codes)
    return dict(rows.values_list("code", "title"))


def items_with(edition: Edition, kind: ItemKind, codes: Sequence[str]) -> dict[str, Item]:
    """Return items of one table by code; one query."""
    known = [one for one in codes if one.isprintable()]
    rows = models.Item.objects.filter(edition=edition, kind=kind.value, code__in=known)
    return {one.code: item_of(one) for one in rows.only("code", "kind", "content")}


@dataclass(frozen=True, slots=True)
class Related:
    """Another item of the same edition, as a link shows it."""

    kind: ItemKind
    code: str
    title: str


def related(edition: Edition, item: Item) -> list[Related]:
    """Return what an item belongs to and what belongs to it, table by table; one query.

    Of a power everything that is its own; of a risk its power, flow and controls; of any other
    the items that it names.
    """
    kind, code = item.item_kind, item.code
    found = Q(pk__in=[])
    for _, (of_kind, named_code) in named(item):
        found |= Q(kind=of_kind.value, code=named_code)
    if kind is ItemKind.POWER:
        found |= Q(power=code) & ~Q(kind=kind.value)
    if kind is ItemKind.RISK:
        found |= Q(kind=ItemKind.CONTROL.value, risk=code)
    rows = models.Item.objects.filter(found, edition=edition).order_by("kind", "place")
    order = list(ItemKind)
    told = [
        Related(ItemKind.of(of), other, title)
        for of, other, title in rows.values_list("kind", "code", "title")[:MOST_RELATED]
    ]
    return sorted(told, key=lambda one: order.index(one.kind))


def naming(edition: Edition, kind: ItemKind, code: str) -> int:
    """Return how many items name a power or a risk by its code; at most one query."""
    column = {ItemKind.POWER: "power", ItemKind.RISK: "risk"}.get(kind)
    if column is None:
        return 0
    rows = models.Item.objects.filter(edition=edition, **{column: code})
    return rows.exclude(kind=kind.value).count()


def namers(edition: Edition, kind: ItemKind, code: str) -> QuerySet[models.Item]:
    """Return the rows of the items that name one by its code."""
    rows = models.Item.objects.filter(edition=edition)
    own = Q(kind=kind.value, content__parent=code)
    if kind is ItemKind.POWER:
        belongs = Q(power=code) & ~Q(kind__in=(kind.value, ItemKind.CONTROL.value))
        return rows.filter(belongs | own)
    if kind is ItemKind.FLOW:
        return rows.filter(own | Q(kind=ItemKind.RISK.value, content__flow=code))
    if kind is ItemKind.RISK:
        return rows.filter(kind=ItemKind.CONTROL.value, risk=code)
    return rows.none()


def named_where(edition: Edition, kind: ItemKind, code: str) -> dict[ItemKind, int]:
    """Return how many items of each table name one by its code; at most one query."""
    rows = namers(edition, kind, code).order_by().values_list("kind").annotate(n=Count("pk"))
    counted = {ItemKind.of(of): count for of, count in rows}
    return {one: counted[one] for one in ItemKind if one in counted}


def accepted_at(edition: Edition, kind: ItemKind, code: str) -> int:
    """Return how many findings at an item may stay for a reason; one query."""
    return models.Accepted.objects.filter(edition=edition, kind=kind.value, item=code).count()
