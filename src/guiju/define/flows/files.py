"""A flow as a file: BPMN, a step table as a workbook, or a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from guiju.base.ui.language import translate
from guiju.core.errors import Invalid
from guiju.core.flow.drawing import lay_out
from guiju.core.flow.model import Flow
from guiju.core.lists.flows import PowerFlow
from guiju.core.sentence import zh
from guiju.exchange.flow_files import new_bpmn
from guiju.exchange.lists.step_graph import folded_or_none
from guiju.exchange.lists.step_sheet import COLUMNS, sheet_rows
from guiju.exchange.picture import draw_flow
from guiju.exchange.steps.write import workbook_of


@dataclass(frozen=True, slots=True)
class Form:
    """How a flow is written: the content type, and what writes it."""

    content_type: str
    write: Callable[[PowerFlow, Flow], bytes]


def file_of(flow: PowerFlow, form: str) -> bytes:
    """Return a flow as a file.

    Raises:
        Invalid: FLOWS-02 for a flow of which only the name is known, FLOWS-03 where no table
            can tell it; what the writers raise.
    """
    if flow.graph is None or not flow.graph.nodes:
        raise Invalid("FLOWS-02", zh("这套流程还没有步骤，没有可下载的。请先填步骤表。"))
    return FORMS[form].write(flow, flow.graph)


def _bpmn(flow: PowerFlow, graph: Flow) -> bytes:
    return new_bpmn(replace(graph, name=flow.name or graph.name))


def _xlsx(flow: PowerFlow, graph: Flow) -> bytes:
    if folded_or_none(graph) is None:
        raise Invalid(
            "FLOWS-03",
            zh(
                "这套流程有步骤表写不下的部分（定时、子流程、包容网关等）。请下载 BPMN 文件。",
            ),
        )
    rows = [[row.get(column, "") for column in COLUMNS] for row in sheet_rows(flow)]
    return workbook_of([list(COLUMNS), *rows])


def _svg(flow: PowerFlow, graph: Flow) -> bytes:
    drawing = lay_out(graph, translate=translate())
    return draw_flow(graph, drawing, title=flow.name).encode()


FORMS: Mapping[str, Form] = {
    "bpmn": Form("application/xml", _bpmn),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "svg": Form("image/svg+xml", _svg),
}
"""By the ending of the file."""
