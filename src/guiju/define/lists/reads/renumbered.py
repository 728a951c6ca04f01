"""By which code an item of a draft is known now that bore another one before, from the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guiju.base.record.models import Event
from guiju.base.record.telling import said
from guiju.core.lists.words import ItemKind
from guiju.define.lists.events import ITEM_RENUMBERED, RECODED
from guiju.define.lists.models import Edition

_Spot = tuple[str, str]
"""A table's code and an item's code."""


def codes_now(edition: Edition) -> dict[_Spot, str]:
    """Return the code now of each item of an edition that was renumbered; one query.

    For what areas say of items and can change no more, such as remarks.
    """
    kinds = (ITEM_RENUMBERED.kind, RECODED.kind)
    rows = Event.objects.filter(object=edition.reference, kind__in=kinds)
    now: dict[_Spot, str] = {}
    for entry in rows.order_by("at", "id").values_list("entry", flat=True):
        for kind, before, code in _moves(said(bytes(entry)) or {}):
            for spot, known in now.items():
                if spot[0] == kind and known == before:
                    now[spot] = code
            now[kind, before] = code
            now.pop((kind, code), None)
    return now


def _moves(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield table, old and new code of each item that an event tells of, one or many powers."""
    if "after" in told:
        for before, code in zip(told["before"], told["after"], strict=True):
            yield ItemKind.POWER.value, str(before), str(code)
    else:
        yield str(told.get("kind", "")), str(told.get("before", "")), str(told.get("code", ""))
