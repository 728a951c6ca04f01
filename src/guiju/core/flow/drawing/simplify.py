"""Leaving out what a picture does not need: gateways at which lines merely meet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from guiju.core.flow.model import Edge, Flow
from guiju.core.terms import NodeKind

_WAITS = (NodeKind.PARALLEL, NodeKind.INCLUSIVE)


def simplified(flow: Flow) -> Flow:
    """Return ``flow`` with the lines of unnamed merges led straight to what follows them.

    A merge before a gateway that waits stays: there, two arrows would mean two things.
    """
    kinds = {node.id: node.kind for node in flow.nodes}
    incoming: dict[str, list[Edge]] = defaultdict(list)
    outgoing: dict[str, list[Edge]] = defaultdict(list)
    for edge in flow.edges:
        incoming[edge.target].append(edge)
        outgoing[edge.source].append(edge)
    onward: dict[str, str] = {}
    for node in flow.nodes:
        ways = outgoing[node.id]
        if node.kind is NodeKind.EXCLUSIVE and not node.name and len(ways) == 1:
            target = ways[0].target
            if target != node.id and len(incoming[target]) == 1 and kinds[target] not in _WAITS:
                onward[node.id] = target
    return replace(
        flow,
        nodes=tuple(node for node in flow.nodes if node.id not in onward),
        edges=tuple(
            replace(edge, target=_end(edge.target, onward))
            for edge in flow.edges
            if edge.source not in onward
        ),
    )


def _end(node: str, onward: dict[str, str]) -> str:
    seen = {node}
    while (after := onward.get(node)) and after not in seen:
        node = after
        seen.add(node)
    return node
