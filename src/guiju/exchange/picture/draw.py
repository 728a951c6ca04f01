"""From a flow and where its parts stand to SVG."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

from guiju.core.flow.drawing import Box, Direction, Drawing, lay_out
from guiju.core.flow.model import Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.picture.parts import (
    Mark,
    badge,
    event,
    gateway,
    label_of,
    n,
    outside,
    path_of,
    said,
    step,
    words,
)

_STEPS = (NodeKind.TASK, NodeKind.CALL)
_GATES = (NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE)
_BAND = 26.0


def draw_flow(
    flow: Flow,
    drawing: Drawing | None = None,
    *,
    marks: Mapping[str, Mark] | None = None,
    lit: Collection[str] = (),
    title: str = "",
    is_styled: bool = True,
) -> str:
    """Return the picture of ``flow``: one SVG without script or fonts.

    Args:
        flow: what to draw.
        drawing: where its parts stand; laid out here when not given.
        marks: for node ids, what to show at the step.
        lit: ids of edges that stand out, such as the way on which a flow gets stuck.
        title: told to screen readers; the flow's name when empty.
        is_styled: whether it brings its looks along; a page that allows no style inside of
            it has them in its own sheet.
    """
    placed = drawing or lay_out(flow)
    sheet = _Sheet(flow, placed, marks or {}, title or flow.name)
    sheet.lit = frozenset(lit)
    return "".join(sheet.parts(_STYLE if is_styled else ""))


class _Sheet:
    """One picture in the making."""

    def __init__(self, flow: Flow, drawing: Drawing, marks: Mapping[str, Mark], title: str) -> None:
        self.flow, self.marks, self.title = flow, marks, title
        self.top = _BAND if drawing.bands else 0.0
        down = drawing.direction is Direction.DOWN
        self.drawing = drawing
        self.shift = (self.top * 3, 0.0) if down and drawing.bands else (0.0, self.top)
        self.nodes = {node.id: node for node in flow.nodes}
        self.lit: Collection[str] = ()

    def parts(self, style: str) -> Iterator[str]:
        width = self.drawing.width + self.shift[0]
        height = self.drawing.height + self.shift[1]
        # What can be reached by keyboard must not stand inside of a single image.
        role = "group" if any(mark.link for mark in self.marks.values()) else "img"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="{role}"'
            f' viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}">'
            f"<title>{said(self.title)}</title><desc>{said(self._described())}</desc>"
            f"{style and f'<style>{style}</style>'}"
        )
        yield from self._bands(width, height)
        yield f'<g transform="translate({n(self.shift[0])} {n(self.shift[1])})">'
        yield from self._scopes()
        yield from (
            path_of(route, is_lit=route.edge in self.lit)
            for route in sorted(self.drawing.routes, key=lambda one: one.edge in self.lit)
        )
        yield from (label_of(r.label) for r in self.drawing.routes if r.label)
        yield from (self._node(box) for box in self.drawing.boxes)
        yield "</g></svg>"

    def _described(self) -> str:
        """Return the steps in order, for those who cannot see the picture."""
        return " → ".join(node.title for node in self.flow.nodes if node.kind in _STEPS)

    def _bands(self, width: float, height: float) -> Iterator[str]:
        down = self.drawing.direction is Direction.DOWN
        for number, band in enumerate(self.drawing.bands):
            shade = "band odd" if number % 2 else "band"
            start, size = band.start, band.end - band.start
            if down:
                x, y, w, h = 4.0, start + 2, width - 8, size - 4
                text = words(band.title, 14, start + 22, "phase")
            else:
                x, y, w, h = start + 2, 4.0, size - 4, height - 8
                text = words(band.title, start + 14, 22, "phase")
            size_ = f'width="{n(w)}" height="{n(h)}"'
            yield f'<rect class="{shade}" x="{n(x)}" y="{n(y)}" {size_} rx="8"/>{text}'

    def _scopes(self) -> Iterator[str]:
        """Yield the boxes of subprocesses, which lie under everything else."""
        for box in self.drawing.boxes:
            node = self.nodes[box.node]
            if node.kind is NodeKind.SUBPROCESS:
                yield (
                    f'<rect class="scope" x="{n(box.x)}" y="{n(box.y)}"'
                    f' width="{n(box.width)}" height="{n(box.height)}" rx="10"/>'
                )
                yield from (words(line, box.x + 12, box.y + 22, "phase") for line in box.lines)
                yield _repeat(node, box)

    def _node(self, box: Box) -> str:
        node = self.nodes[box.node]
        if node.kind is NodeKind.SUBPROCESS:
            return ""
        mark = self.marks.get(node.id)
        detail = mark.detail if mark and mark.detail else node.title
        shape = f"<g><title>{said(detail)}</title>{self._shape(node, box, mark)}</g>"
        if mark is None or not mark.link:
            return shape
        return f'<a href="{said(mark.link)}">{shape}</a>'

    def _shape(self, node: Node, box: Box, mark: Mark | None) -> str:
        if node.kind in _STEPS:
            return step(box, mark, called=node.kind is NodeKind.CALL) + _repeat(node, box)
        beside = self.drawing.direction is Direction.DOWN
        name = outside(box.lines, box, beside=beside)
        if node.kind in _GATES:
            return gateway(box, node.kind.value) + name
        kind = node.kind.value
        if node.kind is NodeKind.BOUNDARY_TIMER and not node.interrupting:
            kind = "reminder"
        return event(box, kind) + name + badge(box, mark)


def _repeat(node: Node, box: Box) -> str:
    """Return the three strokes of a step that is done several times over."""
    if node.repeat is None:
        return ""
    x, y = box.x + box.width - 16, box.y + box.height - 14
    if node.repeat.sequential:
        return f'<path class="sign" d="M{n(x)} {n(y)}h9m-9 4h9m-9 4h9"/>'
    return f'<path class="sign" d="M{n(x)} {n(y)}v9m4 -9v9m4 -9v9"/>'


_STYLE = files("guiju.exchange.picture").joinpath("picture.css").read_text("utf-8")
