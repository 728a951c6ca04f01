"""How large each node is drawn, and how much room it needs around itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from guiju.core.flow.drawing.text import text_width, wrap
from guiju.core.flow.model import Node
from guiju.core.sentence import Sentence, Translate, zh
from guiju.core.terms import Direction, NodeKind

NAME, SMALL, PHASE = 14.0, 11.5, 12.5
"""Font sizes in pixels."""

LINE, NOTE_LINE = 20.0, 16.0
_STEP_TEXT = 9.4 * NAME
_STEP_LEAST = 7.6 * NAME
_SIGN = 14.0
_ROUND = 30.0
_GATE_TEXT = 8 * SMALL
TIMER = 18.0
"""Diameter of a timer on the border of a step."""
BETWEEN, LEVEL = 8.0, 12.0
"""Room between two timers, and between the lines that leave them."""

STEPS = (NodeKind.TASK, NodeKind.CALL)
GATEWAYS = (NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node's drawn size and its text.

    Attributes:
        width: of the shape itself.
        height: of the shape itself.
        lines: its name.
        note: post and limit, inside a step.
        text: width and height of text that stands outside the shape.
        beside: room for the lines of timers on its border.
    """

    width: float
    height: float
    lines: tuple[str, ...] = ()
    note: str = ""
    text: tuple[float, float] = (0.0, 0.0)
    beside: float = 0.0

    def half(self, direction: Direction) -> tuple[float, float]:
        """Return half its size along and across the flow."""
        width, height = self.width / 2, self.height / 2
        return (width, height) if direction is Direction.RIGHT else (height, width)

    def along(self, direction: Direction) -> float:
        """Return how much of the flow's direction it takes up, text included."""
        return max(self.width, self.text[0]) if direction is Direction.RIGHT else self.height

    def room(self, direction: Direction) -> tuple[float, float]:
        """Return the room on either side of its middle, across the flow.

        Outside text stands above a shape when the flow runs right, beside it when it runs down.
        """
        half = self.half(direction)[1]
        if direction is Direction.RIGHT:
            return half + self.text[1], half + self.beside
        return half, half + self.text[0] + (6 if self.lines else 0) + self.beside


def with_timers(shape: Shape, timers: int, direction: Direction) -> Shape:
    """Return ``shape`` long enough for ``timers`` on its border, with room for their lines."""
    if not timers:
        return shape
    least = timers * (TIMER + BETWEEN) + 2 * BETWEEN
    beside = TIMER / 2 + LEVEL * timers
    if direction is Direction.RIGHT:
        return replace(shape, width=max(shape.width, least), beside=beside)
    return replace(shape, height=max(shape.height, least), beside=beside)


def shape_of(node: Node, translate: Translate = str) -> Shape:
    """Return the shape of ``node``, which holds no other nodes."""
    if node.kind in STEPS:
        return _step(node, translate)
    label = "" if node.kind in GATEWAYS else node.kind.label.render(translate)
    lines = wrap(node.name or label, SMALL, _GATE_TEXT, most=2)
    wide = max((text_width(line, SMALL) for line in lines), default=0.0)
    return Shape(_ROUND, _ROUND, lines, text=(wide, len(lines) * NOTE_LINE))


def _step(node: Node, translate: Translate) -> Shape:
    own = node.name or node.kind.label.render(translate)
    name = f"{node.number} {own}" if node.number else own
    lines = wrap(name, NAME, _STEP_TEXT)
    note = note_of(node).render(translate)
    if text_width(note, SMALL) > _STEP_TEXT:
        note = wrap(note, SMALL, _STEP_TEXT, most=1)[0]
    text = max([*(text_width(line, NAME) for line in lines), text_width(note, SMALL)])
    height = len(lines) * LINE + (NOTE_LINE if note else 0) + 16
    width = max(text + 20 + (2 * _SIGN if node.repeat else 0), _STEP_LEAST)
    return Shape(ceil(width), ceil(height), lines, note)


def note_of(node: Node) -> Sentence:
    """Return post and time limit as one short text."""
    if node.limit is None:
        return Sentence("{post}", (("post", node.post),))
    limit = zh("{amount} {unit}", amount=node.limit.amount, unit=node.limit.unit.label)
    if not node.post:
        return limit
    return zh("{post}・{limit}", post=node.post, limit=limit)
