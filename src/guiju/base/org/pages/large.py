"""A large workbook on its way: how far the worker is, what it found, and what became of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from guiju.base.evidence.kept import Kept
from guiju.base.evidence.told import Line
from guiju.base.org.actions import import_runs as runs
from guiju.base.org.pages.checking import ChangeShown
from guiju.base.org.pages.kept import SHELF
from guiju.base.org.pages.paging import page_of_lines
from guiju.base.org.pages.reaching import way
from guiju.base.org.pages.told import Told, read_lines, read_told
from guiju.base.org.reads.import_runs import RunShown
from guiju.base.record.actor import actor_of
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import key_of
from guiju.base.ui.language import CHINESE
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once
from guiju.base.ui.reader import may
from guiju.core.errors import Refusal
from guiju.core.organisation.columns import Sheet
from guiju.core.organisation.words import ChangeKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.terms import Permission

TONES = {ChangeKind.NEW: "good", ChangeKind.CHANGED: "wait", ChangeKind.ENDED: "warn"}


_FAULT = ("sheet", "row", "column", "sentence", "code")


def send(request: HttpRequest, kept: Kept) -> None:
    """Give a workbook to the workers to check."""
    from guiju.base.org.jobs import check_workbook  # noqa: PLC0415 - jobs need these pages

    person = actor_of(request).person
    runs.begin_run(token=kept.token, person=person, name=kept.name, at=timezone.now())
    check_workbook.enqueue(SHELF.wrapped(kept), _language(), person)


def shown(request: HttpRequest, run: RunShown) -> HttpResponse:
    """Show how far it is; confirm it when that was sent.

    Raises:
        Invalid: ORG-85 when what was found is gone.
    """
    if request.method == "POST":
        return _confirmed(request, run)
    if run.stage is ImportStage.READY:
        return _found(request, run)
    if getattr(request, "htmx", False) and not run.is_under_way:
        return HttpResponseClientRefresh()
    return render(request, "org/import_run.html", _shown(request, run))


def _shown(request: HttpRequest, run: RunShown) -> dict[str, object]:
    return {
        "way": way(),
        "run": run,
        "is_done": run.stage is ImportStage.DONE,
        "now": timezone.now(),
        "counts": [
            {"sheet": Sheet(sheet), "new": new, "changed": changed, "ended": ended}
            for sheet, new, changed, ended in run.counts
        ],
        "may_read_record": may(request, Permission.RECORD_READ),
    }


def _found(request: HttpRequest, run: RunShown) -> HttpResponse:
    """Show what the worker found: faults, or what would change."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRefresh()
    kept = SHELF.known(request, run.token, at=timezone.now())
    told = read_told(kept)
    first, pages = page_of_lines(request, told.count)
    lines = read_lines(kept, first)
    common: dict[str, object] = {
        "way": way(),
        "kept": kept,
        "remarks": told.remarks,
        "count": told.count,
        "pages": pages,
    }
    if told.is_faulty:
        faults = [dict(zip(_FAULT, one, strict=True)) for one in lines]
        common["faults"] = [{**one, "sheet": Sheet(one["sheet"])} for one in faults]
        return render(request, "org/import_faults.html", {**common, "rows": told.rows})
    common |= {"counts": _counts(told), "changes": list(map(_change, lines)), "key": uuid4()}
    return render(request, "org/import_preview.html", common)


def _counts(told: Told) -> list[dict[str, Any]]:
    names = ("sheet", "new", "changed", "ended", "unchanged")
    return [{**dict(zip(names, one, strict=True)), "sheet": Sheet(one[0])} for one in told.counts]


def _change(line: Line) -> tuple[Badge, ChangeShown]:
    kind, sheet, row, title, fields = line
    found = ChangeKind.of(kind)
    one = ChangeShown(found, Sheet(sheet), row, title, tuple(map(tuple, fields)))
    return Badge(TONES[found], found.label), one


def _confirmed(request: HttpRequest, run: RunShown) -> HttpResponse:
    """Give it to the workers to take in, once."""
    here = HttpResponseRedirect(reverse("org:import_checked", args=[run.token]))
    key = key_of(request)
    if key is None:
        return here
    with suppress(Refusal):  # on its way already, which the page shows
        once(request, key, lambda: _queue(request, run))
    return here


def _queue(request: HttpRequest, run: RunShown) -> None:
    from guiju.base.org.jobs import take_in_workbook  # noqa: PLC0415 - jobs need these pages

    by = actor_of(request)
    kept = SHELF.known(request, run.token, at=timezone.now())
    digest = runs.begin_taking(token=run.token, person=by.person, at=timezone.now())
    take_in_workbook.enqueue(
        SHELF.wrapped(kept), _language(), [by.person, by.post, by.unit], digest
    )
    SHELF.release(request)


@needs(Permission.ORG_IMPORT)
@require_POST
def dismissing(request: HttpRequest, token: str) -> HttpResponse:
    """Forget a workbook of one's own, and what was found in it or became of it."""
    person = actor_of(request).person
    try:
        runs.dismiss_run(token=token, person=person, at=timezone.now())
    except Refusal:
        return HttpResponseRedirect(reverse("org:import_checked", args=[token]))
    SHELF.drop(request)
    return HttpResponseRedirect(reverse("org:importing"))


def _language() -> str:
    return get_language() or CHINESE
