"""What binds posts in the lists by which their units act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from guiju.core.lists.bindings import Binding, bindings
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.rows import item_of

_POSTS = (ItemKind.POWER, ItemKind.RISK, ItemKind.CONTROL, ItemKind.NEGATIVE)


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that binds a post, with the power that it belongs to.

    Attributes:
        power: the power's code; empty for what belongs to none.
        power_name: what people call it.
    """

    edition: Edition
    binding: Binding
    power: str
    power_name: str


def bound(posts: Mapping[Edition, Sequence[str]]) -> list[Bound]:
    """Return what binds posts; two queries.

    Args:
        posts: by the edition that counts for them, the names and codes of the posts.
    """
    condition = Q(pk__in=[])
    for edition, names in posts.items():
        condition |= Q(edition=edition) & _binds(names)
    texts = models.Item.objects.annotate(text=Cast("content", TextField()))
    rows = texts.filter(condition).order_by("kind", "place")
    by_edition: dict[int, list[models.Item]] = {}
    for row in rows.only("edition", "kind", "code", "power", "content"):
        by_edition.setdefault(row.edition_id, []).append(row)
    found: list[tuple[Edition, Binding, str]] = []
    for edition, names in posts.items():
        held = [row for row in by_edition.get(edition.number, ()) if _acts(row, names)]
        items = [item_of(row) for row in held]
        power_of = _powers(items, held)
        found += [
            (edition, one, power_of[one.item.item_kind, one.item.code])
            for one in bindings(items, names)
        ]
    called = _called((edition, power) for edition, _, power in found if power)
    return [
        Bound(edition, one, power, called.get((edition.number, power), ""))
        for edition, one, power in found
    ]


def _binds(names: Sequence[str]) -> Q:
    """Return the condition that an item may bind one of these posts."""
    return (
        Q(kind__in=[one.value for one in _POSTS], post__in=names)
        | Q(kind=ItemKind.DUTY.value, office__in=names)
        | Q(kind=ItemKind.POWER.value, content__leader__in=names)
        | Q(kind=ItemKind.CONTROL.value, content__supervisor__in=names)
        | Q(kind=ItemKind.FLOW.value) & _written(names)
    )


def _written(names: Sequence[str]) -> Q:
    """Return the condition that a name stands somewhere in an item's content.

    SQLite keeps JSON with its Chinese escaped, PostgreSQL as it is read; ``_acts`` looks closer.
    """
    found = Q(pk__in=[])
    for name in names:
        for text in {name, json.dumps(name)[1:-1]}:
            found |= Q(text__contains=text)
    return found


def _acts(row: models.Item, names: Sequence[str]) -> bool:
    """Look through a flow before it is made into one: most are other people's."""
    if row.kind != ItemKind.FLOW.value:
        return True
    nodes = (row.content.get("graph") or {}).get("nodes", ())
    return any(node.get("post") in names for node in nodes)


def _powers(items: Iterable[Item], rows: Iterable[models.Item]) -> dict[tuple[ItemKind, str], str]:
    return {(item.item_kind, item.code): row.power for item, row in zip(items, rows, strict=True)}


def _called(wanted: Iterable[tuple[Edition, str]]) -> dict[tuple[int, str], str]:
    condition = Q(pk__in=[])
    by_edition: dict[int, set[str]] = {}
    for edition, power in wanted:
        by_edition.setdefault(edition.number, set()).add(power)
    for number, codes in by_edition.items():
        condition |= Q(edition=number, code__in=codes)
    rows = models.Item.objects.filter(condition, kind=ItemKind.POWER.value)
    told = rows.values_list("edition_id", "code", "title")
    return {(number, code): title for number, code, title in told}
