"""What people have said that columns mean."""

from __future__ import annotations

from guiju.define.lists.models import LearnedColumn
from guiju.exchange.lists.dictionary import Learned, targets
from guiju.exchange.lists.words import TableKind


def learned() -> Learned:
    """Return what was learned on this installation; one query.

    A place that the lists do not have any more is passed over.
    """
    found: dict[TableKind, dict[str, str]] = {}
    rows = LearnedColumn.objects.filter(table__in=[one.value for one in TableKind])
    for table, header, target in rows.values_list("table", "header", "target"):
        kind = TableKind.of(table)
        if target in targets(kind):
            found.setdefault(kind, {})[header] = target
    return found
