"""Following a flow from one node: what comes next, and which approvals stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.core.flow.model import Flow, Node
from guiju.core.lists.flows import PowerFlow
from guiju.core.terms import NodeKind, StepKind

_STEPS = (NodeKind.TASK, NodeKind.CALL)
_SPLITS = (NodeKind.PARALLEL, NodeKind.INCLUSIVE)
_APPROVING = (StepKind.REVIEW, StepKind.APPROVE, StepKind.SIGN, StepKind.DECIDE)


def successors(graph: Flow) -> Mapping[str, list[str]]:
    """Return the nodes directly behind each node."""
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        after.setdefault(edge.source, []).append(edge.target)
    return after


def next_steps(graph: Flow, after: Mapping[str, list[str]], node: str) -> frozenset[str]:
    """Return the steps and ends that come next after ``node``, through gateways and events."""
    kinds = {n.id: n.kind for n in graph.nodes}
    found: set[str] = set()
    seen, waiting = {node}, list(after.get(node, ()))
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if kinds.get(one) in (*_STEPS, NodeKind.SUBPROCESS, NodeKind.END, NodeKind.TERMINATE):
            found.add(one)
        else:
            waiting.extend(after.get(one, ()))
    return frozenset(found)


def parallel_approvals(flow: PowerFlow) -> Iterator[tuple[Node, ...]]:
    """Yield approvals by different posts that directly follow one parallel split."""
    graph = flow.graph
    if graph is None or not any(node.kind in _SPLITS for node in graph.nodes):
        return
    after = successors(graph)
    nodes = {node.id: node for node in graph.nodes}
    for split in graph.nodes:
        if split.kind in _SPLITS and len(after.get(split.id, ())) > 1:
            behind = (nodes[target] for target in after[split.id] if target in nodes)
            branches = tuple(node for node in behind if node.step in _APPROVING)
            if len(branches) > 1 and len({node.post for node in branches}) > 1:
                yield branches
