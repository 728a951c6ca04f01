"""The third step and the fourth: what importing would change, and importing it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.evidence.kept import Kept
from guiju.base.evidence.told import Told, all_lines, read_head, read_lines
from guiju.base.org.pages.paging import page_of_lines
from guiju.base.org.reads.import_runs import RunShown
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS
from guiju.base.ui.badges import Badge
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import key_of
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Conflict, Refusal
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, head, identity_of
from guiju.define.lists.pages.importing import running, working
from guiju.define.lists.pages.importing.counting import alterations, counted
from guiju.define.lists.pages.importing.differing import change_line, change_of
from guiju.define.lists.pages.importing.reading import CHANGES, GROUPS, NOTES, examine
from guiju.define.lists.pages.importing.receiving import CRUMB, asking
from guiju.define.lists.pages.importing.shelf import SHELF, draft_at, kept_at, said_of
from guiju.define.lists.profiles import profile_of
from guiju.exchange.lists.words import CellState
from guiju.exchange.steps.text import guarded

_CHECK = Crumb(zh("核对变动"))
_DONE = "lists.imported"
_TONES = {
    Alteration.ADDED: "good",
    Alteration.CHANGED: "calm",
    Alteration.RENUMBERED: "calm",
    Alteration.REMOVED: "warn",
}


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def changes(request: HttpRequest, identity: UUID, token: str) -> HttpResponse:
    """Show what importing would change; import it, once, when that is confirmed."""
    edition = draft_at(request, identity)
    key, run = key_of(request), running.run_at(request, edition, token)
    if run is not None and run.stage is not ImportStage.READY:
        return HttpResponseRedirect(address("lists:mapping", edition, token))
    if key is not None and was_done(request, key):
        return HttpResponseRedirect(address("lists:imported", edition))
    try:
        kept = kept_at(request, edition, token)
        if request.method == "POST" and key is not None:
            return _confirmed(request, edition, kept, run, key)
        if read_head(SHELF, kept).head["revision"] != edition.revision:
            return _anew(request, edition, kept, run)
        return _shown(request, edition, kept)
    except Refusal as refusal:
        return asking(request, edition, refusal)


def _anew(
    request: HttpRequest,
    edition: Edition,
    kept: Kept,
    run: RunShown | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Compare again with a draft that somebody has changed since."""
    if run is not None:
        running.send(request, kept)
        return HttpResponseRedirect(address("lists:mapping", edition, kept.token))
    examine(kept.token, kept.key, edition)
    return _shown(request, edition, kept, refusal)


def _shown(
    request: HttpRequest, edition: Edition, kept: Kept, refusal: Refusal | None = None
) -> HttpResponse:
    found = read_head(SHELF, kept)
    told, count = found.head, found.counts[CHANGES]
    first, pages = page_of_lines(request, count)
    columns = sum(map(len, said_of(kept.token, kept.key).columns.values()))
    profile = profile_of(edition)
    shown = head(request, edition, "", CRUMB, _CHECK) | {
        "identity": identity_of(edition),
        "kept": kept,
        "told": told,
        "refusal": refusal,
        "count": count,
        "columns": columns,
        "counted": counted(told["counted"]),
        "alterations": alterations(),
        "removed": _removed(told),
        "doubts": found.counts[GROUPS],
        "cells": _cells(found),
        "changes": [
            change_shown(change_line(change_of(one), profile))
            for one in read_lines(SHELF, kept, CHANGES, first)
        ],
        "pages": pages,
        "is_empty": not told["items"],
        "may_import": bool(told["items"] and (count or told["is_restated"] or columns))
        and not told["refusal"],
        "key": uuid4(),
        "step": 3,
    }
    return render(request, "lists/import_changes.html", shown, status=409 if refusal else 200)


def _removed(told: dict[str, Any]) -> int:
    gone = Alteration.REMOVED.value
    return sum(count for _, what, count in told["counted"] if what == gone)


def _cells(found: Told) -> dict[str, int]:
    _, _, doubtful, unread = found.head["cells"]
    return {"doubtful": doubtful, "unread": unread}


def change_shown(line: Sequence[Any]) -> dict[str, Any]:
    """Return a change as the template shows it."""
    kind, what, code, title, fields = line
    alteration = Alteration.of(what)
    return {
        "badge": Badge(_TONES[alteration], alteration.label),
        "kind": ItemKind.of(kind),
        "code": code,
        "title": title,
        "is_new": alteration is Alteration.ADDED,
        "fields": fields,
    }


def _confirmed(
    request: HttpRequest, edition: Edition, kept: Kept, run: RunShown | None, key: UUID
) -> HttpResponse:
    if run is not None:
        once(request, key, lambda: running.take_in(request, kept))
        return HttpResponseRedirect(address("lists:mapping", edition, kept.token))
    try:
        once(request, key, lambda: _take_in(request, edition, kept))
    except Conflict as refusal:
        return _anew(request, draft_at(request, UUID(identity_of(edition))), kept, run, refusal)
    return HttpResponseRedirect(address("lists:imported", edition))


def _take_in(request: HttpRequest, edition: Edition, kept: Kept) -> None:
    counts = working.take_in(
        kept.token, kept.key, edition.reference, by=actor_of(request), at=timezone.now()
    )
    request.session[_DONE] = [edition.reference, counts]
    SHELF.drop(request)


@needs(Permission.LISTS_EDIT)
@require_safe
def imported(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what the last import of this session did, and where to go on."""
    edition = draft_at(request, identity)
    reference, counts = request.session.get(_DONE, ("", []))
    if reference != edition.reference:
        return HttpResponseRedirect(reverse("lists:import", args=[identity]))
    shown = head(request, edition, "", CRUMB, Crumb(zh("已导入"))) | {
        "identity": identity_of(edition),
        "counted": counted(counts),
        "alterations": alterations(),
        "step": 4,
    }
    return render(request, "lists/import_done.html", shown)


@needs(Permission.LISTS_EDIT, is_data=True)
@require_safe
def notes_file(request: HttpRequest, identity: UUID, token: str) -> HttpResponse:
    """Give every cell that is doubtful or was not understood, as a table."""
    edition = draft_at(request, identity)
    kept = kept_at(request, edition, token)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads = (zh("工作表"), zh("单元格"), zh("原文"), zh("读作"), zh("状态"), zh("原因"))
    writer.writerow(map(say, heads))
    for sheet, cell, stood, made, state, why in all_lines(SHELF, kept, NOTES):
        row = (sheet, cell, stood, made, say(CellState.of(state).label), why)
        writer.writerow(map(guarded, row))
    name = say(zh("{name}（存疑和没看懂的）.csv", name=kept.name.rpartition(".")[0] or kept.name))
    return download(text.getvalue().encode("utf-8-sig", "replace"), name, "text/csv")
