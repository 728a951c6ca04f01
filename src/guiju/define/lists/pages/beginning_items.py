"""With what a new item begins: a copy of another one, what the address says, the next code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from guiju.core.lists.model import Item
from guiju.core.lists.numbering import next_code
from guiju.core.lists.schemes import CodeContext
from guiju.core.lists.words import ItemKind, PowerKind
from guiju.define.lists.entering import Desk
from guiju.define.lists.models import Edition
from guiju.define.lists.models import Item as Row
from guiju.define.lists.reads.items import item_with
from guiju.exchange.lists.fields import FIELDS
from guiju.exchange.lists.typed import blank

_MOST_GIVEN = 200
_USUAL = PowerKind.LICENCE.value
"""Whose neighbour a new power is numbered as while nobody has said its kind."""


def beginning(
    edition: Edition, kind: ItemKind, desk: Desk, query: QueryDict
) -> tuple[Item, Mapping[str, str]]:
    """Return a new item and the texts that its form begins with.

    Args:
        edition: the draft.
        kind: the table.
        desk: what is known while items are typed.
        query: ``copy`` names the item of which it is a copy; a path of a field what stands there.
    """
    model = item_with(edition, kind, query.get("copy", "")) if query.get("copy") else None
    paths = {one.path for one in FIELDS[kind]}
    given = {path: query.get(path, "")[:_MOST_GIVEN] for path in query if path in paths}
    code = free_code(kind, desk, codes_of(edition, kind), given, model)
    base = replace(model, code="") if model else blank(kind)
    return base, given | {"code": given.get("code") or code}


def codes_of(edition: Edition, kind: ItemKind) -> list[tuple[str, str]]:
    """Return the codes of a table in its order, each with its item's group; one query."""
    rows = Row.objects.filter(edition=edition, kind=kind.value).order_by("place")
    return list(rows.values_list("code", "group"))


def free_code(
    kind: ItemKind,
    desk: Desk,
    told: Sequence[tuple[str, str]],
    given: Mapping[str, str],
    model: Item | None = None,
) -> str:
    """Return a code that the table does not have yet.

    Args:
        kind: the table.
        desk: what is known while items are typed.
        told: what ``codes_of`` told, and the codes that were given since.
        given: texts of the new item, of which the main item counts.
        model: the item of which it is a copy.
    """
    unit = desk.edition.unit
    like = model.code if model else ""
    if not like and kind is ItemKind.POWER:
        like = next((code for code, group in reversed(told) if group == _USUAL), "")
    return next_code(
        kind,
        [code for code, _ in told],
        scheme=desk.profile.code_scheme,
        context=CodeContext(
            area_code=unit.area_code, unit_code=unit.code, parent=given.get("parent", "")
        ),
        like=like,
    )
