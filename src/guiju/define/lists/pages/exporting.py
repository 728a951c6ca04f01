"""Taking an edition away: the product's own workbook, which can be brought in again, or JSON."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record.actor import actor_of
from guiju.base.record.exported import note_export
from guiju.base.ui.downloads import download
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.model import Edition as Lists
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import full_name, head, identity_of, reached
from guiju.define.lists.reads.whole import whole
from guiju.exchange.lists.own_write import write_workbook
from guiju.exchange.lists.plain import edition_json

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.LISTS_READ)
@require_safe
def export(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say what can be taken away."""
    edition = reached(request, identity)
    shown = head(request, edition, "", Crumb(zh("导出"))) | {"identity": identity_of(edition)}
    return render(request, "lists/export.html", shown)


@needs(Permission.LISTS_READ, is_data=True)
@require_safe
def exported(request: HttpRequest, identity: UUID, form: str) -> HttpResponse:
    """Give the whole edition as a file; that it was taken away is recorded.

    Raises:
        Invalid: LISTS-08, LISTS-09 for what a workbook would not give back as it is.
    """
    edition = reached(request, identity)
    found = whole(edition)
    content = workbook_of(found) if form == "xlsx" else edition_json(found)
    note_export(
        name=full_name(edition),
        filters="",
        form=form,
        count=sum(1 for _ in found.items()),
        by=actor_of(request),
        at=timezone.now(),
    )
    called = say(zh("{name}第{ordinal}版", name=edition.title, ordinal=edition.ordinal))
    return download(content, f"{called}.{form}", XLSX if form == "xlsx" else "application/json")


def workbook_of(lists: Lists) -> bytes:
    """Return the product's own workbook of these lists.

    Raises:
        Invalid: LISTS-08, LISTS-09 for what it would not give back as it is.
    """
    target = BytesIO()
    write_workbook(lists, target)
    return target.getvalue()
