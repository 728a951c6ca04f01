"""What differs between a process as its file has it and a flow that it shall hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.identity import flow_elements
from guiju.exchange.bpmn.patch import Patch
from guiju.exchange.bpmn.process import ProcessReader
from guiju.exchange.xml_tree import Element

_RENAMABLE = frozenset(
    {
        NodeKind.TASK,
        NodeKind.CALL,
        NodeKind.SUBPROCESS,
        NodeKind.EXCLUSIVE,
        NodeKind.PARALLEL,
        NodeKind.INCLUSIVE,
    }
)


class Change:
    """One process on its way from ``old`` to ``new``.

    Attributes:
        elements: by node or edge id, the element that the file has for it.
        kept: ids of nodes and edges whose element stays and is only altered; any other
            element is removed, any other node or edge written anew.
    """

    def __init__(self, reader: ProcessReader, patch: Patch, process: Element, new: Flow) -> None:
        self.reader, self.patch, self.process = reader, patch, process
        self.old, self.new = reader.flow(process), new
        self.elements = {reader.ids.of[e]: e for e in flow_elements(process)}
        self.old_nodes = {node.id: node for node in self.old.nodes}
        self.new_nodes = {node.id: node for node in new.nodes}
        self.old_edges = {edge.id: edge for edge in self.old.edges}
        # What stands in an element that is removed goes with it, and is written anew with it.
        self.kept = {n.id for n in new.nodes if _is_alterable(self.old_nodes.get(n.id), n)}
        self.kept |= {edge.id for edge in new.edges if self._is_kept(edge)}

    def scope(self, inside: str) -> Element | None:
        """Return the element that holds what is ``inside``; None when it is written anew."""
        if not inside:
            return self.process
        return self.elements[inside] if inside in self.kept else None

    def name_of(self, reference: str) -> str:
        """Return the id of the element that ``reference`` means, "" when there is none."""
        found = self.reader.ids.find(reference)
        return "" if found is None else self.reader.ids.of[found]

    def scope_of(self, edge: Edge) -> str:
        """Return the id of the subprocess in which ``edge`` is written, "" at the top."""
        return self.new_nodes[edge.source].inside

    def restructures(self) -> bool:
        """Tell whether more than labels differ, so that made-up ids must be written down."""
        return _skeleton(self.old) != _skeleton(self.new)

    def _is_kept(self, edge: Edge) -> bool:
        old = self.old_edges.get(edge.id)
        if old is None:
            return False
        above = self.elements[edge.id].parent
        stays = above is self.process or (above and self.reader.ids.of.get(above) in self.kept)
        return bool(stays) and self.old_nodes[old.source].inside == self.scope_of(edge)


def connections(edges: Iterable[Edge]) -> defaultdict[tuple[str, str], list[str]]:
    """Return the ids of the edges that are ``incoming`` or ``outgoing`` at each node."""
    ways: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        ways["outgoing", edge.source].append(edge.id)
        ways["incoming", edge.target].append(edge.id)
    return ways


def _is_alterable(old: Node | None, new: Node) -> bool:
    if old is None or old.inside != new.inside:
        return False
    return old.kind is new.kind or {old.kind, new.kind} <= _RENAMABLE


def _skeleton(flow: Flow) -> tuple[object, ...]:
    nodes = ((n.id, n.kind, n.inside, n.attached_to, n.default, n.post) for n in flow.nodes)
    return (*nodes, *((e.id, e.source, e.target) for e in flow.edges))
