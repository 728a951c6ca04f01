"""One flow for programs: what is known of it, its files, and its step table put or tried."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.document import downloads
from guiju.base.api.schemas import Body
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.errors import Invalid
from guiju.core.lists.flows import PowerFlow
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.flows.files import FORMS, file_of
from guiju.define.flows.pages.editing import verdict_of_text
from guiju.define.flows.pages.flow import verdict_of
from guiju.define.flows.pages.frame import reached_flow
from guiju.define.flows.reads import Around
from guiju.define.flows.saving import save_flow
from guiju.define.flows.verdicts import Told, Verdict
from guiju.define.lists.find import require_draft
from guiju.exchange.lists.step_sheet import MOST_TEXT, read_sheet, sheet_rows, sheet_text

router = Router(tags=["lists"])
_AT = "/{uuid:identity}/{path:code}"


class ToldOut(Schema):
    """Something to mend or to know; ``row`` 0 is the flow as a whole."""

    tone: str
    detail: str
    row: int
    column: str
    code: str


class VerdictOut(Schema):
    """What is known of a flow: whether it holds, how few people complete it, how long it takes."""

    is_sound: bool
    wrong: list[ToldOut]
    fewest: str
    shares: list[str]
    limit: str
    told: list[ToldOut]


class FlowOut(Schema):
    """A flow; ``seen`` is to be sent along with a change of it."""

    code: str
    name: str
    power: str
    refines: str
    layer: str
    seen: str
    table: str
    steps: list[dict[str, str]]
    verdict: VerdictOut | None


class TableIn(Body):
    """A step table as text, its header first, cells apart by tabulators or commas."""

    table: str = Field(max_length=MOST_TEXT)


class TablePut(TableIn):
    """A step table in place of the one that was seen."""

    seen: str = Field(max_length=64)


@router.get(
    _AT + "/bpmn", summary=said(zh("流程的 BPMN 文件")), openapi_extra=downloads("application/xml")
)
@needs(Permission.LISTS_READ)
def flow_bpmn(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Send a flow as BPMN 2.0."""
    return _file(reached_flow(request, identity, code).flow, "bpmn")


@router.get(_AT + "/svg", summary=said(zh("流程图")), openapi_extra=downloads("image/svg+xml"))
@needs(Permission.LISTS_READ)
def flow_svg(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Send the picture of a flow."""
    return _file(reached_flow(request, identity, code).flow, "svg")


@router.put(_AT + "/table", response=FlowOut, summary=said(zh("保存流程的步骤表")))
@needs(Permission.LISTS_READ, changing=Permission.LISTS_EDIT)
def put_flow_table(
    request: HttpRequest, identity: UUID, code: str, wanted: TablePut
) -> dict[str, object]:
    """Put a step table in place of a draft's flow."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    require_draft(found.edition)
    sheet = read_sheet(wanted.table, found.flow)
    if sheet.flow is None:
        first = sheet.problems[0]
        raise Invalid(first.code, first.sentence)
    with once(request):
        save_flow(found, sheet.flow, seen=wanted.seen, by=actor_of(request), at=timezone.now())
    return _told(reached_flow(request, identity, code))


@router.post(_AT + "/check", response=VerdictOut, summary=said(zh("核对一张没有保存的步骤表")))
@needs(Permission.LISTS_READ, changing=Permission.LISTS_EDIT)
def check_flow_table(
    request: HttpRequest, identity: UUID, code: str, wanted: TableIn
) -> dict[str, object]:
    """Say what is known of a table; nothing is saved."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    return _verdict(verdict_of_text(found, wanted.table))


@router.get(_AT, response=FlowOut, summary=said(zh("一套流程：步骤、走不走得通、最少几个人")))
@needs(Permission.LISTS_READ)
def one_flow(request: HttpRequest, identity: UUID, code: str) -> dict[str, object]:
    """Return a flow with what is known of it."""
    return _told(reached_flow(request, identity, code))


def _file(flow: PowerFlow, form: str) -> HttpResponse:
    return download(file_of(flow, form), f"flow.{form}", FORMS[form].content_type)


def _told(found: Around) -> dict[str, object]:
    flow, verdict = found.flow, verdict_of(found)
    names = ("code", "name", "power")
    rows = sheet_rows(flow)
    return {name: getattr(flow, name) for name in names} | {
        "layer": flow.layer.value,
        "seen": found.seen,
        "refines": flow.parent,
        "steps": rows,
        "table": sheet_text(rows),
        "verdict": _verdict(verdict) if verdict else None,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "is_sound": not verdict.wrong,
        "wrong": [_one(one) for one in verdict.wrong],
        "fewest": say(verdict.people.sentence) if verdict.people else "",
        "shares": [say(one) for one in verdict.shares],
        "limit": say(verdict.limit.sentence) if verdict.limit else "",
        "told": [_one(one) for one in verdict.told],
    }


def _one(told: Told) -> dict[str, object]:
    names = ("tone", "column", "code")
    more = {"row": told.line, "detail": say(told.sentence)}
    return {name: getattr(told, name) for name in names} | more
