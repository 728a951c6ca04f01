"""Kept files: the newest first, and handing in another one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.evidence import actions, reads
from guiju.base.evidence.kinds import ENDINGS
from guiju.base.evidence.store import megabytes
from guiju.base.record.actor import actor_of
from guiju.base.record.scopes import units_in
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import read_cursor
from guiju.base.ui.reader import standing
from guiju.base.ui.refusing import refused
from guiju.core.errors import Invalid, Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_ACCEPTED = ",".join(sorted({f".{ending}" for endings in ENDINGS.values() for ending in endings}))


@needs(Permission.FILES_READ, changing=Permission.FILES_ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Show the list with the form, or take a file in."""
    if request.method == "POST":
        return _taken_in(request)
    return _shown(request)


def _shown(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    units = units_in(standing(request).scope(Permission.FILES_READ))
    cursor = None if refusal else read_cursor(request.GET, parts=2)
    shown = {
        "page": reads.files(cursor=cursor, units=units, own=standing(request).person),
        "refusal": refusal,
        "key": uuid4(),
        "accepted": _ACCEPTED,
        "most": megabytes(actions.MOST_BYTES),
        "now": timezone.now(),
    }
    return render(request, "evidence/files.html", shown, status=400 if refusal else 200)


def _taken_in(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        nothing = zh("没有选文件。请先选一个文件，再按「收存」。")
        return _shown(request, Invalid("EVIDENCE-22", nothing))
    try:
        row = actions.receive_file(
            sent,
            declared_name=sent.name,
            about="",
            by=actor_of(request),
            at=timezone.now(),
            key=_key(request.POST.get("key", "")),
        )
    except Invalid as refusal:
        return _shown(request, refusal)
    except Refusal as refusal:
        return refused(request, refusal)
    return HttpResponseRedirect(reverse("evidence:file", args=[row.key]))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
