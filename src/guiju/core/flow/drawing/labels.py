"""Texts beside lines, in the gaps between layers, none on another."""

from __future__ import annotations

from collections import defaultdict

from guiju.core.flow.drawing.figure import Label
from guiju.core.flow.drawing.graph import Line
from guiju.core.flow.drawing.placed import Placed
from guiju.core.flow.drawing.shapes import SMALL
from guiju.core.flow.drawing.text import text_width, wrap
from guiju.core.flow.drawing.tracks import Turn
from guiju.core.flow.model import Edge
from guiju.core.terms import Direction

_WIDEST = 7 * SMALL
_ROW = 14.0

Rect = tuple[float, float, float, float]
Place = tuple[float, float, bool]
"""Where a text begins, or where it ends when the last is true, and its baseline."""


def text_of(edge: Edge) -> str:
    """Return what stands beside the line of ``edge``: its name or condition, cut to fit."""
    lines = wrap(edge.name or edge.condition, SMALL, _WIDEST, most=1)
    return lines[0] if lines else ""


class Labels:
    """The texts of one scope, each put where no earlier one is."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.taken: dict[int, list[Rect]] = defaultdict(list)

    def beside(self, line: Line, gap: int, number: int) -> Label | None:
        """Return the text of ``line`` beside its first part that is its own."""
        text = text_of(line.edge)
        if not text:
            return None
        turn, (start, _) = self.placed.turns[gap][number], self.placed.gaps[gap]
        lane = start + 4 if turn.is_straight else self.placed.lane(gap, number)
        right = self.placed.direction is Direction.RIGHT
        places = (_level if right else self._upright)(line, turn, lane, gap)
        wide = text_width(text, SMALL)
        labels = [Label(text, max(0.0, x - wide if ends else x), y) for x, y, ends in places]
        label = next((one for one in labels if self._is_free(gap, one)), labels[0])
        self.taken[gap].append(_rect(label))
        return label

    def _is_free(self, gap: int, label: Label) -> bool:
        left, top, right, bottom = _rect(label)
        return not any(
            left < r and x < right and top < b and y < bottom for x, y, r, b in self.taken[gap]
        )

    def _upright(self, line: Line, turn: Turn, lane: float, gap: int) -> list[Place]:
        """Return places in a flow that runs down: beside the line, or above its level part."""
        if line.is_back:
            low, high = turn.span
            return [(low + 8, lane - 4, False), (high - 8, lane - 4, True)]
        start, width = self.placed.gaps[gap]
        first = start + 0.65 * width if turn.is_straight else lane + 15
        rows = [first, *(start + _ROW * at for at in range(1, int(width / _ROW)))]
        return [
            (turn.go - 5 if ends else turn.go + 5, y, ends) for y in rows for ends in (False, True)
        ]


def _level(line: Line, turn: Turn, lane: float, _gap: int) -> list[Place]:
    """Return places in a flow that runs right: above or below the line, ever farther."""
    x = lane - 6 if line.is_back else lane + 4
    rows = (turn.go + at for step in range(3) for at in (-5 - step * _ROW, _ROW - 1 + step * _ROW))
    return [(x, y, line.is_back) for y in rows]


def _rect(label: Label) -> Rect:
    return label.x, label.y - SMALL, label.x + text_width(label.text, SMALL), label.y + 2
