"""An item as a row of the database, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.core.lists.model import ITEMS, Control, Item, Risk
from guiju.core.lists.words import ItemKind
from guiju.core.plain import made, plain
from guiju.core.terms import Term
from guiju.define.lists import models
from guiju.define.lists.models import NAME

_GROUP = {
    ItemKind.POWER: "kind",
    ItemKind.BASIS: "level",
    ItemKind.DUTY: "kind",
    ItemKind.FLOW: "layer",
    ItemKind.RISK: "layer",
    ItemKind.STANDARD: "behaviour",
}
_OFFICE = {ItemKind.POWER: "office", ItemKind.CONTROL: "unit", ItemKind.DUTY: "owner"}


def item_of(row: models.Item) -> Item:
    """Return the item that a row holds."""
    return made(ITEMS[ItemKind.of(row.kind)], row.content)


def columns_of(item: Item, power_of: Mapping[str, str]) -> dict[str, Any]:
    """Return what the row of an item holds, without its edition and place.

    Args:
        item: the item.
        power_of: the power of each risk by the risk's code, for controls.
    """
    kind = item.item_kind
    risk = item.risk if isinstance(item, Control) else ""
    power = item.code if kind is ItemKind.POWER else getattr(item, "power", power_of.get(risk, ""))
    return {
        "kind": kind.value,
        "code": item.code,
        "title": item.title[:NAME],
        "power": power,
        "risk": risk,
        "step": getattr(item, "step", ""),
        "post": getattr(item, "post", "")[:NAME],
        "office": _text(item, _OFFICE.get(kind))[:NAME],
        "group": _text(item, _GROUP.get(kind))[:40],
        "grade": getattr(item, "grade", None),
        "state": _text(item, "state"),
        "content": plain(item),
    }


def powers_of(risks: Iterable[Item]) -> dict[str, str]:
    """Return the power of each risk among these items."""
    return {one.code: one.power for one in risks if isinstance(one, Risk)}


def _text(item: Item, name: str | None) -> str:
    value = getattr(item, name, "") if name else ""
    return value.value if isinstance(value, Term) else value or ""
