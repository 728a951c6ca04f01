"""A chart of boxes: one thing above, those below it in rows, such as a unit and its offices.

Everything is laid out here in pixels; the template only writes it down as SVG. Rows wrap, so
that a chart is as wide as a page, on paper too, however many boxes there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.base.ui.language import say
from guiju.core.flow.drawing import wrap
from guiju.core.sentence import Sentence, listing

ACROSS = 4
"""Boxes in a row."""

_WIDTH, _GAP, _ROW_GAP, _LEFT, _PAD = 222.0, 22.0, 40.0, 28.0, 14.0
_TOP_WIDTH = 320.0
_NAME, _SMALL = 15.0, 13.0
_NAME_LINE, _SMALL_LINE = 21.0, 19.0


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a box.

    Attributes:
        name: its heading.
        details: a line each.
        link: where it leads to; empty for nowhere.
        warning: a line set apart, such as 2 个空缺; empty for none.
    """

    name: str
    details: tuple[Sentence | str, ...] = ()
    link: str = ""
    warning: Sentence | str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at its place."""

    kind: str
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box at its place: the upper left corner, its size, its lines, what is read out."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text_x(self) -> float:
        """Where its lines begin."""
        return self.x + _PAD

    @property
    def spoken(self) -> str:
        """The box in one breath."""
        said = [self.box.name, *map(say, self.box.details), say(self.box.warning)]
        return say(listing(one for one in said if one))


@dataclass(frozen=True, slots=True)
class BoxChart:
    """A chart as ``ui/parts/chart.html`` shows it."""

    label: Sentence
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    lines: tuple[str, ...]


def box_chart(label: Sentence, top: Box, below: Sequence[Box]) -> BoxChart:
    """Return a chart of a thing and those below it, from left to right and then in further rows."""
    first = _placed(top, 0.0, 1.0, _TOP_WIDTH)
    boxes, lines, y = [first], [], 1.0 + first.height
    trunk = y
    for start in range(0, len(below), ACROSS):
        row = below[start : start + ACROSS]
        bus, y = y + _ROW_GAP / 2, y + _ROW_GAP
        placed = [_placed(box, _left(at), y, _WIDTH) for at, box in enumerate(row)]
        height = max(one.height for one in placed)
        boxes += [_placed(one.box, one.x, one.y, _WIDTH, height) for one in placed]
        middles = [one.x + _WIDTH / 2 for one in placed]
        lines.append(f"M12 {bus}H{middles[-1]}" + "".join(f"M{x} {bus}V{y}" for x in middles))
        trunk, y = bus, y + height
    if below:
        lines.append(f"M12 {1.0 + first.height}V{trunk}")
    right = max(one.x + one.width for one in boxes) + 1
    return BoxChart(label, right, y + 2, tuple(boxes), tuple(lines))


def _left(at: int) -> float:
    return _LEFT + at * (_WIDTH + _GAP)


def _placed(box: Box, x: float, y: float, width: float, height: float = 0.0) -> PlacedBox:
    inner = width - 2 * _PAD
    lines, at = [], y + 10
    for text in wrap(box.name, _NAME, inner, most=3):
        lines.append(Line("name", at + 15, text))
        at += _NAME_LINE
    small = [("detail", one) for one in box.details]
    small += [("warning", box.warning)] if box.warning else []
    for kind, one in small:
        for text in wrap(say(one), _SMALL, inner, most=2):
            lines.append(Line(kind, at + 14, text))
            at += _SMALL_LINE
    return PlacedBox(box, x, y, width, max(height, at + 8 - y), tuple(lines))
