"""One scope of a flow as layered vertices: real nodes, and bends of long lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guiju.core.flow.drawing.layers import Pair, layers_of, returning
from guiju.core.flow.drawing.phases import phases_of
from guiju.core.flow.model import Edge, Node
from guiju.core.terms import NodeKind, Phase


@dataclass(slots=True)
class Line:
    """An edge on its way: vertices from the lower layer to the higher, and if it leads back.

    A forward line runs from node to node over the bends between. A line that leads back has
    bends in the layers of both its ends too: it goes round them, from behind the one to before
    the other. ``target`` is where it ends: the host, if the edge leads to a boundary event.
    """

    edge: Edge
    target: str
    is_back: bool
    chain: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Layered:
    """What is to be placed.

    Attributes:
        names: for each vertex the node it is, "" for a bend.
        hosts: for each boundary event the node on whose border it sits.
        layers: vertices of each layer.
        phase: for each layer, the phase it belongs to.
        lines: the edges.
        before: for each vertex its neighbours in the layer before.
        after: for each vertex its neighbours in the layer after.
    """

    names: list[str]
    hosts: dict[str, str]
    layers: list[list[int]]
    phase: list[Phase | None]
    lines: list[Line] = field(default_factory=list)
    before: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    after: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def layered(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layered:
    """Return the vertices of ``nodes`` and ``edges``, which belong to one scope."""
    hosts = _hosts(nodes)
    standing = {n.id: n.phase for n in nodes if n.id not in hosts}
    pairs = [(hosts.get(e.source, e.source), hosts.get(e.target, e.target)) for e in edges]
    phases = phases_of(standing, pairs)
    rank = {node: list(Phase).index(phase) if phase else 0 for node, phase in phases.items()}
    back = returning(list(standing), pairs, rank)
    forward = [pair for index, pair in enumerate(pairs) if index not in back]
    layer = layers_of(list(standing), forward, rank)
    result = _standing(hosts, layer, phases)
    number = {node: vertex for vertex, node in enumerate(result.names)}
    for index, (edge, pair) in enumerate(zip(edges, pairs, strict=True)):
        line = Line(edge, pair[1], index in back)
        result.lines.append(line)
        _add_line(result, line, pair, layer, number)
    return result


def _hosts(nodes: Sequence[Node]) -> dict[str, str]:
    """Return the host of each boundary event; one without a host stands by itself."""
    able = {node.id for node in nodes if node.kind is not NodeKind.BOUNDARY_TIMER}
    return {
        node.id: node.attached_to
        for node in nodes
        if node.kind is NodeKind.BOUNDARY_TIMER and node.attached_to in able
    }


def _standing(
    hosts: dict[str, str], layer: Mapping[str, int], phases: Mapping[str, Phase | None]
) -> Layered:
    count = max(layer.values(), default=-1) + 1
    result = Layered(list(phases), hosts, [[] for _ in range(count)], [None] * count)
    for vertex, node in enumerate(result.names):
        result.layers[layer[node]].append(vertex)
        result.phase[layer[node]] = phases[node]
    return result


def _add_line(
    result: Layered, line: Line, pair: Pair, layer: Mapping[str, int], number: Mapping[str, int]
) -> None:
    lower, higher = reversed(pair) if line.is_back else pair
    first, last = layer[lower], layer[higher]
    inner = range(first, last + 1) if line.is_back else range(first + 1, last)
    bends = [_bend(result, at) for at in inner]
    ends = number[lower], number[higher]
    line.chain = bends if line.is_back else [ends[0], *bends, ends[1]]
    for one, other in pairwise(line.chain):
        _join(result, one, other)
    if line.is_back and len(bends) > 2:
        # Drawn to its ends, so that the line does not wander far from them.
        _join(result, ends[0], bends[1])
        _join(result, bends[-2], ends[1])


def _join(result: Layered, one: int, other: int) -> None:
    result.after[one].append(other)
    result.before[other].append(one)


def _bend(result: Layered, layer: int) -> int:
    result.names.append("")
    vertex = len(result.names) - 1
    result.layers[layer].append(vertex)
    return vertex
