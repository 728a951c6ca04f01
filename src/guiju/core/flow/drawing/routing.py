"""Lines between placed nodes: right-angled, turning only in the gaps between layers."""

from __future__ import annotations

from itertools import pairwise

from guiju.core.flow.drawing.figure import Point, Route, turn_of
from guiju.core.flow.drawing.graph import Line
from guiju.core.flow.drawing.labels import Labels, text_of
from guiju.core.flow.drawing.placed import Placed
from guiju.core.flow.drawing.shapes import TIMER
from guiju.core.flow.drawing.tracks import Turn


def route_all(placed: Placed) -> tuple[Route, ...]:
    """Place the layers along the flow and return the lines of all edges."""
    ways = [_Way(placed, line) for line in placed.graph.lines]
    for way in ways:
        placed.make_room(way.steps[0][0], text_of(way.line.edge))
    placed.spread()
    turn, labels = turn_of(placed.direction), Labels(placed)
    return tuple(
        Route(
            way.line.edge.id,
            tuple(turn(*point) for point in way.points()),
            labels.beside(way.line, *way.steps[0]),
        )
        for way in ways
    )


class _Way:
    """One line's turns, gap by gap, from its source to its target.

    Lines of one source may lie on one another until they part; from its first bend on, each
    goes by itself, so the bend's number is its group there.
    """

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
        come, group = placed.leaves_at(line.edge.source), placed.group(line.edge.source)
        for vertex in line.chain[1:]:
            go = placed.across[vertex]
            self._turn(placed.layer[vertex], Turn(come, go, group))
            come, group = go, vertex

    def _go_back(self) -> None:
        placed, line = self.placed, self.line
        bends = line.chain[::-1]
        first, last = bends[0], bends[-1]
        come, group = placed.leaves_at(line.edge.source), placed.group(line.edge.source)
        turn = Turn(come, placed.across[first], group, goes_ahead=False)
        self._turn(placed.layer[first] + 1, turn)
        for one, other in pairwise(bends):
            come, go = placed.across[one], placed.across[other]
            turn = Turn(come, go, one, comes_from_ahead=True, goes_ahead=False)
            self._turn(placed.layer[one], turn)
        end = placed.across[placed.vertex[line.target]]
        turn = Turn(placed.across[last], end, last, comes_from_ahead=True)
        self._turn(placed.layer[last], turn)

    def points(self) -> list[Point]:
        """Return the corners along and across the flow, once lanes are known."""
        placed, edge = self.placed, self.line.edge
        points = [self._start()]
        if edge.source in placed.ports:
            points.append((points[0][0], placed.leaves_at(edge.source)))
        for gap, number in self.steps:
            turn = placed.turns[gap][number]
            if not turn.is_straight:
                lane = placed.lane(gap, number)
                points += [(lane, turn.come), (lane, turn.go)]
        target = placed.vertex[self.line.target]
        half = placed.shapes[self.line.target].half(placed.direction)[0]
        points.append((placed.along[target] - half, placed.across[target]))
        return _without_idle(points)

    def _start(self) -> Point:
        placed, source = self.placed, self.line.edge.source
        if source in placed.ports:
            along, across = placed.timer(source)
            return along, across + TIMER / 2
        vertex = placed.vertex[source]
        half = placed.shapes[source].half(placed.direction)[0]
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
