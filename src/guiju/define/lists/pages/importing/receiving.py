"""The first step: a file is sent or a table pasted; nothing of the draft changes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.evidence.names import clean_name
from guiju.base.org.reads.import_runs import runs_of
from guiju.base.ui.acting import METHODS
from guiju.base.ui.downloads import download
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.core.errors import Invalid, Refusal
from guiju.core.lists.model import Edition as Lists
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.exporting import XLSX, workbook_of
from guiju.define.lists.pages.frame import head, identity_of
from guiju.define.lists.pages.importing import running
from guiju.define.lists.pages.importing.reading import examine
from guiju.define.lists.pages.importing.shelf import SHELF, Directions, draft_at, say_of
from guiju.exchange.lists.intake import pasted
from guiju.exchange.lists.sheet import MOST_BYTES, too_large
from guiju.exchange.lists.text import PASTED

MOST_PASTED = 300_000
"""Characters; what a form may send at all is a little more."""

CRUMB = Crumb(zh("导入表格"))


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def importing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ask for a file or a pasted table, and read it."""
    edition = draft_at(request, identity)
    if request.method != "POST":
        return asking(request, edition)
    try:
        content, name = _sent(request)
        kept = SHELF.keep(request, content, name, at=timezone.now(), about=edition.reference)
        say_of(kept.token, kept.key, Directions(name))
        if running.is_large(content, edition):
            running.send(request, kept)
        else:
            examine(kept.token, kept.key, edition)
    except Refusal as refusal:
        SHELF.drop(request)
        return asking(request, edition, refusal)
    return HttpResponseRedirect(reverse("lists:mapping", args=[identity, kept.token]))


def asking(request: HttpRequest, edition: Edition, refusal: Refusal | None = None) -> HttpResponse:
    """Show how to send a table, and why the last one was not taken."""
    shown = head(request, edition, "", CRUMB) | {
        "refusal": refusal,
        "most": MOST_BYTES // 2**20,
        "most_pasted": MOST_PASTED,
        "pasted": request.POST.get("pasted", "")[:MOST_PASTED],
        "identity": identity_of(edition),
        "runs": runs_of(standing(request).person, edition.reference),
    }
    return render(request, "lists/import.html", shown, status=400 if refusal else 200)


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """Return what was sent, and its name.

    Raises:
        Invalid: EDITION-16 for nothing, LISTS-02 for too much.
    """
    file, text = request.FILES.get("file"), request.POST.get("pasted", "")
    if file is not None and file.name and file.size:
        if file.size > MOST_BYTES:
            raise too_large()
        return file.read(), clean_name(file.name)
    if text.strip():
        return pasted(text), PASTED
    raise Invalid(
        "EDITION-16", zh("没有选文件，也没有粘贴表格，或文件是空的。请选一个文件，或粘贴后再试。")
    )


@needs(Permission.LISTS_EDIT)
@require_safe
def template(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give an empty workbook of the product's own with its guide and its words."""
    edition = draft_at(request, identity)
    empty = workbook_of(Lists(profile=edition.profile))
    return download(empty, say(zh("清单工作簿模板.xlsx")), XLSX)
