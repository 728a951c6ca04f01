"""BPMN DI: where nodes stand and edges run (BPMN 2.0, chapter 12). Lengths in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.render import Lines, Naming, element
from guiju.exchange.bpmn.vocabulary import BOUNDS, DIAGRAM, POINTS

Layout = Mapping[str, tuple[float, float, float, float]]
"""For each node: left, top, width, height."""
Routes = Mapping[str, Sequence[tuple[float, float]]]
"""For each edge: the points that its line passes."""


def shape(node: Node, layout: Layout, name: Naming) -> Lines:
    """Return where ``node`` stands."""
    left, top, width, height = map(_length, layout[node.id])
    bounds = {"x": left, "y": top, "width": width, "height": height}
    expanded = "true" if node.kind is NodeKind.SUBPROCESS else None
    attributes = {"bpmnElement": node.id, "isExpanded": expanded}
    return element(
        name("BPMNShape", DIAGRAM), attributes, [element(name("Bounds", BOUNDS), bounds)]
    )


def line(edge: Edge, layout: Layout, routes: Routes, name: Naming) -> Lines:
    """Return where ``edge`` runs: its route, or straight from middle to middle."""
    points = routes.get(edge.id, ())
    if len(points) < 2:
        points = [_middle(layout[edge.source]), _middle(layout[edge.target])]
    return element(
        name("BPMNEdge", DIAGRAM),
        {"bpmnElement": edge.id},
        [element(name("waypoint", POINTS), {"x": _length(x), "y": _length(y)}) for x, y in points],
    )


def diagram(flow: Flow, layout: Layout, routes: Routes, name: Naming) -> Iterator[Lines]:
    """Yield the diagram of ``flow``; nothing when no node of it is laid out."""
    drawn = [shape(node, layout, name) for node in flow.nodes if node.id in layout]
    if not drawn:
        return
    drawn += [line(edge, layout, routes, name) for edge in flow.edges if is_drawn(edge, layout)]
    plane = element(name("BPMNPlane", DIAGRAM), {"bpmnElement": flow.id}, drawn)
    yield element(name("BPMNDiagram", DIAGRAM), {}, [plane])


def is_drawn(edge: Edge, layout: Layout) -> bool:
    """Tell whether both ends of ``edge`` are laid out."""
    return edge.source in layout and edge.target in layout


def _middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def _length(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
