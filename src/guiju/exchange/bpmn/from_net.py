"""A free-choice net as a flow, for drawing and for writing it as BPMN.

Each place becomes an exclusive gateway, each transition a task (or nothing, when silent)
between parallel gateways; gateways with one way in and one way out are then left out.
Transitions that compete for the same places share one parallel join before their choice.

Beyond free choice, one place of a join may also lead elsewhere (a loop that is left through
the join, as miners like to draw it). There the flow chooses before it waits. Every trace
stays: the net can make that silent choice at the moment of the join, and a flow's run
without its choices is a run of the net.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.flow.net import Net, Transition, bits
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind
from guiju.exchange.xml_tree import brief

_GATEWAYS = (NodeKind.EXCLUSIVE, NodeKind.PARALLEL)


def flow_of_net(net: Net, *, name: str = "") -> Flow:
    """Return a flow that allows the same traces as ``net``.

    Raises:
        Invalid: BPMN-30 not free choice (see above), BPMN-31 a transition without ways in or out,
            BPMN-32 a transition that empties places.
    """
    # A silent move that changes nothing says nothing.
    moves = [move for move in net.transitions if move.label or move.take != move.put]
    _check(net, moves)
    sketch = _Sketch()
    start, begin = sketch.node(NodeKind.START), sketch.node(NodeKind.PARALLEL)
    places = [sketch.node(NodeKind.EXCLUSIVE) for _ in net.places]
    sketch.join([start], [begin])
    sketch.join([begin], (places[bit] for bit in bits(net.initial)))
    choices: dict[int, int] = {}
    for move in moves:
        if move.take not in choices:
            choices[move.take] = sketch.node(NodeKind.EXCLUSIVE)
            waiting = sketch.node(NodeKind.PARALLEL)
            sketch.join((places[bit] for bit in bits(move.take)), [waiting])
            sketch.join([waiting], [choices[move.take]])
        step = sketch.node(NodeKind.TASK if move.label else NodeKind.PARALLEL, move.label)
        split = sketch.node(NodeKind.PARALLEL)
        sketch.join([choices[move.take]], [step])
        sketch.join([step], [split])
        sketch.join([split], (places[bit] for bit in bits(move.put)))
    finish, end = sketch.node(NodeKind.PARALLEL), sketch.node(NodeKind.END)
    sketch.join((places[bit] for bit in bits(net.final)), [finish])
    sketch.join([finish], [end])
    while sketch.simplify():
        pass
    return sketch.flow(name)


class _Sketch:
    """Numbered nodes, and edges as pairs of them."""

    def __init__(self) -> None:
        self.nodes: list[tuple[NodeKind, str]] = []
        self.edges: list[tuple[int, int]] = []

    def node(self, kind: NodeKind, name: str = "") -> int:
        self.nodes.append((kind, name))
        return len(self.nodes) - 1

    def join(self, sources: Iterable[int], targets: Iterable[int]) -> None:
        self.edges.extend(product(sources, targets))

    def kind(self, node: int) -> NodeKind:
        return self.nodes[node][0]

    def simplify(self) -> bool:
        """Drop needless edges and gateways; tell whether that may have made others needless."""
        before = len(self.edges)
        self._drop_needless_edges()
        into, out_of = Counter(b for _, b in self.edges), Counter(a for a, _ in self.edges)
        following = dict(self.edges)
        passed = {
            node
            for node, (kind, _) in enumerate(self.nodes)
            if kind in _GATEWAYS and into[node] == out_of[node] == 1
        }
        kept = []
        for source, target in self.edges:
            if source not in passed:
                end = target
                while end in passed:
                    end = following[end]
                kept.append((source, end))
        self.edges = kept
        return len(self.edges) < before

    def _drop_needless_edges(self) -> None:
        """A choice that leads back to itself, or twice to the same, is no choice."""
        seen: set[tuple[int, int]] = set()
        kept = []
        for edge in self.edges:
            source, target = edge
            choice = self.kind(source) is NodeKind.EXCLUSIVE
            again = edge in seen and self.kind(target) is not NodeKind.PARALLEL
            if not (choice and (source == target or again)):
                kept.append(edge)
            seen.add(edge)
        self.edges = kept

    def flow(self, name: str) -> Flow:
        """Return the nodes and edges, numbered as one meets them from the start."""
        touched = {node for edge in self.edges for node in edge}
        following: dict[int, list[int]] = {}
        for source, target in self.edges:
            following.setdefault(source, []).append(target)
        numbers: Counter[NodeKind] = Counter()
        nodes: dict[int, Node] = {}
        for number in _met(following, len(self.nodes)):
            kind, title = self.nodes[number]
            if number in touched or kind not in _GATEWAYS:
                numbers[kind] += 1
                nodes[number] = Node(f"{kind.value}_{numbers[kind]}", kind, title)
        ways = [
            (nodes[source].id, nodes[t].id) for source in nodes for t in following.get(source, ())
        ]
        edges = (Edge(f"flow_{number}", *way) for number, way in enumerate(ways, start=1))
        return Flow("process", name, tuple(nodes.values()), tuple(edges))


def _met(following: Mapping[int, list[int]], size: int) -> dict[int, None]:
    """Return all nodes below ``size``, breadth first from 0; what it does not reach comes last."""
    met = {0: None}
    waiting = [0]
    for node in waiting:
        fresh = dict.fromkeys(t for t in following.get(node, ()) if t not in met)
        met |= fresh
        waiting += fresh
    return met | dict.fromkeys(range(size))


def _check(net: Net, moves: list[Transition]) -> None:
    for move in moves:
        title = brief(net.titles.get(move.node, "") or move.label or move.node)
        if move.clear:
            raise Invalid(
                "BPMN-32",
                zh("变迁「{title}」要清空别处的令牌，不能改画成流程图。", title=title),
            )
        if not move.take or not move.put:
            raise Invalid(
                "BPMN-31",
                zh(
                    "变迁「{title}」缺少进入或离开的弧，不能改画成流程图。请给它补上前后的库所。",
                    title=title,
                ),
            )
    _check_choices(net, {move.take for move in moves})


def _check_choices(net: Net, takes: set[int]) -> None:
    """Refuse joins that share two or more of their places with other transitions."""
    taken = Counter(bit for take in takes for bit in bits(take))
    for take in sorted(takes):
        shared = [bit for bit in bits(take) if taken[bit] > 1]
        if len(shared) > 1:
            raise Invalid(
                "BPMN-30",
                zh(
                    "库所「{place}」和「{other}」之后的变迁等待的条件互相交错（不是自由选择网），"
                    "不能改画成流程图。可直接用这个 PNML 文件核对，或改成先选择、再等待。",
                    place=brief(net.places[shared[0]]),
                    other=brief(net.places[shared[1]]),
                ),
            )
