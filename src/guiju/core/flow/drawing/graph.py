"""One scope of a flow as layered vertices: real nodes, and bends of long lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiju.core.flow.drawing.layers import layers_of, returning
from guiju.core.flow.model import Edge, Node
from guiju.core.terms import NodeKind, Phase


@dataclass(slots=True)
class Line:
    """An edge on its way: vertices from the lower layer to the higher, and if it leads back.

    A forward line runs from node to node over the bends between. A line that leads back has
    bends in the layers of both its ends too: it goes round them, from behind the one to before
    the other.
    """

    edge: Edge
    is_back: bool
    chain: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Layered:
    """What is to be placed.

    Attributes:
        names: for each vertex the node it is, "" for a bend.
        layers: vertices of each layer.
        lines: the edges.
        before: for each vertex its neighbours in the layer before.
        after: for each vertex its neighbours in the layer after.
        phase: for each layer, the phase it belongs to.
    """

    names: list[str]
    layers: list[list[int]]
    lines: list[Line]
    before: dict[int, list[int]]
    after: dict[int, list[int]]
    phase: list[Phase | None]


def layered(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layered:
    """Return the vertices of ``nodes`` and ``edges``, which belong to one scope."""
    hosts = {n.id: n.attached_to for n in nodes if n.kind is NodeKind.BOUNDARY_TIMER}
    standing = [n.id for n in nodes if n.id not in hosts]
    pairs = [(hosts.get(e.source, e.source), hosts.get(e.target, e.target)) for e in edges]
    phases = _phases(standing, {n.id: n.phase for n in nodes if n.id not in hosts}, pairs)
    rank = {node: list(Phase).index(phase) if phase else 0 for node, phase in phases.items()}
    back = returning(standing, pairs, rank)
    forward = [pair for index, pair in enumerate(pairs) if index not in back]
    layer = layers_of(standing, forward, rank)
    result = Layered(list(standing), [], [], defaultdict(list), defaultdict(list), [])
    result.layers = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    result.phase = [None] * len(result.layers)
    number = {node: at for at, node in enumerate(standing)}
    for node in standing:
        result.layers[layer[node]].append(number[node])
        result.phase[layer[node]] = phases[node]
    for index, (edge, (source, target)) in enumerate(zip(edges, pairs, strict=True)):
        line = Line(edge, index in back)
        result.lines.append(line)
        ends = (
            (number[target], number[source]) if line.is_back else (number[source], number[target])
        )
        spans = layer[result.names[ends[0]]], layer[result.names[ends[1]]]
        _add_line(result, line, ends, spans)
    return result


def _add_line(result: Layered, line: Line, ends: tuple[int, int], spans: tuple[int, int]) -> None:
    first, last = spans
    inner = range(first, last + 1) if line.is_back else range(first + 1, last)
    bends = [_bend(result, number) for number in inner]
    line.chain = bends if line.is_back else [ends[0], *bends, ends[1]]
    for one, other in zip(line.chain, line.chain[1:], strict=False):
        result.after[one].append(other)
        result.before[other].append(one)
    if line.is_back and len(bends) > 2:
        # Drawn to its ends, so that the line does not wander far from them.
        result.after[ends[0]].append(bends[1])
        result.before[bends[1]].append(ends[0])
        result.after[bends[-2]].append(ends[1])
        result.before[ends[1]].append(bends[-2])


def _bend(result: Layered, layer: int) -> int:
    result.names.append("")
    vertex = len(result.names) - 1
    result.layers[layer].append(vertex)
    return vertex


def _phases(
    standing: Sequence[str], own: Mapping[str, Phase | None], pairs: Sequence[tuple[str, str]]
) -> dict[str, Phase | None]:
    """Return a phase for every node: its own, or the latest of those before it.

    What stands before all phases takes the first one after it; None everywhere when no step
    names a phase.
    """
    phases = dict(own)
    if not any(phases.values()):
        return phases
    back = returning(standing, pairs, dict.fromkeys(standing, 0))
    forward = [pair for index, pair in enumerate(pairs) if index not in back]
    order = layers_of(standing, forward, dict.fromkeys(standing, 0))
    ranked = list(Phase)
    for node in sorted(standing, key=order.__getitem__):
        known = [p for source, target in forward if target == node and (p := phases[source])]
        if phases[node] is None and known:
            phases[node] = max(known, key=ranked.index)
    for node in sorted(standing, key=order.__getitem__, reverse=True):
        known = [p for source, target in forward if source == node and (p := phases[target])]
        if phases[node] is None:
            phases[node] = min(known, key=ranked.index, default=Phase.MOTION)
    return phases
