"""What becomes of an edition when a file is brought into it.

A file speaks of some tables, and of those completely: what it no longer has is gone. Of the
tables that it does not have it says nothing, so that a list of risks takes no power away.
"""

from __future__ import annotations

from dataclasses import replace

from guiju.core.lists.model import TABLES, Edition
from guiju.core.lists.words import ItemKind


def spoken_of(told: Edition) -> frozenset[ItemKind]:
    """Return the tables that a file has."""
    return frozenset(kind for kind in ItemKind if told.table(kind))


def brought_in(old: Edition, told: Edition) -> Edition:
    """Return ``old`` with the tables that ``told`` has, and the totals that it states."""
    tables = {TABLES[kind]: told.table(kind) for kind in spoken_of(told)}
    kept = tuple(one for one in old.stated if one.kind not in spoken_of(told))
    return replace(old, **tables, stated=(*kept, *told.stated))  # type: ignore[arg-type] # each table its own sort
