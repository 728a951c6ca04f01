"""Witnesses and quorum as they are kept, against the events by which they came about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from guiju.base.record.audit.flaw import Flaw
from guiju.base.record.events import QUORUM_SET, REGISTERED, RETIRED
from guiju.base.record.models import Event, Quorum, Witness
from guiju.core.sentence import zh

Kept = tuple[str, str, datetime, datetime | None]
"""A witness's key, address, and since and until when it counts."""


def flaws() -> Iterator[Flaw]:
    """Yield witnesses and a quorum that the events do not tell of."""
    told, quorum = _told()
    kept = {row.name: (row.vkey, row.url, row.registered_at, row.retired_at) for row in _rows()}
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


def _told() -> tuple[dict[str, Kept], int | None]:
    """Return what events say of the witnesses and of the quorum."""
    told: dict[str, Kept] = {}
    quorum = None
    kinds = (REGISTERED.kind, RETIRED.kind, QUORUM_SET.kind)
    for event in Event.objects.filter(kind__in=kinds).order_by("id"):
        data = json.loads(bytes(event.entry))["data"]
        if event.kind == REGISTERED.kind:
            told[data["name"]] = (data["vkey"], data["url"], event.at, None)
        elif event.kind == RETIRED.kind and data["name"] in told:
            vkey, url, since, _ = told[data["name"]]
            told[data["name"]] = (vkey, url, since, event.at)
        elif event.kind == QUORUM_SET.kind:
            quorum = data["count"]
    return told, quorum
