"""What happened to one item of an edition, as far as the newest events of its edition tell."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.base.record.pages.history import history
from guiju.base.record.telling import Told
from guiju.base.ui.dates import moment
from guiju.base.ui.history import History
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Listing, Sentence, zh
from guiju.define.lists.events import (
    IMPORTED,
    ITEM_ADDED,
    ITEM_CHANGED,
    ITEM_REMOVED,
    ITEM_RENUMBERED,
    ITEMS_CHANGED,
    ITEMS_REMOVED,
)
from guiju.define.lists.models import Edition

LOOKED_AT = 200
"""How many events of an edition are looked through for those about one item."""

_ONE = {ITEM_ADDED.kind, ITEM_CHANGED.kind, ITEM_REMOVED.kind}
_SEVERAL = {ITEMS_CHANGED.kind, ITEMS_REMOVED.kind}


def item_history(request: HttpRequest, edition: Edition, kind: ItemKind, code: str) -> History:
    """Return the events about an item; imports are among them, for they may change every item."""
    known: set[object] = {code}

    def is_about(told: Told) -> bool:
        if told.kind == IMPORTED.kind:
            return True
        said = {one.name: one.value for one in told.fields}
        if said.get("kind") != kind.label:
            return False
        if told.kind == ITEM_RENUMBERED.kind and said.get("code") in known:
            known.add(said.get("before"))  # the newest event is asked first
            return True
        if told.kind in _ONE:
            return said.get("code") in known
        return told.kind in _SEVERAL and not known.isdisjoint(_codes(said.get("codes")))

    return history(request, edition.reference, size=LOOKED_AT, keep=is_about)


def last_change(
    request: HttpRequest, edition: Edition, kind: ItemKind, code: str
) -> Sentence | None:
    """Return who changed an item last, when and what; None where nobody did lately."""
    steps = item_history(request, edition, kind, code).steps
    if not steps:
        return None
    last = steps[0]
    return zh("{who}于 {at} {says}", who=last.who, at=moment(last.at), says=last.says)


def _codes(value: object) -> tuple[object, ...]:
    return value.items if isinstance(value, Listing) else ()
