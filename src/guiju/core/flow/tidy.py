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
    taken, ways = {node.id for node in flow.nodes}, {edge.id for edge in flow.edges}
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
            split = replace(
                node, id=_fresh(f"{node.id}·分", taken), kind=NodeKind.INCLUSIVE, recorded=False
            )
            added.append(replace(split, repeat=None, attached_to="", calls=""))
            edges = [replace(e, source=split.id) if e.source == node.id else e for e in edges]
            edges.append(Edge(_fresh(f"{node.id}·", ways), node.id, split.id))
    return (*nodes, *added), tuple(edges)


def _fresh(name: str, taken: set[str]) -> str:
    """Return ``name``, made longer until nothing bears it, and keep it taken."""
    while name in taken:
        name += "·"
    taken.add(name)
    return name


def within_call(flow: Flow, call: str) -> Flow:
    """Return the called ``flow`` with the call in every id, so that two calls do not mix."""

    def name(own: str) -> str:
        return f"{call}/{own}" if own else ""

    nodes = (
        replace(
            node,
            id=name(node.id),
            inside=name(node.inside),
            attached_to=name(node.attached_to),
            default=name(node.default),
        )
        for node in flow.nodes
    )
    edges = (
        replace(edge, id=name(edge.id), source=name(edge.source), target=name(edge.target))
        for edge in flow.edges
    )
    return replace(flow, nodes=tuple(nodes), edges=tuple(edges))
