"""Which fields of an item name another one by its code, and items by other codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind

NAMING: Mapping[str, ItemKind | None] = {
    "power": ItemKind.POWER,
    "parent": None,
    "flow": ItemKind.FLOW,
    "risk": ItemKind.RISK,
}
"""Fields that name another item, and its table; None for the item's own."""

Place: TypeAlias = tuple[ItemKind, str]
"""An item of an edition: its table and its code."""


def named(item: Item) -> Iterator[tuple[str, Place]]:
    """Yield which items an item names, each with the field in which it does."""
    for path, kind in NAMING.items():
        if code := getattr(item, path, ""):
            yield path, (kind or item.item_kind, code)


def recoded(item: Item, codes: Mapping[Place, str]) -> Item:
    """Return an item with other codes: its own, and those by which it names others.

    Args:
        item: the item.
        codes: the new code of each item that gets one.
    """
    own = item.item_kind, item.code
    changed = {path: codes[place] for path, place in named(item) if place in codes}
    if own in codes:
        changed["code"] = codes[own]
    return replace(item, **changed) if changed else item  # type: ignore[arg-type] # codes are texts
