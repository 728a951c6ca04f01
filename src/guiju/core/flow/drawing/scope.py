"""Laying out a flow: each scope by itself, subprocesses as boxes around theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil

from guiju.core.flow.drawing.across import places_across
from guiju.core.flow.drawing.figure import Band, Box, Drawing, Turn, turn_of
from guiju.core.flow.drawing.graph import Layered, layered
from guiju.core.flow.drawing.ordering import ordered
from guiju.core.flow.drawing.placed import Placed
from guiju.core.flow.drawing.routing import route_all
from guiju.core.flow.drawing.shapes import PHASE, SMALL, TIMER, Shape, shape_of, with_timers
from guiju.core.flow.drawing.simplify import simplified
from guiju.core.flow.drawing.straighten import straightened
from guiju.core.flow.drawing.text import text_width, wrap
from guiju.core.flow.model import Flow, Node
from guiju.core.sentence import Translate
from guiju.core.terms import Direction, NodeKind

MARGIN = 20.0
_HEAD, _PAD = 34.0, 14.0
_LEAST_SCOPE = 9 * PHASE
_NEAR, _APART = 16.0, 30.0


@dataclass(frozen=True, slots=True)
class _Look:
    """Which way the picture runs, and in which language its own words are."""

    direction: Direction
    translate: Translate


def lay_out(
    flow: Flow,
    *,
    direction: Direction = Direction.RIGHT,
    everything: bool = False,
    translate: Translate = str,
) -> Drawing:
    """Return where the nodes and edges of ``flow`` are drawn, in pixels.

    Unnamed gateways at which lines merely meet are left out, with the line behind them, unless
    ``everything`` is wanted. ``translate`` is for phases, time limits and unnamed events.
    """
    look = _Look(direction, translate)
    drawing = _scope(flow if everything else simplified(flow), "", look)
    moved = drawing.moved(MARGIN, MARGIN)
    first = MARGIN
    bands = tuple(Band(b.title, b.start + first, b.end + first) for b in drawing.bands)
    return replace(
        moved, width=drawing.width + 2 * MARGIN, height=drawing.height + 2 * MARGIN, bands=bands
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """The nodes of a scope, and for subprocesses the drawings inside them."""

    nodes: tuple[Node, ...]
    shapes: dict[str, Shape]
    inner: dict[str, Drawing]


def _scope(flow: Flow, inside: str, look: _Look) -> Drawing:
    direction = look.direction
    nodes = tuple(node for node in flow.nodes if node.inside == inside)
    ids = {node.id for node in nodes}
    edges = tuple(e for e in flow.edges if e.source in ids and e.target in ids)
    content = _content(flow, nodes, look)
    graph = layered(nodes, edges)
    graph.layers = ordered(graph.layers, graph.before, graph.after)
    placed = Placed(graph, content.shapes, _across(graph, content.shapes, direction), direction)
    routes = route_all(placed)
    boxes = _boxes(placed, content, turn_of(direction))
    inner = [
        content.inner[box.node].moved(box.x + _PAD, box.y + _HEAD)
        for box in boxes
        if box.node in content.inner
    ]
    length, breadth = placed.length, placed.breadth
    width, height = (length, breadth) if direction is Direction.RIGHT else (breadth, length)
    texts = [label.x + text_width(label.text, SMALL) for r in routes if (label := r.label)]
    width = max([width, *texts])
    return Drawing(
        width,
        height,
        (*boxes, *(box for drawing in inner for box in drawing.boxes)),
        (*routes, *(route for drawing in inner for route in drawing.routes)),
        _bands(graph, placed, look.translate),
        direction,
    )


def _content(flow: Flow, nodes: tuple[Node, ...], look: _Look) -> _Content:
    timers = Counter(n.attached_to for n in nodes if n.kind is NodeKind.BOUNDARY_TIMER)
    shapes, inner = {}, {}
    for node in nodes:
        shape = shape_of(node, look.translate)
        if node.kind is NodeKind.SUBPROCESS:
            drawing = inner[node.id] = _scope(flow, node.id, look)
            shape = _around(drawing, node)
        shapes[node.id] = with_timers(shape, timers[node.id], look.direction)
    return _Content(nodes, shapes, inner)


def _around(drawing: Drawing, node: Node) -> Shape:
    """Return the box of a subprocess around the drawing of what is in it."""
    lines = wrap(node.title, PHASE, max(drawing.width, _LEAST_SCOPE), most=1)
    text = max(text_width(line, PHASE) for line in lines)
    width = max(drawing.width, text) + 2 * _PAD
    return Shape(ceil(width), ceil(drawing.height + _HEAD + _PAD), lines)


def _across(graph: Layered, shapes: dict[str, Shape], direction: Direction) -> dict[int, float]:
    """Return the middle of each vertex across the flow, the first edge of the scope at 0."""

    def room(vertex: int) -> tuple[float, float]:
        name = graph.names[vertex]
        return shapes[name].room(direction) if name else (0.0, 0.0)

    def gap(one: int, other: int) -> float:
        bends = not graph.names[one] and not graph.names[other]
        return room(one)[1] + room(other)[0] + (_NEAR if bends else _APART)

    bends = frozenset(v for v, name in enumerate(graph.names) if not name)
    places = places_across(graph.layers, graph.before, graph.after, bends, gap)
    places = straightened(graph, places, gap)
    low = min((places[v] - room(v)[0] for v in places), default=0.0)
    return {vertex: place - low for vertex, place in places.items()}


def _boxes(placed: Placed, content: _Content, turn: Turn) -> tuple[Box, ...]:
    boxes: dict[str, Box] = {}
    for vertex, name in enumerate(placed.graph.names):
        if name:
            shape = content.shapes[name]
            x, y = turn(placed.along[vertex], placed.across[vertex])
            left, top = x - shape.width / 2, y - shape.height / 2
            boxes[name] = Box(name, left, top, shape.width, shape.height, shape.lines, shape.note)
    for timer in placed.ports:
        x, y = turn(*placed.timer(timer))
        boxes[timer] = Box(timer, x - TIMER / 2, y - TIMER / 2, TIMER, TIMER)
    return tuple(boxes.values())


def _bands(graph: Layered, placed: Placed, translate: Translate) -> tuple[Band, ...]:
    if not any(graph.phase):
        return ()
    bands: list[Band] = []
    for number, phase in enumerate(graph.phase):
        start, end = placed.layer_span(number)
        title = phase.label.render(translate) if phase else ""
        if bands and bands[-1].title == title:
            bands[-1] = replace(bands[-1], end=end)
        else:
            bands.append(Band(title, start, end))
    return tuple(bands)
