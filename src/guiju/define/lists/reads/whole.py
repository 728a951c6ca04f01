"""A whole edition as ``core.lists`` has it: for checks, comparison, export and its digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from guiju.core.lists.model import TABLES, Item, StatedCount
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.plain import made
from guiju.define.lists.models import Edition
from guiju.define.lists.models import Item as Row
from guiju.define.lists.rows import item_of
from guiju.exchange.memory import uncollected


@uncollected()
def whole(edition: Edition) -> Lists:
    """Return all that an edition says, its rows in their order; one query.

    The unit must have been read with it.
    """
    rows = Row.objects.filter(edition=edition).order_by("kind", "place")
    return with_items(edition, map(item_of, rows.only("kind", "content").iterator(5000)))


def with_items(edition: Edition, items: Iterable[Item]) -> Lists:
    """Return an edition with these items, which need not be all of them."""
    tables: dict[ItemKind, list[Item]] = defaultdict(list)
    for item in items:
        tables[item.item_kind].append(item)
    unit = edition.unit
    return Lists(
        unit=unit.reference,
        unit_name=unit.name,
        unit_code=unit.code,
        area_code=unit.area_code,
        profile=edition.profile,
        title=edition.title,
        number=edition.ordinal,
        state=EditionState.of(edition.state),
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        stated=tuple(made(StatedCount, one) for one in edition.stated),
        **{TABLES[kind]: tuple(found) for kind, found in tables.items()},  # type: ignore[arg-type] # each table its own sort
    )
