"""Where the elements of a BPMN file were drawn, to be kept beside the flow."""

from __future__ import annotations

import math
from collections.abc import Iterator

from guiju.core.flow.model import Flow, Place
from guiju.exchange.bpmn.diagram import Layout, Routes
from guiju.exchange.bpmn.vocabulary import BOUNDS, DIAGRAM, POINTS
from guiju.exchange.xml_tree import Element, parse

_FARTHEST = 100_000
"""Pixels; a drawing larger than that is none."""

_MOST_POINTS = 40


def places_of(source: bytes, flow: Flow) -> tuple[Place, ...]:
    """Return where the elements of ``flow`` stand in the file; nothing if a node is missing.

    Args:
        source: the file.
        flow: what ``read_bpmn`` read from it.

    Raises:
        Invalid: XML-01 to XML-07.
    """
    nodes = {node.id for node in flow.nodes}
    edges = {edge.id for edge in flow.edges}
    found: dict[str, Place] = {}
    for drawn in _drawn(parse(source).root):
        of = drawn.get("bpmnElement")
        numbers = tuple(_numbers(drawn))
        is_node = drawn.name == "BPMNShape" and of in nodes and len(numbers) == 4
        is_edge = drawn.name == "BPMNEdge" and of in edges and len(numbers) >= 4
        if is_node or is_edge:
            found.setdefault(of, Place(of, numbers))
    return tuple(found.values()) if nodes <= found.keys() else ()


def drawn_places(flow: Flow) -> tuple[Layout, Routes]:
    """Return where a flow says that it was drawn, as ``write_bpmn`` wants it; or nothing."""
    kept = {place.id: place.numbers for place in flow.layout}
    layout = {
        node.id: (numbers[0], numbers[1], numbers[2], numbers[3])
        for node in flow.nodes
        if len(numbers := kept.get(node.id, ())) == 4
    }
    if len(layout) < len(flow.nodes):
        return {}, {}
    routes = {
        edge.id: list(zip(kept[edge.id][::2], kept[edge.id][1::2], strict=False))
        for edge in flow.edges
        if edge.id in kept
    }
    return layout, routes


def _drawn(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.space == DIAGRAM and one.name in ("BPMNShape", "BPMNEdge"):
            yield one
        else:
            waiting.extend(reversed(one.children))


def _numbers(drawn: Element) -> Iterator[int]:
    """Yield the lengths that an element's place consists of; none of them for a bad one."""
    if drawn.name == "BPMNShape":
        bounds = [one for one in drawn.children if (one.space, one.name) == (BOUNDS, "Bounds")]
        texts = [bounds[0].get(name) for name in ("x", "y", "width", "height")] if bounds else []
    else:
        points = [one for one in drawn.children if (one.space, one.name) == (POINTS, "waypoint")]
        texts = [one.get(name) for one in points[:_MOST_POINTS] for name in ("x", "y")]
    lengths = [_length(text) for text in texts]
    if None not in lengths:
        yield from (length for length in lengths if length is not None)


def _length(text: str) -> int | None:
    try:
        length = float(text)
    except ValueError:
        return None
    return round(length) if math.isfinite(length) and abs(length) <= _FARTHEST else None
