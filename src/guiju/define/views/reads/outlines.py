"""The outline of an edition, worked out once, and the items of a page of it."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Collection, Mapping
from threading import Lock
from typing import TypeAlias

from django.db.models import Q

from guiju.core.lists.model import Item
from guiju.core.lists.outline import Outline, outline, outline_told, told
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.whole import whole
from guiju.define.lists.rows import item_of
from guiju.define.views.models import KeptOutline

MOST_ROWS = 600_000
"""So many rows of outlines a process keeps: about a hundred megabytes."""

_KEPT: OrderedDict[tuple[str, int], Outline] = OrderedDict()
_LOCK = Lock()

Found: TypeAlias = Mapping[tuple[ItemKind, str], Item]
"""Items by table and code."""


def outline_of(edition: Edition) -> Outline:
    """Return the outline of an edition; it changes only with its revision.

    At most two queries where this process does not know it. The unit must have been read with it.
    """
    key = (edition.reference, edition.revision)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = _kept(edition) or outline(whole(edition))
    with _LOCK:
        _KEPT[key] = found
        held = sum(one.size for one in _KEPT.values())
        while held > MOST_ROWS and len(_KEPT) > 1:
            held -= _KEPT.popitem(last=False)[1].size
    return found


def _kept(edition: Edition) -> Outline | None:
    """Return what a worker worked out of this revision."""
    rows = KeptOutline.objects.filter(edition=edition, revision=edition.revision)
    content = rows.values_list("content", flat=True).first()
    return outline_told(json.loads(zlib.decompress(content))) if content is not None else None


def packed(known: Outline) -> bytes:
    """Return an outline as it is kept."""
    return zlib.compress(json.dumps(told(known)).encode(), 1)


def rows_at(wanted: Mapping[Edition, Mapping[ItemKind, Collection[str]]]) -> list[models.Item]:
    """Return the rows of items by edition, table and code, in their order; one query."""
    condition = Q(pk__in=[])
    for edition, tables in wanted.items():
        for kind, codes in tables.items():
            if asked := sorted({code for code in codes if code}):
                condition |= Q(edition=edition, kind=kind.value, code__in=asked)
    rows = models.Item.objects.filter(condition).only("edition", "kind", "code", "power", "content")
    return list(rows.order_by("kind", "place"))


def items_at(edition: Edition, wanted: Mapping[ItemKind, Collection[str]]) -> Found:
    """Return items of an edition by table and code; one query."""
    rows = rows_at({edition: wanted})
    return {(ItemKind.of(row.kind), row.code): item_of(row) for row in rows}
