"""Small flows written by hand: chains such as ``"s>甲>A1"``, joined where names are the same.

The first letter of an ASCII name tells its kind: s start, e end, k terminate (kill),
X exclusive, A parallel, O inclusive; every other name is a task of that name.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind

KINDS = {
    "s": NodeKind.START,
    "e": NodeKind.END,
    "k": NodeKind.TERMINATE,
    "X": NodeKind.EXCLUSIVE,
    "A": NodeKind.PARALLEL,
    "O": NodeKind.INCLUSIVE,
}


def node_called(name: str) -> Node:
    kind = KINDS.get(name[0], NodeKind.TASK)
    return Node(name, kind, name=name if kind is NodeKind.TASK else "")


def drawn(*chains: str, special: tuple[Node, ...] = (), called: tuple[Flow, ...] = ()) -> Flow:
    """Return the flow of ``chains``; ``special`` nodes replace those made from names.

    An edge's id is ``source>target``.
    """
    nodes = {name: node_called(name) for chain in chains for name in chain.split(">")}
    nodes |= {node.id: node for node in special}
    pairs = dict.fromkeys(pair for chain in chains for pair in pairwise(chain.split(">")))
    edges = (Edge(f"{a}>{b}", a, b) for a, b in pairs)
    return Flow("main", "测试流程", tuple(nodes.values()), tuple(edges), called)


def task(name: str, **more) -> Node:
    return Node(name, NodeKind.TASK, name=name, **more)


def timer(name: str, host: str, *, interrupting: bool = True, **more) -> Node:
    return Node(
        name,
        NodeKind.BOUNDARY_TIMER,
        name=name,
        attached_to=host,
        interrupting=interrupting,
        **more,
    )


def inside(flow: Flow, host: str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the nodes and edges of ``flow`` moved into the subprocess ``host``."""
    return tuple(replace(node, inside=node.inside or host) for node in flow.nodes), flow.edges


def with_subprocess(outer: Flow, host: str, body: Flow) -> Flow:
    """Return ``outer`` whose node ``host`` holds ``body``."""
    nodes, edges = inside(body, host)
    kept = tuple(replace(n, kind=NodeKind.SUBPROCESS) if n.id == host else n for n in outer.nodes)
    return replace(outer, nodes=(*kept, *nodes), edges=(*outer.edges, *edges))
