"""From the rows of a step table to a flow that keeps what it can of the one before.

What only changes words (names, posts, limits) leaves the elements as they were drawn; a flow
that no table can express (timers, subprocesses) may be changed in no other way here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow, Node
from guiju.core.lists.flows import step_key
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind
from guiju.exchange.steps.fold import fold
from guiju.exchange.steps.step import Step
from guiju.exchange.steps.unfold import unfold

_STEPS = (NodeKind.TASK, NodeKind.CALL)


def graph_of_steps(
    steps: Sequence[Step], before: Flow | None, name: str, *, is_blank: bool
) -> Flow:
    """Return the flow that rows tell.

    Args:
        steps: the rows.
        before: the flow as it was.
        name: of the flow.
        is_blank: whether no row says what comes next.

    Raises:
        Invalid: STEP-20 where steps came or went of a flow that no table can express; what
            ``unfold`` raises.
    """
    if before is not None:
        folded = folded_or_none(before)
        if folded is None and is_blank:
            return _patched(before, _same_steps(before, steps))
        if folded is not None and _ways(folded) == _ways(steps):
            return _patched(before, steps)
    return unfold(steps, name)


def folded_or_none(graph: Flow) -> list[Step] | None:
    """Return the rows of a flow under the keys of its steps; None where no table tells it."""
    try:
        steps = fold(graph)
    except Invalid:
        return None
    keys = {step_key(node) for node in graph.nodes if node.kind in _STEPS}
    return steps if {step.number for step in steps} == keys else None


def numbered(graph: Flow, before: Flow | None) -> Flow:
    """Give each step a number: that of the same element before, its own, or the next one free.

    So that what names a step (risks, duties, notes) still finds it in a flow that was drawn.
    """
    old = {node.id: node.number for node in before.nodes if node.number} if before else {}
    taken: set[str] = set()
    given: dict[str, str] = {}
    for node in _steps(graph):
        number = node.number or old.get(node.id, "")
        if number and number not in taken:
            given[node.id] = number
            taken.add(number)
    free = (str(n) for n in range(1, 10**6) if str(n) not in taken)
    for node in _steps(graph):
        if node.id not in given:
            given[node.id] = next(free)
    nodes = tuple(
        replace(node, number=given[node.id]) if node.id in given else node for node in graph.nodes
    )
    return replace(graph, nodes=nodes)


def _steps(graph: Flow) -> list[Node]:
    return [node for node in graph.nodes if node.kind in _STEPS]


def _ways(steps: Sequence[Step]) -> list[object]:
    return [(step.number, step.ways) for step in steps]


def _same_steps(before: Flow, steps: Sequence[Step]) -> Sequence[Step]:
    if {step_key(node) for node in _steps(before)} != {step.number for step in steps}:
        raise Invalid(
            "STEP-20",
            zh(
                "这套流程有步骤表写不下的部分（定时、子流程、包容网关等），"
                "这里只能改各步的名称、岗位、时限和说明。要增减步骤，请画流程图，"
                "或把每一步的「下一步」都填上，用步骤表重新画。"
            ),
        )
    return steps


def _patched(graph: Flow, steps: Sequence[Step]) -> Flow:
    by_key = {step.number: step for step in steps}

    def said(node: Node) -> Node:
        step = by_key.get(step_key(node)) if node.kind in _STEPS else None
        if step is None:
            return node
        return replace(
            node,
            name=step.name,
            step=step.kind,
            phase=step.phase,
            post=step.post,
            limit=step.limit,
            signing=step.signing,
        )

    return replace(graph, nodes=tuple(map(said, graph.nodes)))
