"""The step table of a flow, row by row, and the flow that rows and what is kept of it give."""

from __future__ import annotations

import json
from functools import lru_cache

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow, Node
from guiju.core.lists.flows import step_key
from guiju.core.plain import made, plain
from guiju.core.terms import NodeKind
from guiju.exchange.steps import notation
from guiju.exchange.steps.fold import fold
from guiju.exchange.steps.step import Column, Step

_STEPS = (NodeKind.TASK, NodeKind.CALL)


def step_rows(graph: Flow) -> list[dict[Column, str]]:
    """Return the rows of a flow's step table; where no table can express it, its steps alone."""
    steps = [node for node in graph.nodes if node.kind in _STEPS]
    try:
        folded = fold(graph)
    except Invalid:
        folded = []
    if {step.number for step in folded} == {step_key(node) for node in steps}:
        return [_told(step) for step in folded]
    return [_bare(node) for node in steps]


def _told(step: Step) -> dict[Column, str]:
    return _filled(
        {
            Column.NUMBER: step.number,
            Column.NAME: step.name,
            Column.KIND: str(step.kind.label) if step.kind else "",
            Column.PHASE: str(step.phase.label) if step.phase else "",
            Column.POST: step.post,
            Column.LIMIT: notation.written_limit(step.limit),
            Column.NEXT: "、".join(way.written for way in step.ways),
            Column.CONDITION: notation.written_conditions(step.ways),
            Column.SIGNING: notation.written_signing(step.signing),
        }
    )


def _bare(node: Node) -> dict[Column, str]:
    return _filled(
        {
            Column.NUMBER: step_key(node),
            Column.NAME: node.name,
            Column.KIND: str(node.step.label) if node.step else "",
            Column.PHASE: str(node.phase.label) if node.phase else "",
            Column.POST: node.post,
            Column.LIMIT: notation.written_limit(node.limit),
            Column.SIGNING: notation.written_signing(node.signing),
        }
    )


def _filled(cells: dict[Column, str]) -> dict[Column, str]:
    return {column: text.strip() for column, text in cells.items() if text.strip()}


def graph_text(graph: Flow) -> str:
    """Return a flow complete, with what a table does not show."""
    return json.dumps(plain(graph), ensure_ascii=True, separators=(",", ":"))


@lru_cache(maxsize=1024)
def graph_of(text: str) -> Flow | None:
    """Return the flow that ``graph_text`` told; None for what is none any more."""
    try:
        return made(Flow, json.loads(text))
    except Exception:  # noqa: BLE001 - whatever somebody made of the text, the table stands
        return None
