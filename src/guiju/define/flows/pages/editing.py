"""The step table in the browser: typed, judged while it is typed, saved.

The whole table travels as one text, so that it works as a plain form; a script makes a grid
of it. ``check`` answers what ``edit`` would say, and saves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS
from guiju.base.ui.forms import key_of
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once, was_done
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.lists.flows import PowerFlow
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Direction, Permission, Phase, SigningMode, StepKind
from guiju.define.flows.pages.frame import flow_head, page_of_flow, reached_flow
from guiju.define.flows.reads import Around, facts_on, judgement
from guiju.define.flows.saving import save_flow
from guiju.define.flows.verdicts import Told, Verdict, lost, verdict_on, verdict_on_table
from guiju.define.lists.find import require_draft
from guiju.exchange.lists.step_graph import folded_or_none
from guiju.exchange.lists.step_sheet import COLUMNS, StepSheet, read_sheet, sheet_rows, sheet_text
from guiju.exchange.lists.straight import straight_flow
from guiju.exchange.steps.step import Column

_POSTS = 400
"""How many names of posts are offered; a unit has fewer."""


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def edit(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Show the table, or save what was typed into it."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    require_draft(found.edition)
    if request.method != "POST":
        return _page(request, found, sheet_text(sheet_rows(found.flow)))
    if "quick" in request.POST and "make" in request.POST:
        return _quick(request, found)
    text = _typed(request)
    sheet = read_sheet(text, found.flow)
    if sheet.flow is None:
        return _page(request, found, text, sheet, status=400)
    flow, key = sheet.flow, key_of(request) or uuid4()
    seen = request.POST.get("seen", "")
    at = timezone.now()
    try:
        if not was_done(request, key):
            once(request, key, lambda: _save(request, found, flow, seen, at))
    except Refusal as refusal:
        return _page(request, found, text, sheet, status=409, refusal=refusal)
    answer = HttpResponseRedirect(page_of_flow(found))
    add_toast(request, answer, zh("已保存步骤表。"))
    return answer


@needs(Permission.LISTS_EDIT)
@require_POST
def check(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Say what is known of a table that is not saved."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    verdict = verdict_of_text(found, _typed(request))
    return render(request, "flows/checked.html", {"verdict": verdict})


def verdict_of_text(found: Around, text: str) -> Verdict:
    """Return what is known of a flow as a table tells it."""
    return _verdict(found, read_sheet(text, found.flow))


def _verdict(found: Around, sheet: StepSheet) -> Verdict:
    flow, today = sheet.flow, timezone.localdate()
    if flow is None or flow.graph is None:
        return verdict_on_table(sheet)
    known = judgement(found, flow, facts_on(found.edition, today), today)
    remarks = (Told("calm", one) for one in sheet.remarks)
    return verdict_on(
        found,
        known,
        flow.graph,
        lines={step.number: step.line for step in sheet.steps},
        more=(*lost(found.lost(flow)), *remarks),
        direction=Direction.DOWN,
    )


def _save(request: HttpRequest, found: Around, flow: PowerFlow, seen: str, at: object) -> None:
    save_flow(found, flow, seen=seen, by=actor_of(request), at=at)  # type: ignore[arg-type]


def _typed(request: HttpRequest) -> str:
    return request.POST.get("table", "").replace("\r\n", "\n")


def _quick(request: HttpRequest, found: Around) -> HttpResponse:
    """Make a first table of 受理→审核→决定; nothing is saved."""
    said = request.POST.get("quick", "")
    graph = straight_flow(said)
    if graph is None:
        wrong = zh("请至少写两步，中间用「→」隔开，例如：受理→审核→决定。")
        return _page(request, found, _typed(request), quick=said, quick_error=wrong, status=400)
    made = PowerFlow(code=found.flow.code, graph=graph)
    return _page(request, found, sheet_text(sheet_rows(made)))


def _page(  # noqa: PLR0913 - each a part of the page
    request: HttpRequest,
    found: Around,
    text: str,
    sheet: StepSheet | None = None,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    quick: str = "",
    quick_error: Sentence | None = None,
) -> HttpResponse:
    is_new = text.count("\n") <= 1 and not found.flow.steps
    read = sheet or (None if is_new else read_sheet(text, found.flow))
    shown = flow_head(request, found, "flows:edit", Crumb(zh("步骤表"))) | {
        "text": text,
        "rows": text.count("\n") + 2,
        "verdict": _verdict(found, read) if read else None,
        "is_new": is_new,
        "quick": quick,
        "quick_error": quick_error,
        "is_wrong": status == 400 and not quick_error,
        "refusal": refusal,
        "seen": found.seen,
        "key": uuid4(),
        "grid": grid_of(found, facts_on(found.edition, timezone.localdate()).posts or ()),
    }
    return render(request, "flows/edit.html", shown, status=status)


def grid_of(found: Around, posts: Iterable[str]) -> Mapping[str, object]:
    """Return what the script makes the grid of: columns, and words that may be chosen."""
    graph = found.flow.graph
    return {
        "check": page_of_flow(found, "flows:check"),
        "columns": list(COLUMNS),
        "first": len([one for one in COLUMNS if one in set(Column)]),
        "is_told": graph is None or folded_or_none(graph) is not None or not found.flow.steps,
        "words": [
            (Column.POST, sorted(posts)[:_POSTS]),
            (Column.KIND, [str(one.label) for one in StepKind]),
            (Column.PHASE, [str(one.label) for one in Phase]),
            (Column.SIGNING, [str(one.label) for one in SigningMode]),
        ],
    }
