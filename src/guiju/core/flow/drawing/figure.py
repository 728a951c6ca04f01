"""A finished drawing as plain numbers, in pixels, origin at the top left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from guiju.core.terms import Direction

Point = tuple[float, float]

__all__ = ["Band", "Box", "Direction", "Drawing", "Label", "Point", "Route"]


@dataclass(frozen=True, slots=True)
class Box:
    """The place of one node.

    Attributes:
        node: its id.
        x: left edge.
        y: top edge.
        width: of the shape itself.
        height: of the shape itself.
        lines: its name, wrapped to fit the shape, or to stand above it.
        note: a second, smaller line such as post and limit.
    """

    node: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    note: str = ""

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Label:
    """A short text beside a line, its baseline starting at ``x``, ``y``."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """The line of one edge: right-angled from ``points[0]`` to ``points[-1]``."""

    edge: str
    points: tuple[Point, ...]
    label: Label | None = None

    def moved(self, dx: float, dy: float) -> Route:
        label = self.label and Label(self.label.text, self.label.x + dx, self.label.y + dy)
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points), label=label)


@dataclass(frozen=True, slots=True)
class Band:
    """A phase: the part of the picture between ``start`` and ``end`` along the flow."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    bands: tuple[Band, ...] = ()
    direction: Direction = Direction.RIGHT

    def moved(self, dx: float, dy: float) -> Drawing:
        return replace(
            self,
            boxes=tuple(box.moved(dx, dy) for box in self.boxes),
            routes=tuple(route.moved(dx, dy) for route in self.routes),
        )


Turn = Callable[[float, float], Point]


def turn_of(direction: Direction) -> Turn:
    """Return how a place along and across the flow becomes x and y."""
    if direction is Direction.RIGHT:
        return lambda along, across: (along, across)
    return lambda along, across: (across, along)
