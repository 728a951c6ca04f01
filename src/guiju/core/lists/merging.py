"""What becomes of an edition when a file is brought into it.

A file speaks of some tables, and of those completely: what it no longer has is gone. Of the
tables that it does not have it says nothing, so that a list of risks takes no power away.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from guiju.core.lists.model import TABLES, Edition
from guiju.core.lists.recoding import is_made_up, with_codes
from guiju.core.lists.words import ItemKind


def spoken_of(told: Edition) -> frozenset[ItemKind]:
    """Return the tables that a file has."""
    return frozenset(kind for kind in ItemKind if told.table(kind))


def brought_in(old: Edition, told: Edition) -> Edition:
    """Return ``old`` with the tables that ``told`` has, and the totals that it states."""
    told = with_codes(told, _known(old, told))
    tables = {TABLES[kind]: told.table(kind) for kind in spoken_of(told)}
    kept = tuple(one for one in old.stated if one.kind not in spoken_of(told))
    return replace(old, **tables, stated=(*kept, *told.stated))  # type: ignore[arg-type] # each table its own sort


def _known(old: Edition, told: Edition) -> dict[str, str]:
    """Return the codes that powers bear by now which a file names without a code.

    So a file can be brought in again after its powers were numbered, and changes nothing.
    """
    codes = {power.code for power in old.powers}
    bare = [one for one in told.powers if is_made_up(one.code) and one.code not in codes]
    free = codes - {power.code for power in told.powers}
    named = {power.name: power.code for power in old.powers if power.code in free}
    often = Counter(one.name for powers in (old.powers, told.powers) for one in powers)
    return {one.code: named[one.name] for one in bare if one.name in named and often[one.name] == 2}
