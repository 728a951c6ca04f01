"""A large file on its way: how far the worker is, and what became of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from guiju.base.evidence.kept import Kept
from guiju.base.org.actions import import_runs as runs
from guiju.base.org.reads.import_runs import RunShown, run_of
from guiju.base.record.actor import actor_of
from guiju.base.ui.language import CHINESE
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.errors import Refusal
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.pages.frame import address, head, identity_of, reached
from guiju.define.lists.pages.importing.counting import alterations, counted
from guiju.define.lists.pages.importing.shelf import SHELF

LARGE, LARGE_ARCHIVE = 256 * 1024, 96 * 1024
"""Above how many bytes a text or a workbook is read by a worker: about a second's work."""

MOST_ITEMS = 5_000
"""So many items a draft may have to be compared while somebody waits."""


def is_large(content: bytes, edition: Edition) -> bool:
    """Tell whether reading a file and comparing it takes longer than people wait for a page."""
    most = LARGE_ARCHIVE if content.startswith(b"PK") else LARGE
    return len(content) > most or Item.objects.filter(edition=edition).count() > MOST_ITEMS


def send(request: HttpRequest, kept: Kept) -> None:
    """Give a file to the workers to read; again where its sender said more of it."""
    from guiju.define.lists.jobs import read_upload  # noqa: PLC0415 - jobs need these pages

    person, now = standing(request).person, timezone.now()
    if run_of(kept.token, person, kept.about):
        runs.note_stage(token=kept.token, stage=ImportStage.WAITING, at=now)
    else:
        runs.begin_run(token=kept.token, person=person, name=kept.name, at=now, about=kept.about)
    read_upload.enqueue(SHELF.wrapped(kept), _language(), person, kept.about)


def take_in(request: HttpRequest, kept: Kept) -> None:
    """Give a file to the workers to bring in what was shown.

    Raises:
        Denied: ORG-92 when it is not read yet, or on its way already.
    """
    from guiju.define.lists.jobs import take_in_upload  # noqa: PLC0415 - jobs need these pages

    by = actor_of(request)
    runs.begin_taking(token=kept.token, person=by.person, at=timezone.now())
    take_in_upload.enqueue(
        SHELF.wrapped(kept), _language(), [by.person, by.post, by.unit], kept.about
    )
    SHELF.release(request)


def run_at(request: HttpRequest, edition: Edition, token: str) -> RunShown | None:
    """Return the large file of the reader's own under that token; None for a small one."""
    return run_of(token, standing(request).person, edition.reference)


def shown(request: HttpRequest, edition: Edition, run: RunShown) -> HttpResponse:
    """Show how far it is, or what became of it."""
    if getattr(request, "htmx", False) and not run.is_under_way:
        return HttpResponseClientRefresh()
    context = head(request, edition, "") | {
        "run": run,
        "is_done": run.stage is ImportStage.DONE,
        "now": timezone.now(),
        "here": address("lists:mapping", edition, run.token),
        "identity": identity_of(edition),
        "counted": counted(run.counts),
        "alterations": alterations(),
    }
    return render(request, "lists/import_run.html", context)


@needs(Permission.LISTS_EDIT)
@require_POST
def dismissing(request: HttpRequest, identity: UUID, token: str) -> HttpResponse:
    """Forget a file of one's own, and what was found in it or became of it."""
    edition = reached(request, identity, Permission.LISTS_EDIT)
    person = standing(request).person
    try:
        if run_of(token, person, edition.reference):
            runs.dismiss_run(token=token, person=person, at=timezone.now())
    except Refusal:
        return HttpResponseRedirect(reverse("lists:mapping", args=[identity, token]))
    SHELF.drop(request)
    return HttpResponseRedirect(address("lists:edition", edition))


def _language() -> str:
    return get_language() or CHINESE
