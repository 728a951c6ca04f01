"""Keeping lanes and posts true while a process changes."""

from __future__ import annotations

from guiju.core.flow.model import Node
from guiju.core.sentence import Sentence
from guiju.exchange.bpmn.change import Change
from guiju.exchange.bpmn.extension import attribute
from guiju.exchange.bpmn.identity import scopes
from guiju.exchange.bpmn.lanes import lane_of_nodes, lanes
from guiju.exchange.bpmn.render import Lines, element
from guiju.exchange.bpmn.vocabulary import GUIJU, MODEL
from guiju.exchange.xml_tree import Element


def change_lanes(change: Change) -> dict[str, str]:
    """Move nodes between lanes, and return the post that each has without ``guiju:post``.

    A node whose new post has a lane moves there; for any other post the node itself
    carries it, because where a new lane would be drawn is not ours to say.
    """
    mover = _Mover(change)
    given: dict[str, str] = {}
    for node in change.new.nodes:
        given[node.id] = mover.given_post(node)
        present = change.elements[node.id] if node.id in change.kept else None
        own = None if present is None else attribute(present, "post")
        if (given[node.id] if own is None else own) == node.post:
            continue
        if own is None and not node.inside and node.post in mover.leaves:
            mover.move(node)
            given[node.id] = node.post
        elif present is not None:
            change.patch.set(present, "post", node.post, space=GUIJU)
    for name in change.old_nodes.keys() - change.new_nodes.keys():
        mover.leave(name)
    return given


class _Mover:
    def __init__(self, change: Change) -> None:
        self.change = change
        ignored: list[Sentence] = []
        self.lane_of: dict[Element, Element] = {}
        self.references: dict[str, list[Element]] = {}
        for scope in scopes(change.process):
            self.lane_of.update(lane_of_nodes(scope, change.reader.ids, ignored))
            for _, lane in lanes(scope):
                for reference in lane.all("flowNodeRef"):
                    name = change.name_of(reference.text)
                    self.references.setdefault(name, []).append(reference)
        self.leaves: dict[str, Element] = {}
        for _, lane in lanes(change.process):
            if lane.first("childLaneSet") is None and lane.get("name"):
                self.leaves.setdefault(lane.get("name"), lane)

    def given_post(self, node: Node) -> str:
        """Return the post by lane or, failing that, by the subprocess around the node."""
        was = self.change.elements.get(node.id)
        lane = self.lane_of.get(was) if was is not None else None
        if lane is not None:
            return lane.get("name")
        return self.change.new_nodes[node.inside].post if node.inside else ""

    def move(self, node: Node) -> None:
        """Put ``node`` into the lane of its post, and out of all others."""
        self.leave(node.id)
        lane = self.leaves[node.post]
        self.change.patch.append(lane, self._reference(lane, node.id))

    def leave(self, name: str) -> None:
        """Take a node out of all lanes."""
        for reference in self.references.get(name, ()):
            self.change.patch.remove(reference)

    def _reference(self, lane: Element, name: str) -> Lines:
        return element(self.change.patch.naming(lane)("flowNodeRef", MODEL), {}, text=name)
