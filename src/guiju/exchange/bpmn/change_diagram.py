"""Keeping the drawing true while a process changes."""

from __future__ import annotations

from guiju.exchange.bpmn.change import Change
from guiju.exchange.bpmn.diagram import Layout, Routes, diagram, is_drawn, line, shape
from guiju.exchange.bpmn.vocabulary import DIAGRAM, MODEL
from guiju.exchange.xml_tree import Element

_LINKS = ("association", "messageFlow")


def change_diagram(change: Change, layout: Layout, routes: Routes) -> None:
    """Remove what is drawn of vanished nodes and edges; draw new ones that are laid out."""
    drawn = _drawn(change)
    gone = _gone(change)
    for name in gone:
        for element in drawn.pop(name, ()):
            change.patch.remove(element)
    _remove_links(change, gone, drawn)
    if layout:
        _draw(change, layout, routes, set(drawn))


def _drawn(change: Change) -> dict[str, list[Element]]:
    """Return shapes and lines by the id of what they show."""
    found: dict[str, list[Element]] = {}
    for element in change.reader.document.root.walk():
        if element.space == DIAGRAM and element.name in ("BPMNShape", "BPMNEdge"):
            shown = element.get("bpmnElement")
            found.setdefault(change.name_of(shown) or shown, []).append(element)
    return found


def _gone(change: Change) -> set[str]:
    """Return the ids of vanished nodes and edges, and of edges that run elsewhere now."""
    edges = {edge.id: (edge.source, edge.target) for edge in change.new.edges}
    moved = {
        edge.id for edge in change.old.edges if edges.get(edge.id) != (edge.source, edge.target)
    }
    return moved | (change.old_nodes.keys() - change.new_nodes.keys())


def _remove_links(change: Change, gone: set[str], drawn: dict[str, list[Element]]) -> None:
    """Remove associations and message flows that would hang loose."""
    for element in change.reader.document.root.walk():
        if element.space == MODEL and element.name in _LINKS:
            ends = {change.name_of(element.get(end)) for end in ("sourceRef", "targetRef")}
            if ends & gone:
                for part in (element, *drawn.pop(element.get("id"), ())):
                    change.patch.remove(part)


def _draw(change: Change, layout: Layout, routes: Routes, drawn: set[str]) -> None:
    root = change.reader.document.root
    planes = [e for e in root.walk() if (e.space, e.name) == (DIAGRAM, "BPMNPlane")]
    if not planes:
        for lines in diagram(change.new, layout, routes, change.patch.naming(root)):
            change.patch.append(root, lines)
        return
    plane = next((p for p in planes if p.get("bpmnElement") == change.old.id), planes[0])
    naming = change.patch.naming(plane)
    for node in change.new.nodes:
        if node.id in layout and node.id not in drawn:
            change.patch.append(plane, shape(node, layout, naming))
    for edge in change.new.edges:
        if edge.id not in drawn and is_drawn(edge, layout):
            change.patch.append(plane, line(edge, layout, routes, naming))
