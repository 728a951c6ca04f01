"""Witnesses and quorum as they are kept, against the events by which they came about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from guiju.base.record.audit.flaw import Flaw
from guiju.base.record.events import QUORUM_SET, REGISTERED, RETIRED
from guiju.base.record.lineage import said
from guiju.base.record.models import Event, Quorum, Witness
from guiju.core.sentence import zh

Kept = tuple[object, object, datetime, datetime | None]
"""A witness's key, address, and since and until when it counts."""


def flaws() -> Iterator[Flaw]:
    """Yield witnesses and a quorum that the events do not tell of."""
    told, quorum = _told()
    kept: dict[str, Kept] = {
        row.name: (row.vkey, row.url, row.registered_at, row.retired_at) for row in _rows()
    }
    for name in sorted(told.keys() | kept.keys()):
        if told.get(name) != kept.get(name):
            yield Flaw(
                "AUDIT-30",
                f"record_witness name={name}",
                zh(
                    "见证方「{name}」的登记与事件所记的不符：有人绕过系统改动过。"
                    "请以事件为准，查明是谁所为。",
                    name=name,
                ),
            )
    stored = list(Quorum.objects.values_list("count", flat=True))
    if stored != ([] if quorum is None else [quorum]):
        yield Flaw(
            "AUDIT-31",
            "record_quorum",
            zh("要求的见证家数与事件所记的不符：有人绕过系统改动过。请以事件为准，查明是谁所为。"),
        )


def _rows() -> list[Witness]:
    return list(Witness.objects.all())


def _told() -> tuple[dict[str, Kept], object]:
    """Return what events say of the witnesses and of the quorum."""
    told: dict[str, Kept] = {}
    quorum: object = None
    kinds = (REGISTERED.kind, RETIRED.kind, QUORUM_SET.kind)
    for event in Event.objects.filter(kind__in=kinds).order_by("id"):
        data = said(event.entry)
        name = str(data.get("name"))
        if event.kind == REGISTERED.kind:
            told[name] = (data.get("vkey"), data.get("url"), event.at, None)
        elif event.kind == RETIRED.kind and name in told:
            told[name] = (*told[name][:3], event.at)
        elif event.kind == QUORUM_SET.kind:
            quorum = data.get("count")
    return told, quorum
