"""Proving many flows: most have one of a few shapes, and what is proved of one holds for all.

Whether a flow is sound depends on its nodes and edges, not on names, posts or limits.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.model import Flow
from guiju.core.flow.soundness import prove
from guiju.core.lists.flows import PowerFlow
from guiju.core.sentence import Sentence


def shape(flow: Flow) -> Hashable:
    """Return all of a flow that its soundness rests on; equal for flows that only differ in words.

    A flow that calls others is its own shape.
    """
    if flow.called:
        return flow
    nodes = tuple(
        (
            node.id,
            node.kind,
            node.task,
            node.repeat,
            node.inside,
            node.attached_to,
            node.interrupting,
            node.default,
            node.link,
            node.calls,
            bool(node.timer),
        )
        for node in flow.nodes
    )
    return nodes, tuple((e.id, e.source, e.target, bool(e.condition)) for e in flow.edges)


def unsound(flows: Iterable[PowerFlow]) -> Iterator[tuple[PowerFlow, Sentence, str]]:
    """Yield what is wrong with each flow, and the id of the node where it shows."""
    proved: set[Hashable] = set()
    for flow in flows:
        if flow.graph is None or not flow.graph.nodes:
            continue
        seen = shape(flow.graph)
        if seen in proved:
            continue
        faults = list(_faults(flow.graph))
        if not faults:
            proved.add(seen)
        for sentence, node in faults:
            yield flow, sentence, node


def _faults(graph: Flow) -> Iterator[tuple[Sentence, str]]:
    try:
        net = compile_flow(graph)
        for fault in prove(net).faults:
            yield explain_fault(net, fault), fault.node
    except Invalid as refusal:
        yield refusal.sentence, ""
