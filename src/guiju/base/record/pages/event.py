"""One event: what it says, its exact bytes, its proof, and how anyone can check it."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record import proving, reads
from guiju.base.record.proving import Proved
from guiju.base.record.telling import Told
from guiju.base.ui.downloads import download
from guiju.base.ui.paging import SIZE


@require_safe
def event(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an event."""
    told, entry = _found(key)
    beside = reads.siblings(told, most=SIZE + 1)
    shown = {
        "event": told,
        "proved": _proved(told, entry),
        "pretty": _pretty(entry),
        "size": len(entry),
        "siblings": beside[:SIZE],
        "has_more": len(beside) > SIZE,
        "now": timezone.now(),
    }
    return render(request, "record/event.html", shown)


@require_safe
def entry(_request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's exact bytes."""
    _, data = _found(key)
    return download(data, f"{key}.json", "application/json")


@require_safe
def proof(_request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's ``.tlog-proof`` file."""
    proved = _proved(*_found(key))
    if proved is None:
        raise Http404
    return download(proved.proof.encode(), f"{key}.tlog-proof", "text/plain; charset=utf-8")


def _found(key: UUID) -> tuple[Told, bytes]:
    found = reads.event(key)
    if found is None:
        raise Http404
    return found


def _proved(told: Told, entry: bytes) -> Proved | None:
    return None if told.leaf is None else proving.prove(entry, told.leaf)


def _pretty(entry: bytes) -> str:
    try:
        return json.dumps(json.loads(entry), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return entry.decode("utf-8", "replace")
