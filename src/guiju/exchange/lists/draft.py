"""An edition while it is put together from rows: items by keys, powers by their names too."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guiju.core.lists.model import (
    ITEMS,
    TABLES,
    DiscretionStandard,
    Edition,
    Fee,
    Item,
    Publication,
    StatedCount,
    Tier,
)
from guiju.core.lists.numbering import LETTERS
from guiju.core.lists.words import ItemKind
from guiju.exchange.lists.dictionary import bare

_DIGITS = 8
INNER: dict[str, type[Any]] = {"fee": Fee, "publication": Publication}
"""Values that stand in items, of which each column holds a part."""


class Draft:
    """The items so far, in the order in which they were met.

    An item's key is its code, or differs from it where two items came with one code: both
    are kept as they stood. ``kinds`` are the profile's own kinds of power, label to code.
    """

    def __init__(self, kinds: Mapping[str, str] | None = None) -> None:
        self.kinds: Mapping[str, str] = kinds or {}
        self.items: dict[ItemKind, dict[str, Any]] = {kind: {} for kind in ItemKind}
        self.areas: set[str] = set()
        self.stated: list[StatedCount] = []
        self.tiers: dict[str, list[Tier]] = defaultdict(list)
        self._bearers: Counter[tuple[ItemKind, str]] = Counter()
        self._said: Counter[str] = Counter()
        self._named: dict[str, list[str]] = {}
        self._stubs: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._mains: dict[tuple[str, str], str] = {}

    def add(self, item: Item) -> str:
        """Keep an item; return its key."""
        table = self.items[item.item_kind]
        used = self._bearers[item.item_kind, item.code]
        key = f"{item.code}\0{used}" if used else item.code
        self._bearers[item.item_kind, item.code] += 1
        table[key] = item
        return key

    def new(
        self,
        item_kind: ItemKind,
        said: tuple[str, ...],
        code: str = "",
        /,
        **values: Any,  # noqa: ANN401 - fields
    ) -> str:
        """Make an item; without a code of its own it gets one that follows from what is ``said``.

        So importing a file twice gives the same codes.
        """
        return self.add(ITEMS[item_kind](code=code or self._code(item_kind, said), **values))

    def code_of(self, kind: ItemKind, key: str) -> str:
        """Return the code of the item under a key."""
        code: str = self.items[kind][key].code
        return code

    def change(self, kind: ItemKind, key: str, values: dict[str, Any]) -> None:
        """Fill in fields of an item."""
        self.items[kind][key] = replace(self.items[kind][key], **values)

    def power_row(self, name: str, place: tuple[str, ...], code: str) -> str:
        """Return the key of a power that has a row of its own.

        One that so far was only named elsewhere is that power.
        """
        plain = bare(name)
        known = self._stubs.pop(plain, "")
        if known and not code:
            return known
        key = self.new(ItemKind.POWER, (*place, name), code, name=name)
        if known:
            # What hangs on the power known only by its name hangs on this row from now on.
            old = self.items[ItemKind.POWER].pop(known).code
            self._renamed[old] = self.code_of(ItemKind.POWER, key)
            self._named[plain] = []
        self._named.setdefault(plain, []).append(key)
        return key

    def power_named(self, name: str) -> tuple[str, int]:
        """Return the code of the power of this name, and how many bear it; made if none does."""
        plain = bare(name)
        if plain not in self._named:
            key = self.new(ItemKind.POWER, (name,), name=name)
            self._named[plain] = [key]
            self._stubs[plain] = key
        keys = self._named[plain]
        return self.code_of(ItemKind.POWER, keys[-1]), len(keys)

    def main_power(self, name: str, subject: str) -> str:
        """Return the code of the main item that sub-items name, one for each subject."""
        if (subject, name) not in self._mains:
            key = self.new(ItemKind.POWER, (subject, "主项", name), name=name, subject=subject)
            self._mains[subject, name] = self.code_of(ItemKind.POWER, key)
        return self._mains[subject, name]

    def _code(self, kind: ItemKind, said: tuple[str, ...]) -> str:
        content = "\0".join((kind.value, *said))
        while True:
            count = self._said[content]
            self._said[content] += 1
            text = f"{content}\0{count}" if count else content
            made = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
            code = f"{LETTERS[kind]}-{made}"
            if code not in self.items[kind]:
                return code

    def since(self, before: Mapping[ItemKind, frozenset[str]], stated: int) -> Edition:
        """Return what was added after ``keys`` were ``before``: what one file said."""
        tables: dict[str, Any] = {
            TABLES[kind]: tuple(
                item for key, item in items.items() if key not in before.get(kind, ())
            )
            for kind, items in self.items.items()
        }
        return Edition(stated=tuple(self.stated[stated:]), **tables)

    def keys(self) -> Mapping[ItemKind, frozenset[str]]:
        """Return the keys of all items so far."""
        return {kind: frozenset(items) for kind, items in self.items.items()}

    def _settled(self, key: str, item: Any) -> Any:  # noqa: ANN401 - one of the items
        if isinstance(item, DiscretionStandard):
            item = replace(item, tiers=tuple(self.tiers.get(key, ())))
        power = getattr(item, "power", "")
        return replace(item, power=self._renamed[power]) if power in self._renamed else item

    def edition(self, **head: Any) -> Edition:  # noqa: ANN401 - fields
        """Return what was put together."""
        area = next(iter(self.areas)) if len(self.areas) == 1 else ""
        tables: dict[str, Any] = {
            TABLES[kind]: tuple(self._settled(key, item) for key, item in items.items())
            for kind, items in self.items.items()
        }
        return Edition(**{"area_code": area, "stated": tuple(self.stated), **tables, **head})


def fields_of(kind: ItemKind, values: dict[str, Any]) -> dict[str, Any]:
    """Return values by path as the fields of an item: those inside a fee become a fee."""
    if not any("." in path for path in values):
        return values
    plain = {path: value for path, value in values.items() if "." not in path}
    for name, of in INNER.items():
        inner = {
            path.partition(".")[2]: value
            for path, value in values.items()
            if path.startswith(f"{name}.")
        }
        if inner and name in ITEMS[kind].__dataclass_fields__:
            plain[name] = of(**inner)
    return plain
