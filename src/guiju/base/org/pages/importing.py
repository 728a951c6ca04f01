"""Taking the organisation in from a workbook: send it, see what is wrong or would change, confirm.

What is confirmed is what was shown: the same bytes are read again, and the changes that they
make by then must be those of the preview.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.evidence.names import clean_name
from guiju.base.evidence.told import AT_ONCE
from guiju.base.org.actions.imports import apply_changes
from guiju.base.org.pages import large
from guiju.base.org.pages.checking import Checked, check, shown_change
from guiju.base.org.pages.kept import SHELF
from guiju.base.org.pages.paging import page_of_lines
from guiju.base.org.pages.reaching import way
from guiju.base.org.reads.import_runs import run_of, runs_of
from guiju.base.org.reads.tables import organisation
from guiju.base.record.actor import actor_of
from guiju.base.record.exported import note_export
from guiju.base.ui.acting import METHODS
from guiju.base.ui.badges import Badge
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import key_of
from guiju.base.ui.language import say, translate
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once
from guiju.base.ui.reader import may, scope_of
from guiju.core.errors import Conflict, Invalid, Refusal
from guiju.core.organisation.columns import Sheet
from guiju.core.organisation.rows import Organisation
from guiju.core.organisation.words import ChangeKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.exchange.organisation import write_faults, write_organisation
from guiju.exchange.organisation.archive import MOST_BYTES

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGE = 256 * 1024
"""Above how many bytes a workbook is read by a worker: some five thousand rows, a second."""

_DONE = "org.imported"


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How many rows of a sheet do what."""

    sheet: Sheet
    new: int
    changed: int
    ended: int
    unchanged: int


@needs(Permission.ORG_IMPORT)
@require_http_methods(METHODS)
def importing(request: HttpRequest) -> HttpResponse:
    """Show how to send a workbook, or take one in for checking."""
    if request.method != "POST":
        return _asking(request)
    sent = request.FILES.get("file")
    try:
        content, name = _content(sent)
    except Refusal as refusal:
        return _asking(request, refusal)
    found = SHELF.keep(request, content, name, at=timezone.now())
    if len(content) > LARGE:
        large.send(request, found)
    return HttpResponseRedirect(reverse("org:import_checked", args=[found.token]))


def _asking(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    shown = {
        "way": way(),
        "refusal": refusal,
        "most": MOST_BYTES // 2**20,
        "may_export": may(request, Permission.ORG_EXPORT),
        "runs": runs_of(actor_of(request).person),
    }
    return render(request, "org/importing.html", shown, status=400 if refusal else 200)


def _content(sent: Any) -> tuple[bytes, str]:  # noqa: ANN401 - Django's, with a type of its own
    """Return what was sent, and a name to show.

    Raises:
        Invalid: ORG-86 for nothing, ORG-87 for too much.
    """
    if sent is None or not sent.name or not sent.size:
        raise Invalid("ORG-86", zh("没有选文件，或文件是空的。请先选填好的 .xlsx 表格，再上传。"))
    if sent.size > MOST_BYTES:
        most = MOST_BYTES // 2**20
        raise Invalid("ORG-87", zh("表格超过 {most} MB，没有收下。请分几次导入。", most=most))
    return sent.read(), clean_name(sent.name)


@needs(Permission.ORG_IMPORT)
@require_http_methods(METHODS)
def checked(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is wrong or would change; take it in when that is confirmed."""
    run = run_of(token, actor_of(request).person)
    try:
        if run is not None:
            return large.shown(request, run)
        if request.method == "POST":
            return _confirmed(request, token)
        return _preview(request, token)
    except Invalid as refusal:
        SHELF.drop(request)
        return _asking(request, refusal)


def _preview(request: HttpRequest, token: str, refusal: Refusal | None = None) -> HttpResponse:
    kept, content = SHELF.kept_for(request, token, at=timezone.now())
    found = check(content, scope_of(request, Permission.ORG_IMPORT))
    shown = {"way": way(), "kept": kept, "remarks": found.remarks, "refusal": refusal}
    status = 409 if refusal else 200
    if found.faults:
        return render(request, "org/import_faults.html", shown | _faults(request, found))
    SHELF.remember(request, kept, found.digest)
    shown |= _changes(request, found)
    return render(request, "org/import_preview.html", shown, status=status)


def _faults(request: HttpRequest, found: Checked) -> dict[str, object]:
    first, pages = page_of_lines(request, len(found.faults))
    return {
        "count": len(found.faults),
        "faults": found.faults[first : first + AT_ONCE],
        "rows": len({(one.sheet, one.row) for one in found.faults}),
        "pages": pages,
    }


def _changes(request: HttpRequest, found: Checked) -> dict[str, object]:
    rows = found.changes.rows
    first, pages = page_of_lines(request, len(rows))
    shown = [shown_change(one) for one in rows[first : first + AT_ONCE]]
    return {
        "counts": _counts(found),
        "count": len(rows),
        "changes": [(Badge(large.TONES[one.kind], one.kind.label), one) for one in shown],
        "pages": pages,
        "key": uuid4(),
    }


def _counts(found: Checked) -> list[SheetCount]:
    made = found.changes
    return [
        SheetCount(
            sheet,
            made.count(sheet, ChangeKind.NEW),
            made.count(sheet, ChangeKind.CHANGED),
            made.count(sheet, ChangeKind.ENDED),
            made.unchanged[sheet],
        )
        for sheet in Sheet
    ]


def _confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """Do what was shown, once; show the preview anew when it would be something else by now."""
    done = HttpResponseRedirect(reverse("org:import_done"))
    key = key_of(request)
    if key is None:
        return _preview(request, token)
    try:
        once(request, key, lambda: _take_in(request, token, key))
    except Conflict as refusal:
        return _preview(request, token, refusal)
    return done


def _take_in(request: HttpRequest, token: str, _key: UUID) -> None:
    kept, content = SHELF.kept_for(request, token, at=timezone.now())
    scope = scope_of(request, Permission.ORG_IMPORT)
    found = check(content, scope)
    if found.faults or not found.changes or found.digest != kept.digest:
        raise Conflict(
            "ORG-82",
            zh("预览以后，现有内容有了变动，没有导入。下面是按现在重算的预览，请核对后再确认。"),
        )
    apply_changes(
        changes=found.changes,
        scope=scope,
        source=f"sha256:{hashlib.sha256(content).hexdigest()}",
        by=actor_of(request),
        at=timezone.now(),
    )
    request.session[_DONE] = [
        [one.sheet.value, one.new, one.changed, one.ended] for one in _counts(found)
    ]
    SHELF.drop(request)


@needs(Permission.ORG_IMPORT)
@require_safe
def import_done(request: HttpRequest) -> HttpResponse:
    """Show what the last import of this session did."""
    counts = [
        SheetCount(Sheet(sheet), new, changed, ended, 0)
        for sheet, new, changed, ended in request.session.get(_DONE, [])
    ]
    if not counts:
        return HttpResponseRedirect(reverse("org:importing"))
    shown = {
        "way": way(),
        "counts": counts,
        "may_read_record": may(request, Permission.RECORD_READ),
    }
    return render(request, "org/import_done.html", shown)


@needs(Permission.ORG_IMPORT)
@require_safe
def faults_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the workbook back with the column 问题, to be mended and sent again."""
    kept, content = SHELF.kept_for(request, token, at=timezone.now())
    found = check(content, scope_of(request, Permission.ORG_IMPORT))
    target = BytesIO()
    write_faults(content, found.faults, target, translate=translate())
    name = kept.name.removesuffix(".xlsx")
    return download(target.getvalue(), say(zh("{name}（问题）.xlsx", name=name)), _XLSX)


@needs(Permission.ORG_IMPORT)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """Give an empty workbook with the columns, their words and a guide."""
    return _workbook(Organisation(), say(zh("组织表模板.xlsx")))


@needs(Permission.ORG_EXPORT, is_data=True)
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """Give what is on record in the reader's scope; what is sealed is left out."""
    found = organisation(scope_of(request, Permission.ORG_EXPORT), is_open=False)
    note_export(
        name=zh("组织表"),
        filters="",
        form="xlsx",
        count=sum(len(found.rows(sheet)) for sheet in Sheet),
        by=actor_of(request),
        at=timezone.now(),
    )
    return _workbook(found, say(zh("组织表.xlsx")))


def _workbook(rows: Organisation, name: str) -> HttpResponse:
    target = BytesIO()
    write_organisation(rows, target)
    return download(target.getvalue(), name, _XLSX)
