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
from guiju.base.record.scopes import Units, units_in
from guiju.base.record.telling import Told
from guiju.base.ui.downloads import download
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import SIZE
from guiju.base.ui.reader import standing
from guiju.core.terms import Permission


@needs(Permission.RECORD_READ)
@require_safe
def event(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an event."""
    found = reads.whole(key, units=_units(request), most=SIZE + 1)
    if found is None:
        raise Http404
    shown = {
        "event": found.told,
        "proved": _proved(found.told, found.entry),
        "pretty": _pretty(found.entry),
        "size": len(found.entry),
        "siblings": found.siblings[:SIZE],
        "has_more": len(found.siblings) > SIZE,
        "now": timezone.now(),
    }
    return render(request, "record/event.html", shown)


@needs(Permission.RECORD_READ, is_data=True)
@require_safe
def entry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's exact bytes."""
    _, data = _found(key, _units(request))
    return download(data, f"{key}.json", "application/json")


@needs(Permission.RECORD_READ, is_data=True)
@require_safe
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's ``.tlog-proof`` file."""
    proved = _proved(*_found(key, _units(request)))
    if proved is None:
        raise Http404
    return download(proved.proof.encode(), f"{key}.tlog-proof", "text/plain; charset=utf-8")


def _units(request: HttpRequest) -> Units:
    return units_in(standing(request).scope(Permission.RECORD_READ))


def _found(key: UUID, units: Units) -> tuple[Told, bytes]:
    found = reads.event(key, units=units)
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
