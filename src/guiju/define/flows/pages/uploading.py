"""A drawn flow is sent, from a file or from the designer: what was understood, then saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS
from guiju.base.ui.forms import key_of
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Invalid, Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.flows.pages.flow import table_of
from guiju.define.flows.pages.frame import flow_head, page_of_flow, reached_flow
from guiju.define.flows.reads import Around, facts_on, judgement
from guiju.define.flows.saving import save_flow
from guiju.define.flows.uploads import MOST_BYTES, Drawn, drawn, packed, unpacked
from guiju.define.flows.verdicts import Told, Verdict, lost, verdict_on
from guiju.define.lists.find import require_draft


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def upload(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Ask for a file; show what it says; save it when that is confirmed."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    require_draft(found.edition)
    if request.method != "POST":
        return _asking(request, found)
    content, process = _sent(request), request.POST.get("process", "")
    try:
        read = drawn(found, content, process)
    except Invalid as refusal:
        return _asking(request, found, refusal)
    if "save" not in request.POST:
        return _preview(request, found, read, content)
    key, at, seen = key_of(request) or uuid4(), timezone.now(), request.POST.get("seen", "")
    try:
        if not was_done(request, key):
            once(request, key, lambda: _save(request, found, read, seen, at))
    except Refusal as refusal:
        return _preview(request, found, read, content, refusal)
    answer = HttpResponseRedirect(page_of_flow(found))
    add_toast(request, answer, zh("已保存流程图。"))
    return answer


def _save(request: HttpRequest, found: Around, read: Drawn, seen: str, at: Any) -> None:  # noqa: ANN401 - an instant
    save_flow(found, read.flow, seen=seen, by=actor_of(request), at=at)


def _sent(request: HttpRequest) -> bytes:
    """Return the file, what the designer drew, or what was looked at a moment ago."""
    if packed_ := request.POST.get("content", ""):
        return unpacked(packed_)
    if xml := request.POST.get("xml", ""):
        return xml.encode("utf-8", "replace")
    sent: Any = request.FILES.get("file")
    return sent.read(MOST_BYTES + 1) if sent else b""


def _asking(request: HttpRequest, found: Around, refusal: Invalid | None = None) -> HttpResponse:
    shown = flow_head(request, found, "flows:upload", Crumb(zh("上传流程图"))) | {
        "refusal": refusal,
        "most": MOST_BYTES // 1024,
        "process": request.POST.get("process", ""),
        "is_unclear": refusal is not None and refusal.code in ("BPMN-03", "BPMN-04"),
    }
    return render(request, "flows/upload.html", shown, status=400 if refusal else 200)


def _preview(
    request: HttpRequest,
    found: Around,
    read: Drawn,
    content: bytes,
    refusal: Refusal | None = None,
) -> HttpResponse:
    shown = flow_head(request, found, "flows:upload", Crumb(zh("核对流程图"))) | {
        "refusal": refusal,
        "read": read,
        "verdict": _verdict(found, read),
        "table": table_of(read.flow),
        "content": packed(content),
        "process": request.POST.get("process", ""),
        "seen": found.seen,
        "key": uuid4(),
    }
    return render(request, "flows/preview.html", shown, status=409 if refusal else 200)


def _verdict(found: Around, read: Drawn) -> Verdict:
    flow, today = read.flow, timezone.localdate()
    known = judgement(found, flow, facts_on(found.edition, today), today)
    more = (*lost(found.lost(flow)), *(Told("warn", one) for one in read.told()))
    graph = flow.graph or found.flow.graph
    assert graph is not None  # noqa: S101 - ``drawn`` refuses a flow without one
    return verdict_on(found, known, graph, more=more)
