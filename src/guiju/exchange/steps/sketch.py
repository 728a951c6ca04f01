"""A picture of rows that are no flow: what they say, with whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.steps.step import END, Step
from guiju.exchange.steps.unfold import task_of


def sketch(steps: Sequence[Step], name: str) -> Flow:
    """Return rows as nodes and edges that can be drawn; they need not make a flow.

    Numbers that are not there and rows that bear a number a second time are left out. Nobody
    proves or runs it.
    """
    known: dict[str, Step] = {}
    for step in steps:
        known.setdefault(step.number, step)
    nodes = [Node("start", NodeKind.START, "开始"), *map(task_of, known.values())]
    pairs: list[tuple[str, str, str]] = [("start", "s" + steps[0].number, "")] if steps else []
    for step in known.values():
        source = "s" + step.number
        ways = [
            (number, way)
            for number, way in enumerate(step.ways)
            if any(target in known or target == END for target in way.targets)
        ]
        if len(ways) > 1:
            nodes.append(Node(f"x_{step.number}", NodeKind.EXCLUSIVE))
            pairs.append((source, nodes[-1].id, ""))
            source = nodes[-1].id
        for number, way in ways:
            begin, said = source, way.condition
            if len(way.targets) > 1:
                nodes.append(Node(f"p_{step.number}_{number}", NodeKind.PARALLEL))
                pairs.append((source, nodes[-1].id, said))
                begin, said = nodes[-1].id, ""
            reached = (target for target in way.targets if target in known or target == END)
            pairs += [(begin, _node(target), said) for target in dict.fromkeys(reached)]
    if any(target == "end" for _, target, _ in pairs):
        nodes.append(Node("end", NodeKind.END, "结束"))
    edges = (
        Edge(f"f{number}", source, target, name=said, condition=said)
        for number, (source, target, said) in enumerate(pairs, 1)
    )
    return Flow("flow", name, tuple(nodes), tuple(edges))


def _node(target: str) -> str:
    return "end" if target == END else "s" + target
