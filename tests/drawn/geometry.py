"""What must hold of every drawing, told from its numbers alone."""

from __future__ import annotations

from itertools import combinations, pairwise

from guiju.core.flow.drawing import Box, Drawing, text_width
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import Direction, NodeKind, Phase

SMALL, LINE = 11.5, 16.0
INSIDE = (NodeKind.TASK, NodeKind.CALL, NodeKind.SUBPROCESS)
Rect = tuple[float, float, float, float]


def shape(box: Box) -> Rect:
    return box.x, box.y, box.x + box.width, box.y + box.height


def with_text(node: Node, box: Box, direction: Direction) -> Rect:
    """Return the shape together with a name that stands outside it."""
    left, top, right, bottom = shape(box)
    if node.kind in INSIDE or not box.lines:
        return left, top, right, bottom
    wide = max(text_width(line, SMALL) for line in box.lines)
    if direction is Direction.RIGHT:
        middle = (left + right) / 2
        return (
            min(left, middle - wide / 2),
            top - LINE * len(box.lines),
            max(right, middle + wide / 2),
            bottom,
        )
    return left, top, right + 6 + wide, bottom


def overlap(one: Rect, other: Rect, slack: float = 0.6) -> bool:
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def on_border(point: tuple[float, float], rect: Rect) -> bool:
    x, y = point
    left, top, right, bottom = rect
    upright = min(abs(x - left), abs(x - right)) < 0.6 and top - 0.6 <= y <= bottom + 0.6
    level = min(abs(y - top), abs(y - bottom)) < 0.6 and left - 0.6 <= x <= right + 0.6
    return upright or level


def faults(flow: Flow, drawing: Drawing) -> list[str]:
    """Return in words all that is wrong with ``drawing``; ``flow`` is what it shows."""
    nodes = {node.id: node for node in flow.nodes}
    boxes = {box.node: box for box in drawing.boxes}
    found = []
    if sorted(nodes) != sorted(box.node for box in drawing.boxes):
        found.append("nodes and boxes differ")
    found += [f"{name} leaves the sheet" for name in boxes if _outside(boxes[name], nodes, drawing)]
    found += _crowded(nodes, boxes, drawing.direction)
    if sorted(edge.id for edge in flow.edges) != sorted(r.edge for r in drawing.routes):
        return [*found, "edges and routes differ"]
    edges = {edge.id: edge for edge in flow.edges}
    for route in drawing.routes:
        found += [
            f"{edges[route.edge]} {words}: {route.points}"
            for words in _route_faults(edges[route.edge], route.points, nodes, boxes, drawing)
        ]
    return found


def bands_faults(flow: Flow, drawing: Drawing) -> list[str]:
    """Return what is wrong with the phases: out of order, on one another, or around no step."""
    titles = [str(phase.label) for phase in Phase]
    shown = [titles.index(band.title) for band in drawing.bands]
    found = [] if shown == sorted(set(shown)) else [f"phases stand as {shown}"]
    found += [
        f"{one} reaches into {other}"
        for one, other in pairwise(drawing.bands)
        if one.end > other.start + 0.1
    ]
    ends = {band.title: (band.start, band.end) for band in drawing.bands}
    boxes = {box.node: box for box in drawing.boxes}
    for node in flow.nodes:
        if node.phase and not node.inside and not node.attached_to:
            low, high = ends[str(node.phase.label)]
            left, top, right, bottom = with_text(node, boxes[node.id], drawing.direction)
            across = drawing.direction is Direction.RIGHT
            start, end = (left, right) if across else (top, bottom)
            if start < low - 0.6 or end > high + 0.6:
                found.append(f"{node.id} stands outside its phase")
    return found


def _outside(box: Box, nodes: dict[str, Node], drawing: Drawing) -> bool:
    left, top, right, bottom = with_text(nodes[box.node], box, drawing.direction)
    return left < 0 or top < 0 or right > drawing.width or bottom > drawing.height


def _crowded(nodes: dict[str, Node], boxes: dict[str, Box], direction: Direction) -> list[str]:
    rects = {name: with_text(nodes[name], box, direction) for name, box in boxes.items()}
    found = []
    for one, other in combinations(rects, 2):
        first, second = nodes[one], nodes[other]
        if second.attached_to == one or first.attached_to == other:
            continue
        if first.inside == second.inside and overlap(rects[one], rects[other]):
            found.append(f"{one} {rects[one]} lies on {other} {rects[other]}")
    for name, node in nodes.items():
        if node.inside and node.inside in boxes:
            left, top, right, bottom = shape(boxes[node.inside])
            x0, y0, x1, y1 = rects[name]
            if x0 < left or y0 < top or x1 > right or y1 > bottom:
                found.append(f"{name} leaves its subprocess")
    return found


def _route_faults(edge: Edge, points, nodes, boxes, drawing: Drawing) -> list[str]:
    found = []
    if len(points) < 2:
        return ["is a mere point"]
    if not on_border(points[0], shape(boxes[edge.source])):
        found.append("does not start at its source's border")
    if not on_border(points[-1], shape(boxes[edge.target])):
        found.append("does not end at its target's border")
    if any(not (0 <= x <= drawing.width and 0 <= y <= drawing.height) for x, y in points):
        found.append("leaves the sheet")
    scope = nodes[edge.source].inside
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) > 0.6 and abs(y0 - y1) > 0.6:
            found.append("is slanted")
        part = min(x0, x1) - 0.1, min(y0, y1) - 0.1, max(x0, x1) + 0.1, max(y0, y1) + 0.1
        for name, box in boxes.items():
            around = {edge.source, edge.target, nodes[edge.source].attached_to}
            rect = (
                shape(box)
                if name in around or nodes[name].attached_to in around
                else with_text(nodes[name], box, drawing.direction)
            )
            if nodes[name].inside == scope and overlap(part, rect):
                found.append(f"crosses {name}")
    return found


def shared_lines(flow: Flow, drawing: Drawing) -> list[str]:
    """Return pairs of lines that lie on one another though they share neither end."""
    edges = {edge.id: edge for edge in flow.edges}
    parts = [
        (route.edge, one, other)
        for route in drawing.routes
        for one, other in pairwise(route.points)
    ]
    found = []
    for (first, a, b), (second, c, d) in combinations(parts, 2):
        one, other = edges[first], edges[second]
        if one.source == other.source or one.target == other.target:
            continue
        for here, across in ((0, 1), (1, 0)):
            level = [a[across], b[across], c[across], d[across]]
            if max(level) - min(level) < 0.6:
                low = max(min(a[here], b[here]), min(c[here], d[here]))
                high = min(max(a[here], b[here]), max(c[here], d[here]))
                if high - low > 0.6:
                    found.append(f"{one} and {other} lie on one another from {low} to {high}")
    return found


def labels_faults(flow: Flow, drawing: Drawing) -> list[str]:
    """Return the texts beside lines that leave the sheet or lie on a node."""
    nodes = {node.id: node for node in flow.nodes}
    rects = [
        with_text(nodes[box.node], box, drawing.direction)
        for box in drawing.boxes
        if nodes[box.node].kind is not NodeKind.SUBPROCESS
    ]
    found = []
    for label in (route.label for route in drawing.routes if route.label):
        right = label.x + text_width(label.text, SMALL)
        rect = label.x, label.y - 9, right, label.y + 2
        if rect[0] < 0 or rect[1] < 0 or rect[2] > drawing.width or rect[3] > drawing.height:
            found.append(f"{label} leaves the sheet")
        found += [f"{label} lies on {other}" for other in rects if overlap(rect, other)]
    return found
