"""Random nets and graphs, mostly unsound: raw masks, damaged flows, wild gateways."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from engine.weaving import LABELS, blocks, flow_of
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.flow.net import Net, Transition
from guiju.core.terms import NodeKind


def mask(places) -> int:
    return sum(1 << place for place in places)


@st.composite
def raw_nets(draw) -> Net:
    """Return a net of any masks: place 0 is the start, place 1 the end."""
    places = draw(st.integers(3, 7))
    inner = range(2, places)
    moves = []
    for number in range(draw(st.integers(2, 8))):
        take = mask(draw(st.sets(st.sampled_from([0, *inner]), min_size=1, max_size=2)))
        put = mask(draw(st.sets(st.integers(1, places - 1), max_size=2)))
        clear = mask(draw(st.sets(st.sampled_from(inner), max_size=2)))
        clear = clear & ~put if draw(st.integers(0, 3)) == 0 else 0
        label = draw(st.sampled_from(["", "", "a", "b"]))
        moves.append(Transition(take, put, clear, label, f"t{number}"))
    return Net(tuple(f"p{i}" for i in range(places)), tuple(moves), 1, 2, {})


@st.composite
def damaged_nets(draw) -> Net:
    """Return a block-structured flow's net with some of its moves lost or bent."""
    net = compile_flow(flow_of(draw(blocks(leaves=5))))
    moves = list(net.transitions)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(moves) - 1))
        place = 1 << draw(st.integers(2, len(net.places) - 1)) if len(net.places) > 2 else 2
        kind = draw(st.sampled_from(["drop", "put", "more", "take", "clear"]))
        if kind == "drop" and len(moves) > 1:
            del moves[at]
        elif kind == "put":
            moves[at] = replace(moves[at], put=place)
        elif kind == "more":
            moves[at] = replace(moves[at], put=moves[at].put | place)
        elif kind == "take" and place != 2:
            moves[at] = replace(moves[at], take=place)
        elif kind == "clear":
            moves[at] = replace(moves[at], clear=place & ~moves[at].put & ~2)
    return replace(net, transitions=tuple(moves))


@st.composite
def wild_flows(draw) -> Flow:
    """Return a graph of tasks and gateways joined at random, from one start to some end."""
    count = draw(st.integers(2, 7))
    kinds = [NodeKind.TASK] * 3 + [NodeKind.EXCLUSIVE, NodeKind.PARALLEL] * 2
    nodes = [Node("start", NodeKind.START), Node("end", NodeKind.END, name="完")]
    if draw(st.integers(0, 5)) == 0:
        nodes.append(Node("stop", NodeKind.TERMINATE, name="止"))
    for number in range(count):
        kind = draw(st.sampled_from(kinds))
        name = draw(st.sampled_from(LABELS)) if kind is NodeKind.TASK else ""
        nodes.append(Node(f"n{number}", kind, name=name))
    inner = [f"n{number}" for number in range(count)]
    pairs = {("start", draw(st.sampled_from(inner)))}
    targets = inner + [n.id for n in nodes if n.kind in (NodeKind.END, NodeKind.TERMINATE)]
    for source in inner:
        most = 1 if draw(st.booleans()) else 3
        for target in draw(st.sets(st.sampled_from(targets), min_size=1, max_size=most)):
            pairs.add((source, target))
    edges = (Edge(f"{s}-{t}", s, t) for s, t in sorted(pairs))
    return Flow("wild", "乱", tuple(nodes), tuple(edges))
