"""Two units' lists beside each other: items that are alike bear the same code for the while.

Codes of two units have nothing to do with each other: the same number stands for other
things, the same thing has other numbers. Items are therefore found again by what they are
called; what belongs to a power only among what belongs to the power found again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from guiju.core.lists.diff import paired
from guiju.core.lists.model import TABLES, Control, Edition, Item, Power
from guiju.core.lists.naming import Place, named, recoded
from guiju.core.lists.words import ItemKind

_MARK = "\N{PRIME}"
"""Stands behind a code that the other edition has for something else."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """An edition by the codes of another one.

    Attributes:
        edition: the edition, each item with the code of its like, where there is one.
        codes: the code that each item bears in truth.
    """

    edition: Edition
    codes: Mapping[Place, str]


def aligned(one: Edition, other: Edition) -> Aligned:
    """Return ``other`` by the codes of ``one``; two items are never taken for one by their code."""
    codes: dict[Place, str] = {}
    hanging = {place for item in other.items() for _, place in named(item)}
    for kind in ItemKind:
        mine = _grouped(one.table(kind), {})
        for owner, theirs in _grouped(other.table(kind), codes).items():
            ours = mine.get(owner, [])
            for at, found in paired(ours, theirs).items():
                codes[kind, theirs[found].code] = ours[at].code
        borne = [item.code for item in other.table(kind)]
        borne += sorted({code for of, code in hanging if of is kind} - {*borne})
        _mark(kind, borne, {item.code for item in one.table(kind)}, codes)
    tables = {
        name: tuple(recoded(item, codes) for item in other.table(kind))
        for kind, name in TABLES.items()
    }
    truth = {(kind, code): was for (kind, was), code in codes.items()}
    return Aligned(replace(other, **tables), truth)  # type: ignore[arg-type] # each table its own sort


def _grouped(items: Iterable[Item], codes: Mapping[Place, str]) -> dict[str, list[Item]]:
    """Return items by what they belong to: controls by their risk, others by their power."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        known = recoded(item, codes)
        found[_owner(known)].append(item)
    return found


def _owner(item: Item) -> str:
    if isinstance(item, Power):
        return ""
    return item.risk if isinstance(item, Control) else getattr(item, "power", "")


def _mark(kind: ItemKind, borne: Iterable[str], taken: set[str], codes: dict[Place, str]) -> None:
    """Give those without a like, and what names nothing, a code that nothing else bears."""
    for was in borne:
        if (kind, was) in codes:
            continue
        code = was
        while code in taken:
            code += _MARK
        taken.add(code)
        codes[kind, was] = code
