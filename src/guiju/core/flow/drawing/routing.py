"""Lines between placed nodes: right-angled, turning only in the gaps between layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from guiju.core.flow.drawing.figure import Label, Point, Route, turn_of
from guiju.core.flow.drawing.graph import Layered, Line
from guiju.core.flow.drawing.shapes import SMALL, TIMER, Shape
from guiju.core.flow.drawing.text import text_width, wrap
from guiju.core.flow.drawing.tracks import Turn, assign_tracks
from guiju.core.flow.model import Edge, Node
from guiju.core.terms import Direction, NodeKind

_LANE = 12.0
_GAP = 34.0
_LABEL = 7 * SMALL


class Placed:
    """Vertices with their places across the flow, from which those along it follow.

    ``turns[g]`` are the lines in the gap before layer ``g``; their lanes decide how wide it is.
    """

    def __init__(
        self,
        graph: Layered,
        shapes: dict[str, Shape],
        across: dict[int, float],
        direction: Direction,
    ) -> None:
        self.graph, self.shapes, self.across = graph, shapes, across
        self.direction = direction
        self.vertex = {name: v for v, name in enumerate(graph.names) if name}
        self.layer = {v: number for number, layer in enumerate(graph.layers) for v in layer}
        self.turns: dict[int, list[Turn]] = defaultdict(list)
        self.labels: dict[int, float] = defaultdict(float)
        self.lanes: dict[int, list[int]] = {}
        self.along: dict[int, float] = {}
        self.ports: dict[str, tuple[str, int]] = {}

    @property
    def breadth(self) -> float:
        """The extent of everything across the flow."""
        ends = [
            place
            + (self.shapes[name].room(self.direction)[1] if (name := self.graph.names[v]) else 0)
            for v, place in self.across.items()
        ]
        return max(ends, default=0.0)

    def watch(self, nodes: Sequence[Node]) -> None:
        """Remember which timer sits where on the border of its host."""
        count: dict[str, int] = defaultdict(int)
        for node in nodes:
            if node.kind is NodeKind.BOUNDARY_TIMER:
                self.ports[node.id] = (node.attached_to, count[node.attached_to])
                count[node.attached_to] += 1

    def timer(self, node: str) -> Point:
        """Return the middle of a timer, along and across."""
        host, number = self.ports[node]
        half_along, half_across = self.shapes[host].half(self.direction)
        vertex = self.vertex[host]
        start = self.along[vertex] - half_along
        return start + 20 + number * (TIMER + 8), self.across[vertex] + half_across

    def leaves_at(self, node: str) -> float:
        """Return where across the flow lines leave ``node``."""
        if node not in self.ports:
            return self.across[self.vertex[node]]
        host, number = self.ports[node]
        half = self.shapes[host].half(self.direction)[1]
        return self.across[self.vertex[host]] + half + TIMER / 2 + 12 * (number + 1) - 4

    def spread(self) -> None:
        """Assign lanes, then place every layer along the flow."""
        at = 0.0
        self.gaps: dict[int, tuple[float, float]] = {}
        self.spans: list[tuple[float, float]] = []
        for number in range(len(self.graph.layers) + 1):
            self.lanes[number], count = assign_tracks(self.turns[number])
            outer = number in (0, len(self.graph.layers))
            width = (0.0 if outer else _GAP) + count * _LANE + self.labels[number]
            self.gaps[number] = (at, width)
            at += width
            if number < len(self.graph.layers):
                at = self._place_layer(number, at)
        self.length = at

    def _place_layer(self, number: int, at: float) -> float:
        layer = self.graph.layers[number]
        names = [self.graph.names[v] for v in layer]
        size = max((self.shapes[n].along(self.direction) for n in names if n), default=0.0)
        for vertex in layer:
            self.along[vertex] = at + size / 2
        self.spans.append((at, at + size))
        return at + size

    def lane(self, gap: int, turn: int) -> float:
        """Return the place along the flow of a turn's lane."""
        start, _ = self.gaps[gap]
        margin = _GAP / 3 if 0 < gap < len(self.graph.layers) else _LANE / 2
        return start + margin + self.lanes[gap][turn] * _LANE

    def layer_span(self, number: int) -> tuple[float, float]:
        """Return the extent of a layer with half of the gaps around it."""
        start, end = self.spans[number]
        before = self.gaps[number][1] / 2 if number else self.gaps[0][1]
        last = number == len(self.spans) - 1
        after = self.gaps[number + 1][1] * (1 if last else 0.5)
        return start - before, end + after


class _Way:
    """One line's turns, gap by gap, from its source to its target."""

    def __init__(self, placed: Placed, line: Line) -> None:
        self.placed, self.line = placed, line
        self.steps: list[tuple[int, int]] = []
        if line.is_back:
            self._go_back()
        else:
            self._go_on()

    def _turn(self, gap: int, turn: Turn) -> None:
        turns = self.placed.turns[gap]
        self.steps.append((gap, len(turns)))
        turns.append(turn)

    def _go_on(self) -> None:
        placed, line = self.placed, self.line
        come = placed.leaves_at(line.edge.source)
        group = hash_of(line.edge.source)
        for vertex in line.chain[1:]:
            go = placed.across[vertex]
            self._turn(placed.layer[vertex], Turn(come, go, group))
            come, group = go, -1 - len(self.steps) - 1000 * line.chain[0]

    def _go_back(self) -> None:
        placed, line = self.placed, self.line
        come = placed.leaves_at(line.edge.source)
        bends = line.chain[::-1]
        first = placed.across[bends[0]]
        group = hash_of(line.edge.source)
        self._turn(placed.layer[bends[0]] + 1, Turn(come, first, group, goes_ahead=False))
        for one, other in pairwise(bends):
            turn = Turn(
                placed.across[one],
                placed.across[other],
                -1 - one,
                comes_from_ahead=True,
                goes_ahead=False,
            )
            self._turn(placed.layer[one], turn)
        end = placed.across[placed.vertex[line.edge.target]]
        last = bends[-1]
        turn = Turn(placed.across[last], end, -1 - last, comes_from_ahead=True)
        self._turn(placed.layer[last], turn)

    def points(self) -> list[Point]:
        """Return the corners along and across the flow, once lanes are known."""
        placed, edge = self.placed, self.line.edge
        points = [self._start(edge)]
        if edge.source in placed.ports:
            points.append((points[0][0], placed.leaves_at(edge.source)))
        for gap, number in self.steps:
            turn = placed.turns[gap][number]
            if not turn.is_straight:
                lane = placed.lane(gap, number)
                points += [(lane, turn.come), (lane, turn.go)]
        target = placed.vertex[edge.target]
        half = placed.shapes[edge.target].half(placed.direction)[0]
        points.append((placed.along[target] - half, placed.across[target]))
        return _without_idle(points)

    def _start(self, edge: Edge) -> Point:
        placed = self.placed
        if edge.source in placed.ports:
            along, across = placed.timer(edge.source)
            return along, across + TIMER / 2
        vertex = placed.vertex[edge.source]
        half = placed.shapes[edge.source].half(placed.direction)[0]
        return placed.along[vertex] + half, placed.across[vertex]


def _without_idle(points: list[Point]) -> list[Point]:
    """Drop points that lie between their neighbours on one straight line."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.5 and abs(kept[-1][1] - point[1]) < 0.5:
            continue
        while len(kept) > 1 and (
            abs(kept[-2][0] - kept[-1][0]) < 0.5 > abs(kept[-1][0] - point[0])
            or abs(kept[-2][1] - kept[-1][1]) < 0.5 > abs(kept[-1][1] - point[1])
        ):
            kept.pop()
        kept.append(point)
    return kept


def route_all(placed: Placed, nodes: Sequence[Node]) -> tuple[Route, ...]:
    """Place the layers and return the lines of all edges."""
    placed.watch(nodes)
    texts = {line.edge.id: _text(line.edge) for line in placed.graph.lines}
    ways = []
    for line in placed.graph.lines:
        way = _Way(placed, line)
        ways.append(way)
        gap = way.steps[0][0]
        if texts[line.edge.id] and placed.direction is Direction.RIGHT:
            wide = text_width(texts[line.edge.id], SMALL) + 4
            placed.labels[gap] = max(placed.labels[gap], wide)
        elif texts[line.edge.id]:
            placed.labels[gap] = max(placed.labels[gap], 18)
    placed.spread()
    turn = turn_of(placed.direction)
    routes = []
    for way in ways:
        edge = way.line.edge
        label = _label(way, texts[edge.id]) if texts[edge.id] else None
        routes.append(Route(edge.id, tuple(turn(*point) for point in way.points()), label))
    return tuple(routes)


def _text(edge: Edge) -> str:
    lines = wrap(edge.name or edge.condition, SMALL, _LABEL, most=1)
    return lines[0] if lines else ""


def _label(way: _Way, text: str) -> Label:
    """Put the text beside the line's first level part that is its own."""
    placed = way.placed
    gap, number = way.steps[0]
    turn = placed.turns[gap][number]
    start, width = placed.gaps[gap]
    lane = placed.lane(gap, number) if not turn.is_straight else start + 4
    if placed.direction is Direction.DOWN:
        if way.line.is_back:
            return Label(text, min(turn.come, turn.go) + 8, lane - 4)
        at = start + 0.65 * width if turn.is_straight else lane + 15
        return Label(text, turn.go + 5, at)
    if way.line.is_back:
        return Label(text, lane - text_width(text, SMALL) - 6, turn.go - 4)
    return Label(text, max(lane + 4, start + 4), turn.go - 5)
