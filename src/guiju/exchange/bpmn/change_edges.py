"""Altering, removing and adding the sequence flows of a process in its file."""

from __future__ import annotations

from guiju.core.flow.model import Edge
from guiju.exchange.bpmn.change import Change
from guiju.exchange.bpmn.render import Lines, Renderer
from guiju.exchange.bpmn.vocabulary import NODES
from guiju.exchange.xml_tree import Element


def change_edges(change: Change, renderer: Renderer) -> None:
    """Bring the elements of all sequence flows to what the new flow says."""
    before: dict[Element, Element] = {}
    for name in change.old_edges.keys() - change.kept:
        change.patch.remove(change.elements[name])
    for edge in change.new.edges:
        scope = change.scope(change.scope_of(edge))
        if edge.id in change.kept:
            element = change.elements[edge.id]
            if element.parent is not None:
                before[element.parent] = element
            _alter(change, renderer, change.old_edges[edge.id], edge)
        elif scope is not None:
            _add(change, scope, before.get(scope), renderer.edge(edge))


def _add(change: Change, scope: Element, before: Element | None, lines: Lines) -> None:
    """Put a new edge where the flow's order has it: behind the kept edge before it."""
    following, nodes = scope.first("sequenceFlow"), list(scope.all(*NODES))
    if before is not None:
        change.patch.insert_after(before, lines)
    elif following is not None:
        change.patch.insert_before(following, lines)
    elif nodes:
        change.patch.insert_after(nodes[-1], lines)
    else:
        change.patch.append(scope, lines)


def _alter(change: Change, renderer: Renderer, old: Edge, new: Edge) -> None:
    element, patch = change.elements[new.id], change.patch
    if old.name != new.name:
        patch.set(element, "name", new.name or None)
    if old.source != new.source:
        patch.set(element, "sourceRef", new.source)
    if old.target != new.target:
        patch.set(element, "targetRef", new.target)
    if old.condition != new.condition:
        expression = element.first("conditionExpression")
        if expression is None:
            for lines in renderer.condition(new.condition):
                patch.append(element, lines)
        elif new.condition:
            patch.set_text(expression, new.condition)
        else:
            patch.remove(expression)
