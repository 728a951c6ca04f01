"""The pieces of SVG from which a picture is put together; every text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from guiju.core.flow.drawing import Box, Label, Point, Route, text_width, wrap

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ROUND = 6.0
_LINE = 20.0
_SMALL = 11.0
_LEAST_BADGE = 50.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What a step is to show beside its name.

    Attributes:
        level: ``good``, ``minor``, ``major`` or ``none``: its colour.
        badge: a few characters in a corner, so that nothing depends on colour alone.
        detail: a sentence shown when the pointer rests on the step.
        below: a few words under the step, such as its state.
        badge_level: the colour of the badge where it differs from that of the step.
        link: where the step leads to; empty for nowhere.
    """

    level: str
    badge: str = ""
    detail: str = ""
    below: str = ""
    badge_level: str = ""
    link: str = ""


def said(text: str) -> str:
    """Return ``text`` safe inside XML and HTML.

    Characters that XML forbids, that steer devices or that reorder text are dropped.
    """
    return escape(_TURNING.sub("", _FORBIDDEN.sub("", text)))


def n(value: float) -> str:
    """Return a number as short as SVG allows, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def words(text: str, x: float, y: float, kind: str) -> str:
    """Return a line of text of class ``kind``."""
    return f'<text class="{said(kind)}" x="{n(x)}" y="{n(y)}">{said(text)}</text>'


def path_of(route: Route, *, is_lit: bool = False) -> str:
    """Return the line of an edge with rounded corners and an arrow at its end."""
    lit = " lit" if is_lit else ""
    points = route.points
    pieces = [f"M{n(points[0][0])} {n(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        pieces.append(
            f"L{n(start[0])} {n(start[1])}Q{n(corner[0])} {n(corner[1])} {n(end[0])} {n(end[1])}"
        )
    pieces.append(f"L{n(points[-1][0])} {n(points[-1][1])}")
    return f'<path class="line{lit}" d="{"".join(pieces)}"/>{_head(points[-2], points[-1], lit)}'


def _head(before: Point, end: Point, lit: str) -> str:
    """Return the arrow at ``end`` of a line that comes level or upright from ``before``."""
    x, y = end
    if abs(x - before[0]) > abs(y - before[1]):
        back = -9 if x > before[0] else 9
        corners = f"l{back} 4.2v-8.4z"
    else:
        back = -9 if y > before[1] else 9
        corners = f"l4.2 {back}h-8.4z"
    return f'<path class="head{lit}" d="M{n(x)} {n(y)}{corners}"/>'


def _towards(corner: Point, other: Point) -> Point:
    """Return the point a little way from ``corner`` to ``other``, at most half way."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy), 0.1)
    part = min(_ROUND, length / 2) / length
    return corner[0] + dx * part, corner[1] + dy * part


def label_of(label: Label) -> str:
    """Return the text beside a line."""
    return words(label.text, label.x, label.y, "condition")


def step(box: Box, mark: Mark | None, *, called: bool = False) -> str:
    """Return a rounded box with name, note and badge; ``called`` ones have a thick border."""
    level = mark.level if mark else "none"
    x, y = box.middle
    shape = (
        f'<rect class="step {"call " if called else ""}{said(level)}" x="{n(box.x)}" y="{n(box.y)}"'
        f' width="{n(box.width)}" height="{n(box.height)}" rx="8"/>'
    )
    rows = len(box.lines) * _LINE + (16 if box.note else 0)
    top = y - rows / 2 + 15
    texts = [words(line, x, top + at * _LINE, "name") for at, line in enumerate(box.lines)]
    if box.note:
        texts.append(words(box.note, x, top + len(box.lines) * _LINE - 2, "note"))
    if mark and mark.below:
        texts.append(words(mark.below, x, box.y + box.height + 14, f"state {mark.level}"))
    return shape + "".join(texts) + badge(box, mark)


def badge(box: Box, mark: Mark | None) -> str:
    """Return the few characters in a corner, cut where they would not fit."""
    lines = wrap(mark.badge, _SMALL, max(box.width, _LEAST_BADGE) - 14, most=1) if mark else ()
    if not mark or not lines:
        return ""
    width = text_width(lines[0], _SMALL) + 14
    left, top = box.x + box.width - width + 8, box.y - 9
    return (
        f'<g class="badge {said(mark.badge_level or mark.level)}"><rect x="{n(left)}" y="{n(top)}"'
        f' width="{n(width)}" height="18" rx="9"/>'
        f"{words(lines[0], left + width / 2, top + 13, 'count')}</g>"
    )


def gateway(box: Box, sign: str) -> str:
    """Return a diamond with its sign."""
    x, y = box.middle
    half = box.width / 2
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    points = " ".join(f"{n(a)},{n(b)}" for a, b in corners)
    return f'<polygon class="gate" points="{points}"/><path class="sign" d="{_SIGNS[sign](x, y)}"/>'


_SIGNS = {
    "exclusive": lambda x, y: f"M{n(x - 5)} {n(y - 5)}l10 10m0 -10l-10 10",
    "parallel": lambda x, y: f"M{n(x - 7)} {n(y)}h14m-7 -7v14",
    "inclusive": lambda x, y: f"M{n(x - 6)} {n(y)}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0",
}


def event(box: Box, kind: str) -> str:
    """Return a circle: thin for a start, thick for an end, with a clock or a letter inside."""
    x, y = box.middle
    radius = box.width / 2
    circle = f'<circle class="event {said(kind)}" cx="{n(x)}" cy="{n(y)}" r="{n(radius - 1)}"/>'
    part = radius * 0.6
    if kind in ("timer", "boundary_timer", "reminder"):
        hands = f"M{n(x)} {n(y - part)}V{n(y)}H{n(x + part * 0.8)}"
        return f'{circle}<path class="sign" d="{hands}"/>'
    if kind == "message":
        letter = (
            f"M{n(x - part)} {n(y - part / 2)}l{n(part)} {n(part * 0.7)} {n(part)} {n(-part * 0.7)}"
        )
        box_ = f"M{n(x - part)} {n(y - part * 0.65)}h{n(2 * part)}v{n(1.3 * part)}h{n(-2 * part)}z"
        return f'{circle}<path class="sign" d="{box_}{letter}"/>'
    if kind == "terminate":
        return f'{circle}<circle class="full" cx="{n(x)}" cy="{n(y)}" r="{n(part)}"/>'
    if kind in ("link_throw", "link_catch"):
        head = f"m{n(-part)} {n(-part)}l{n(part)} {n(part)}l{n(-part)} {n(part)}"
        arrow = f"M{n(x - part)} {n(y)}h{n(2 * part)}{head}"
        return f'{circle}<path class="sign" d="{arrow}"/>'
    return circle


def outside(lines: Sequence[str], box: Box, *, beside: bool) -> str:
    """Return a name that stands outside its shape: beside it, or else above."""
    x, y = box.middle
    if beside:
        top = y - (len(lines) - 1) * 8 + 4
        left = box.x + box.width + 6
        return "".join(words(t, left, top + 16 * at, "aside") for at, t in enumerate(lines))
    top = box.y - 5 - 16 * (len(lines) - 1)
    return "".join(words(t, x, top + 16 * at, "caption") for at, t in enumerate(lines))
