"""Altering, removing and adding the nodes of a process in its file."""

from __future__ import annotations

from guiju.core.flow.model import Node
from guiju.exchange.bpmn.change import Change, connections
from guiju.exchange.bpmn.extension import extension_of
from guiju.exchange.bpmn.render import Lines, Renderer, plain_attributes, tag_of
from guiju.exchange.bpmn.vocabulary import GUIJU, NODES
from guiju.exchange.xml_tree import Element

_LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_AFTER_NODES = ("sequenceFlow", "association", "group", "textAnnotation", "resourceRole")


def change_nodes(change: Change, renderer: Renderer) -> None:
    """Bring the elements of all nodes to what the new flow says."""
    before: dict[str, Element] = {}
    for name in change.old_nodes.keys() - change.kept:
        change.patch.remove(change.elements[name])
    for node in change.new.nodes:
        scope = change.scope(node.inside)
        if node.id in change.kept:
            before[node.inside] = change.elements[node.id]
            _alter(change, renderer, change.old_nodes[node.id], node)
        elif scope is not None:
            _add(change, scope, before.get(node.inside), renderer.node(node))
    _change_lists(change, renderer)


def _add(change: Change, scope: Element, before: Element | None, lines: Lines) -> None:
    """Put a new node where the flow's order has it: behind the kept node before it."""
    following = next(scope.all(*NODES), None) or next(scope.all(*_AFTER_NODES), None)
    if before is not None:
        change.patch.insert_after(before, lines)
    elif following is not None:
        change.patch.insert_before(following, lines)
    else:
        change.patch.append(scope, lines)


def _alter(change: Change, renderer: Renderer, old: Node, new: Node) -> None:
    element, patch = change.elements[new.id], change.patch
    if tag_of(old) != tag_of(new):
        patch.rename(element, tag_of(new))
    was = plain_attributes(old)
    for name, value in plain_attributes(new).items():
        if value != was[name]:
            patch.set(element, name, value)
    was = extension_of(old)
    for name, value in extension_of(new).items():
        if value != was[name]:
            patch.set(element, name, value, space=GUIJU)
    # A link without a name of its own goes by the event's name.
    if (old.timer, old.link) != (new.timer, new.link) or (new.link and old.name != new.name):
        _replace_event(change, renderer, new)
    if old.repeat != new.repeat:
        _replace_repeat(change, renderer, new)


def _replace_event(change: Change, renderer: Renderer, node: Node) -> None:
    element = change.elements[node.id]
    for child in element.children:
        if child.name.endswith("EventDefinition") or child.name == "eventDefinitionRef":
            change.patch.remove(child)
    for lines in renderer.event(node):
        change.patch.append(element, lines)


def _replace_repeat(change: Change, renderer: Renderer, node: Node) -> None:
    element = change.elements[node.id]
    for loop in element.all(*_LOOPS):
        change.patch.remove(loop)
    following = next(element.all("laneSet", *NODES, *_AFTER_NODES), None)
    for lines in renderer.repeat(node.repeat):
        if following is None:
            change.patch.append(element, lines)
        else:
            change.patch.insert_before(following, lines)


def _change_lists(change: Change, renderer: Renderer) -> None:
    """Keep ``incoming`` and ``outgoing`` true in nodes that list them."""
    old, new = connections(change.old.edges), connections(change.new.edges)
    for name in change.kept & change.new_nodes.keys():
        element = change.elements[name]
        if element.first("incoming", "outgoing") is None:
            continue
        for way in ("incoming", "outgoing"):
            gone = set(old[way, name]) - set(new[way, name])
            for child in element.all(way):
                if change.name_of(child.text) in gone:
                    change.patch.remove(child)
            listed = {change.name_of(child.text) for child in element.all(way)}
            for edge in new[way, name]:
                if edge not in listed and edge not in old[way, name]:
                    _list(change, element, way, renderer.reference(way, edge))


def _list(change: Change, element: Element, way: str, lines: Lines) -> None:
    same, incoming = list(element.all(way)), list(element.all("incoming"))
    if same or incoming:
        change.patch.insert_after((same or incoming)[-1], lines)
    else:
        change.patch.insert_before(next(element.all("outgoing")), lines)
