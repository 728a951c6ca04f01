"""The state of the record: growth, last checkpoint, witnesses, what stands in the way."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record import health
from guiju.base.record.pages.badges import sealing_badge, witness_badges, witnessed_badge
from guiju.base.record.pages.bars import bars
from guiju.base.ui.dates import ago, moment
from guiju.base.ui.downloads import download
from guiju.base.ui.needs import needs
from guiju.core.sentence import Sentence
from guiju.core.terms import Permission


@needs(Permission.RECORD_READ)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Show the record's state."""
    found = health.health(now=timezone.now())
    shown = {
        "health": found,
        "sealing": sealing_badge(found),
        "witnessed": witnessed_badge(found),
        "witnesses": witness_badges(found),
        "bars": bars(found.days),
        "total": sum(day.count for day in found.days),
        "most": max(day.count for day in found.days),
        "head_age": _age(found),
        "is_worker_late": found.worker is not None and found.worker.is_late(found.now),
        "most_waiting": health.MOST_WAITING,
    }
    return render(request, "record/state.html", shown)


def _age(found: health.Health) -> Sentence | None:
    """Return how old the newest checkpoint is; its date when that is long ago or to come."""
    if found.head is None:
        return None
    return ago(found.head.at, found.now) or moment(found.head.at)


@needs(Permission.RECORD_READ, is_data=True)
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Give the newest checkpoint with its cosignatures."""
    note = health.newest_checkpoint()
    if note is None:
        raise Http404
    return download(note, "checkpoint", "text/plain; charset=utf-8")
