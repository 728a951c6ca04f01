"""How many items of each table are new, changed, renumbered, gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class TableCount:
    """What happens to one table; ``counts`` in the order of ``Alteration``."""

    kind: ItemKind
    counts: tuple[int, ...]


def counted(told: Iterable[Sequence[Any]]) -> list[TableCount]:
    """Return for each table that changes how much; from table, alteration and number."""
    found: Mapping[tuple[str, str], int] = {(kind, what): count for kind, what, count in told}
    made = (
        TableCount(kind, tuple(found.get((kind.value, one.value), 0) for one in Alteration))
        for kind in ItemKind
    )
    return [one for one in made if any(one.counts)]


def alterations() -> list[Sentence]:
    """Return what may happen to an item, in the order of ``TableCount.counts``."""
    return [one.label for one in Alteration]
