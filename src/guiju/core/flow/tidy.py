"""Writing out what BPMN leaves unsaid, before a flow is compiled.

A step with several conditional ways out is an inclusive split; an inclusive
gateway that both joins and splits is a join followed by a split.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind

_GATEWAYS = (NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE)


def tidy(flow: Flow, inside: str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the nodes and edges directly inside ``inside`` with every split and join explicit."""
    nodes = [node for node in flow.nodes if node.inside == inside]
    ids = {node.id for node in nodes}
    edges = [edge for edge in flow.edges if edge.source in ids and edge.target in ids]
    incoming = Counter(edge.target for edge in edges)
    outgoing = Counter(edge.source for edge in edges)
    conditional = {edge.source for edge in edges if edge.condition}
    added: list[Node] = []
    for node in nodes:
        if outgoing[node.id] < 2:
            continue
        mixed = node.kind is NodeKind.INCLUSIVE and incoming[node.id] > 1
        chooses = node.kind not in _GATEWAYS and (node.id in conditional or node.default)
        if mixed or chooses:
            split = replace(node, id=f"{node.id}·分", kind=NodeKind.INCLUSIVE, recorded=False)
            added.append(replace(split, repeat=None, attached_to="", calls=""))
            edges = [replace(e, source=split.id) if e.source == node.id else e for e in edges]
            edges.append(Edge(f"{node.id}·", node.id, split.id))
    return (*nodes, *added), tuple(edges)
