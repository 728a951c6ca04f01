"""Items of an edition, a table at a time or one, as ``core.lists`` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from guiju.base.ui.sources import Rows
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.rows import item_of

EXACT = ("group", "grade", "state", "power", "risk", "step")
"""Conditions that stand in a column of their own name."""


def items(edition: Edition, kind: ItemKind, conditions: Mapping[str, str]) -> Rows[Item]:
    """Return the items of one table of an edition; a page costs one query.

    Args:
        edition: of which one.
        kind: which table.
        conditions: ``search`` code or title, ``post`` and ``office`` a part of the name, and
            those of ``EXACT``.
    """
    rows = models.Item.objects.filter(edition=edition, kind=kind.value)
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(title__contains=text) | Q(code__begins=text))
    for name in ("post", "office"):
        if text := conditions.get(name, ""):
            rows = rows.filter(**{f"{name}__contains": text})
    exact = {name: conditions[name] for name in EXACT if conditions.get(name)}

    def make(found: Sequence[models.Item]) -> Sequence[Item]:
        return [item_of(one) for one in found]

    return Rows(rows.filter(**exact).only("number", "kind", "content"), make)


def item_with(edition: Edition, kind: ItemKind, code: str) -> Item | None:
    """Return one item; None where there is none of that code."""
    row = models.Item.objects.filter(edition=edition, kind=kind.value, code=code).first()
    return item_of(row) if row else None


def of_power(edition: Edition, power: str) -> list[Item]:
    """Return everything that belongs to a power, itself first; one query."""
    rows = models.Item.objects.filter(edition=edition, power=power).order_by("kind", "place")
    found = [item_of(row) for row in rows.only("kind", "content")]
    return sorted(found, key=lambda one: list(ItemKind).index(one.item_kind))


def titles_of(edition: Edition, kind: ItemKind, codes: Sequence[str]) -> dict[str, str]:
    """Return what items of one table are called, by code; one query."""
    rows = models.Item.objects.filter(edition=edition, kind=kind.value, code__in=codes)
    return dict(rows.values_list("code", "title"))
