"""Vertices with their places across the flow, from which those along it follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from guiju.core.flow.drawing.figure import Point
from guiju.core.flow.drawing.graph import Layered
from guiju.core.flow.drawing.shapes import BETWEEN, LEVEL, NOTE_LINE, SMALL, TIMER, Shape
from guiju.core.flow.drawing.text import text_width
from guiju.core.flow.drawing.tracks import Turn, assign_tracks
from guiju.core.terms import Direction

_LANE = 12.0
_GAP = 34.0


class Placed:
    """A scope whose layers stand where the lanes of the lines between them let them.

    ``turns[g]`` are the lines in the gap before layer ``g``, ``labels[g]`` is the room that
    their texts need there; both decide how wide it is.
    """

    def __init__(
        self,
        graph: Layered,
        shapes: Mapping[str, Shape],
        across: Mapping[int, float],
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
        self.gaps: dict[int, tuple[float, float]] = {}
        self.spans: list[tuple[float, float]] = []
        self.length = 0.0
        names = (*graph.hosts, *self.vertex)
        self.groups = {name: number for number, name in enumerate(names)}
        self.timers = Counter(graph.hosts.values())
        seen: Counter[str] = Counter()
        self.ports: dict[str, tuple[str, int]] = {}
        for timer, host in graph.hosts.items():
            self.ports[timer] = host, seen[host]
            seen[host] += 1

    @property
    def breadth(self) -> float:
        """The extent of everything across the flow."""
        ends = [
            place
            + (self.shapes[name].room(self.direction)[1] if (name := self.graph.names[v]) else 0)
            for v, place in self.across.items()
        ]
        return max(ends, default=0.0)

    def timer(self, node: str) -> Point:
        """Return the middle of a timer, along and across."""
        host, number = self.ports[node]
        half_along, half_across = self.shapes[host].half(self.direction)
        vertex = self.vertex[host]
        start = self.along[vertex] - half_along + BETWEEN + TIMER / 2
        return start + number * (TIMER + BETWEEN), self.across[vertex] + half_across

    def leaves_at(self, node: str) -> float:
        """Return where across the flow lines leave ``node``; a timer's pass below later ones."""
        if node not in self.ports:
            return self.across[self.vertex[node]]
        host, number = self.ports[node]
        half = self.shapes[host].half(self.direction)[1]
        level = self.timers[host] - number
        return self.across[self.vertex[host]] + half + TIMER / 2 + LEVEL * level - 4

    def group(self, node: str) -> int:
        """Return the number that the first turns of all lines from ``node`` share."""
        return -1 - self.groups[node]

    def make_room(self, gap: int, text: str) -> None:
        """Widen a gap so that ``text`` has room beside a line in it."""
        if text:
            right = self.direction is Direction.RIGHT
            least = text_width(text, SMALL) + 4 if right else NOTE_LINE + 2
            self.labels[gap] = max(self.labels[gap], least)

    def spread(self) -> None:
        """Assign lanes, then place every layer along the flow."""
        at = 0.0
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
        """Return the place along the flow of a turn's lane; texts above it need room before it."""
        start, _ = self.gaps[gap]
        margin = _GAP / 3 if 0 < gap < len(self.graph.layers) else _LANE / 2
        above = self.labels[gap] if self.direction is Direction.DOWN else 0.0
        return start + margin + above + self.lanes[gap][turn] * _LANE

    def layer_span(self, number: int) -> tuple[float, float]:
        """Return the extent of a layer with half of the gaps around it."""
        start, end = self.spans[number]
        before = self.gaps[number][1] / 2 if number else self.gaps[0][1]
        last = number == len(self.spans) - 1
        after = self.gaps[number + 1][1] * (1 if last else 0.5)
        return start - before, end + after
