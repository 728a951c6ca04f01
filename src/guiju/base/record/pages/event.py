"""One event: what it says, its exact bytes, its proof, and how anyone can check it."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record import proving, reads
from guiju.base.record.actor import actor_of
from guiju.base.record.pages.unsealing import OpeningForm, Sealed, opening_page
from guiju.base.record.proving import Proved
from guiju.base.record.scopes import Units, is_inside, units_in
from guiju.base.record.telling import Told
from guiju.base.record.unsealing import Opening, is_kept_from, open_field
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import SIZE
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.RECORD_READ)
@require_safe
def event(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an event."""
    units = _units(request)
    found = reads.whole(key, units=units, most=SIZE + 1)
    if found is None or _is_kept(request, found.told):
        raise Http404
    shown = {
        "event": found.told,
        "may_open": any(one.is_sealed for one in found.told.fields)
        and is_inside(found.told.unit, _sealed_units(request, units)),
        "proved": _proved(found.told, found.entry),
        "pretty": _pretty(found.entry),
        "size": len(found.entry),
        "siblings": [one for one in found.siblings[:SIZE] if not _is_kept(request, one)],
        "has_more": len(found.siblings) > SIZE,
        "now": timezone.now(),
    }
    return render(request, "record/event.html", shown)


@needs(Permission.SEALED_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open one personal value of an event, for a reason.

    Raises:
        Http404: for an event that the reader sees nothing sealed of.
    """
    told, _ = _found(request, key)  # whoever may not read the record finds nothing here
    if not is_inside(told.unit, _units(request, Permission.SEALED_READ)):
        raise Http404
    sealed = [one for one in told.fields if one.is_sealed]
    labels = {one.name: one.label or one.name for one in sealed}

    def open_it(name: str, what: Opening) -> list[Definition]:
        found = open_field(key, name, what=what, by=actor_of(request), at=timezone.now())
        return [Definition(zh("{label}", label=labels[name]), found[1])] if found else []

    back = reverse("record:event", args=[key])
    way = (Crumb(zh("记录"), reverse("record:timeline")), Crumb(zh("事件"), back))
    about = Sealed(zh("查阅这条记录里的个人信息"), back, way)
    form = OpeningForm(request, [(name, said(label)) for name, label in labels.items()])
    return opening_page(request, about, form, open_it=open_it)


@needs(Permission.RECORD_READ, is_data=True)
@require_safe
def entry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's exact bytes."""
    _, data = _found(request, key)
    return download(data, f"{key}.json", "application/json")


@needs(Permission.RECORD_READ, is_data=True)
@require_safe
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's ``.tlog-proof`` file."""
    proved = _proved(*_found(request, key))
    if proved is None:
        raise Http404
    return download(proved.proof.encode(), f"{key}.tlog-proof", "text/plain; charset=utf-8")


def _units(request: HttpRequest, permission: Permission = Permission.RECORD_READ) -> Units:
    return units_in(standing(request).scope(permission))


def _sealed_units(request: HttpRequest, readable: Units) -> Units:
    """Return in which units the reader may open what is sealed; often the same as may be read."""
    scopes = [
        standing(request).scope(one) for one in (Permission.RECORD_READ, Permission.SEALED_READ)
    ]
    return readable if scopes[0] == scopes[1] else units_in(scopes[1])


def _is_kept(request: HttpRequest, told: Told) -> bool:
    return is_kept_from(told, standing(request).person, timezone.localdate())


def _found(request: HttpRequest, key: UUID) -> tuple[Told, bytes]:
    found = reads.event(key, units=_units(request))
    if found is None or _is_kept(request, found[0]):
        raise Http404
    return found


def _proved(told: Told, entry: bytes) -> Proved | None:
    return None if told.leaf is None else proving.prove(entry, told.leaf)


def _pretty(entry: bytes) -> str:
    try:
        return json.dumps(json.loads(entry), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return entry.decode("utf-8", "replace")
