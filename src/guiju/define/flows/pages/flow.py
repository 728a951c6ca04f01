"""One flow for whoever reads it: picture, proof, people, limits, steps; and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.evidence.names import clean_name
from guiju.base.ui.downloads import download
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Definition
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.flows.files import FORMS, file_of
from guiju.define.flows.pages.frame import flow_head, page_of_flow, reached_flow
from guiju.define.flows.reads import Around, facts_on, judgement
from guiju.define.flows.verdicts import Verdict, verdict_on
from guiju.define.lists.pages.frame import address
from guiju.exchange.lists.step_sheet import COLUMNS, sheet_rows


@needs(Permission.LISTS_READ)
@require_safe
def flow(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Show the flow."""
    found = reached_flow(request, identity, code)
    shown = flow_head(request, found, "flows:flow") | {
        "sheet": sheet_of(found),
        "verdict": verdict_of(found),
        "table": table_of(found.flow),
        "files": [(form.upper(), address_of_file(found, form)) for form in FORMS],
        "item": address("lists:item", found.edition, ItemKind.FLOW.value, found.flow.code),
    }
    return render(request, "flows/flow.html", shown)


@needs(Permission.LISTS_READ)
@require_safe
def file(request: HttpRequest, identity: UUID, code: str, form: str) -> HttpResponse:
    """Send the flow as a file."""
    found = reached_flow(request, identity, code)
    if form not in FORMS:
        raise Http404
    content = file_of(found.flow, form)
    name = clean_name(f"{found.flow.name or found.flow.code}.{form}")
    return download(content, name, FORMS[form].content_type)


def verdict_of(found: Around) -> Verdict | None:
    """Return what is known of a flow as it is saved; None where only its name is known."""
    graph, today = found.flow.graph, timezone.localdate()
    if graph is None or not found.flow.steps:
        return None
    known = judgement(found, found.flow, facts_on(found.edition, today), today)
    return verdict_on(found, known, graph)


def address_of_file(found: Around, form: str) -> str:
    """Return where a file of the flow is sent."""
    return f"{page_of_flow(found)}as/{form}/"


def table_of(flow: PowerFlow) -> Mapping[str, object]:
    """Return the step table with the columns that say something."""
    rows = sheet_rows(flow)
    used = [column for column in COLUMNS if any(column in row for row in rows)]
    return {
        "columns": used,
        "rows": [[(column, row.get(column, "")) for column in used] for row in rows],
    }


def measure_of(flow: PowerFlow) -> Sentence:
    """Return how long and how clear a flow is, in numbers (S1-39, S4-04)."""
    steps = flow.steps
    return zh(
        "{steps} 步，{posts} 个岗位，{key} 个关键环节；{limited} 步写明了时限",
        steps=len(steps),
        posts=len({node.post for node in steps if node.post}),
        key=sum(note.is_key for note in flow.notes),
        limited=sum(node.limit is not None for node in steps),
    )


def sheet_of(found: Around) -> tuple[Definition, ...]:
    """Return what is registered about the flow."""
    flow, power, parent = found.flow, found.power, found.parent
    layer = found.profile.layers.get(flow.layer) or flow.layer.label
    return (
        Definition(
            zh("权力"),
            power.name if power else flow.power or None,
            address("lists:item", found.edition, ItemKind.POWER.value, power.code) if power else "",
        ),
        Definition(zh("层面"), layer),
        Definition(
            zh("细化哪套流程"),
            (parent.name or parent.code) if parent else flow.parent or None,
            address("flows:flow", found.edition, parent.code) if parent else "",
        ),
        Definition(zh("在用"), flow.is_active),
        Definition(zh("规模"), measure_of(flow) if flow.steps else None),
    )
