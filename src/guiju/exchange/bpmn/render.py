"""Nodes, edges and lanes as lines of BPMN 2.0 XML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from guiju.core.flow.model import Edge, Flow, Node, Repeat
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.extension import extension_of
from guiju.exchange.bpmn.vocabulary import GUIJU, MODEL, PLAIN_TAGS, PREFIXES, SCHEMA, TASK_TAGS
from guiju.exchange.xml_tree import escaped

Lines = list[str]
Attributes = Mapping[str, str | None]
Naming = Callable[[str, str], str]
"""Puts the prefix of a namespace before a local name."""

_TAGS = {kind: tag for tag, kind in PLAIN_TAGS.items()} | {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.TERMINATE: "endEvent",
    NodeKind.TIMER: "intermediateCatchEvent",
    NodeKind.MESSAGE: "intermediateCatchEvent",
    NodeKind.LINK_CATCH: "intermediateCatchEvent",
    NodeKind.LINK_THROW: "intermediateThrowEvent",
    NodeKind.BOUNDARY_TIMER: "boundaryEvent",
}


def in_new_file(local: str, space: str) -> str:
    """Put the usual prefix of a namespace before a local name."""
    return f"{PREFIXES[space]}:{local}"


def tag_of(node: Node) -> str:
    """Return the name of the element that stands for ``node``."""
    return TASK_TAGS[node.task] if node.kind is NodeKind.TASK else _TAGS[node.kind]


def element(
    name: str, attributes: Attributes, inner: Iterable[Lines] = (), *, text: str = ""
) -> Lines:
    """Return an element as lines; attributes that are None are left out."""
    written = "".join(
        f' {key}="{escaped(value, quoted=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = [f"  {line}" for lines in inner for line in lines]
    if body:
        return [f"<{name}{written}>", *body, f"</{name}>"]
    return [f"<{name}{written}>{escaped(text)}</{name}>" if text else f"<{name}{written}/>"]


def plain_attributes(node: Node) -> dict[str, str | None]:
    """Return BPMN's own attributes of a node's element; None for those it does not carry."""
    boundary = node.kind is NodeKind.BOUNDARY_TIMER
    return {
        "id": node.id,
        "name": node.name or None,
        "default": node.default or None,
        "calledElement": node.calls or None if node.kind is NodeKind.CALL else None,
        "attachedToRef": node.attached_to if boundary else None,
        "cancelActivity": "false" if boundary and not node.interrupting else None,
    }


class Renderer:
    """Writes what one flow holds, with the prefixes that its file uses.

    Args:
        flow: the flow.
        naming: how names are written in its file.
        posts: for each node the post that lanes give it; others carry ``guiju:post``.
    """

    def __init__(self, flow: Flow, naming: Naming, posts: Mapping[str, str]) -> None:
        self._naming = naming
        self._posts = posts
        self._nodes: defaultdict[str, list[Node]] = defaultdict(list)
        self._edges: defaultdict[str, list[Edge]] = defaultdict(list)
        self._ways: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        inside = {node.id: node.inside for node in flow.nodes}
        for node in flow.nodes:
            self._nodes[node.inside].append(node)
        for edge in flow.edges:
            self._edges[inside[edge.source]].append(edge)
            self._ways["outgoing", edge.source].append(edge.id)
            self._ways["incoming", edge.target].append(edge.id)

    def name(self, local: str, space: str = MODEL) -> str:
        """Return a name with its prefix."""
        return self._naming(local, space)

    def scope(self, inside: str) -> Iterator[Lines]:
        """Yield all that stands directly in a subprocess, or in the process itself ("")."""
        yield from map(self.node, self._nodes[inside])
        yield from map(self.edge, self._edges[inside])

    def node(self, node: Node) -> Lines:
        """Return a node with all that is inside it."""
        inner = [*self._connections(node), *self.event(node), *self.repeat(node.repeat)]
        return element(
            self.name(tag_of(node)),
            self._attributes(node),
            [*inner, *(self.scope(node.id) if node.kind is NodeKind.SUBPROCESS else ())],
        )

    def _attributes(self, node: Node) -> dict[str, str | None]:
        given = self._posts.get(node.id, "")
        own = {**extension_of(node), "post": None if given == node.post else node.post}
        return plain_attributes(node) | {self.name(key, GUIJU): own[key] for key in own}

    def event(self, node: Node) -> Iterator[Lines]:
        """Yield the event definition of a node that has one."""
        timed = node.kind is NodeKind.START and node.timer
        if timed or node.kind in (NodeKind.TIMER, NodeKind.BOUNDARY_TIMER):
            yield element(self.name("timerEventDefinition"), {}, self.timer(node.timer))
        elif node.kind in (NodeKind.LINK_CATCH, NodeKind.LINK_THROW):
            yield element(self.name("linkEventDefinition"), {"name": node.link})
        elif node.kind is NodeKind.MESSAGE:
            yield element(self.name("messageEventDefinition"), {})
        elif node.kind is NodeKind.TERMINATE:
            yield element(self.name("terminateEventDefinition"), {})

    def timer(self, text: str) -> Iterator[Lines]:
        """Yield a timer's date, cycle or duration (ISO 8601)."""
        part = "timeCycle" if text[:1] == "R" else "timeDate" if text[:1].isdigit() else ""
        if text:
            yield self._expression(part or "timeDuration", text)

    def repeat(self, repeat: Repeat | None) -> Iterator[Lines]:
        """Yield the multi-instance marker of a repeated activity."""
        if repeat is not None:
            times = (
                ()
                if repeat.times is None
                else [self._expression("loopCardinality", str(repeat.times))]
            )
            sequential = "true" if repeat.sequential else None
            yield element(
                self.name("multiInstanceLoopCharacteristics"), {"isSequential": sequential}, times
            )

    def edge(self, edge: Edge) -> Lines:
        """Return a sequence flow."""
        attributes = {
            "id": edge.id,
            "name": edge.name or None,
            "sourceRef": edge.source,
            "targetRef": edge.target,
        }
        return element(self.name("sequenceFlow"), attributes, self.condition(edge.condition))

    def condition(self, text: str) -> Iterator[Lines]:
        """Yield the condition of an edge that has one."""
        if text:
            yield self._expression("conditionExpression", text)

    def reference(self, name: str, target: str) -> Lines:
        """Return an element that refers to ``target``, such as ``incoming``."""
        return element(self.name(name), {}, text=target)

    def _connections(self, node: Node) -> Iterator[Lines]:
        for way in ("incoming", "outgoing"):
            for edge in self._ways[way, node.id]:
                yield self.reference(way, edge)

    def _expression(self, name: str, text: str) -> Lines:
        formal = {self.name("type", SCHEMA): self.name("tFormalExpression")}
        return element(self.name(name), formal, text=text)
