"""A flow as a new BPMN 2.0 file."""

from __future__ import annotations

from collections.abc import Container, Iterator

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow, Node
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.diagram import Layout, Routes, diagram
from guiju.exchange.bpmn.render import Lines, Naming, Renderer, element, in_new_file
from guiju.exchange.bpmn.vocabulary import GUIJU, PREFIXES
from guiju.exchange.xml_tree import brief


def fresh_file(flow: Flow, layout: Layout, routes: Routes) -> bytes:
    """Return a whole new file that holds ``flow`` and the flows that it calls."""
    flows = list(unfold(flow).values())
    root = element(
        "bpmn:definitions",
        {
            **{f"xmlns:{prefix}": space for space, prefix in PREFIXES.items()},
            "targetNamespace": GUIJU,
        },
        [
            *(process_lines(f, in_new_file) for f in flows),
            *(part for f in flows for part in diagram(f, layout, routes, in_new_file)),
        ],
    )
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *root, ""]).encode()


def unfold(flow: Flow) -> dict[str, Flow]:
    """Return ``flow`` and all flows that it calls, each once, by id."""
    found: dict[str, Flow] = {}
    waiting = [flow]
    while waiting:
        one = waiting.pop(0)
        if found.setdefault(one.id, one) is one:
            waiting.extend(one.called)
    return found


def process_lines(flow: Flow, naming: Naming) -> Lines:
    """Return the process element of ``flow``, its posts as lanes."""
    renderer = Renderer(flow, naming, _given_posts(flow))
    attributes = {"id": flow.id, "name": flow.name or None, "isExecutable": "false"}
    inner = [*_lanes(flow, renderer), *renderer.scope("")]
    return element(renderer.name("process"), attributes, inner)


def _given_posts(flow: Flow) -> dict[str, str]:
    """Return the post that each node has by its lane or by the subprocess around it."""
    own = {node.id: node.post for node in flow.nodes}
    return {node.id: own[node.inside] if node.inside else node.post for node in flow.nodes}


def _lanes(flow: Flow, renderer: Renderer) -> Iterator[Lines]:
    posts: dict[str, list[Lines]] = {}
    for node in flow.nodes:
        if node.post and not node.inside:
            posts.setdefault(node.post, []).append(renderer.reference("flowNodeRef", node.id))
    taken = {node.id for node in flow.nodes} | {edge.id for edge in flow.edges}
    lanes = [
        element(
            renderer.name("lane"),
            {"id": free(f"lane_{flow.id}_{n}", taken), "name": post},
            references,
        )
        for n, (post, references) in enumerate(posts.items(), start=1)
    ]
    if lanes:
        yield element(renderer.name("laneSet"), {"id": free(f"lanes_{flow.id}", taken)}, lanes)


def check_ids(flow: Flow) -> None:
    """Refuse a flow that would not survive in a file.

    Raises:
        Invalid: BPMN-20 an id borne twice, BPMN-21 an id that is empty or spaced oddly,
            BPMN-22 a node or edge that hangs loose.
    """
    seen: set[str] = set()
    for one in unfold(flow).values():
        names = [one.id, *(node.id for node in one.nodes), *(edge.id for edge in one.edges)]
        for name in names:
            if name in seen:
                raise Invalid(
                    "BPMN-20",
                    zh("编号「{id}」用了两次。请让流程里的编号各不相同。", id=brief(name)),
                )
            if not name or name != " ".join(name.split()):
                raise Invalid(
                    "BPMN-21",
                    zh("编号「{id}」是空的或有多余的空格。请改用不含空格的编号。", id=brief(name)),
                )
            seen.add(name)
        for loose in _loose(one):
            raise Invalid(
                "BPMN-22",
                zh(
                    "流程「{flow}」里的「{id}」没有接上：它所连接、依附或所在的元素不在同一层。"
                    "请补上那个元素，或改掉连接。",
                    flow=brief(one.name or one.id),
                    id=brief(loose),
                ),
            )


def _loose(flow: Flow) -> Iterator[str]:
    """Yield the ids of nodes and edges that no file could hold in their place."""
    scopes: dict[str, list[Node]] = {}
    for node in flow.nodes:
        scopes.setdefault(node.inside, []).append(node)
    placed: dict[str, str] = {}
    waiting = [""]
    while waiting:
        for node in scopes.get(waiting.pop(), ()):
            placed[node.id] = node.inside
            waiting += [node.id] if node.kind is NodeKind.SUBPROCESS else []
    for node in flow.nodes:
        boundary = node.kind is NodeKind.BOUNDARY_TIMER
        if node.id not in placed or (boundary and placed.get(node.attached_to) != node.inside):
            yield node.id
    for edge in flow.edges:
        if placed.get(edge.source, "?") != placed.get(edge.target, "!"):
            yield edge.id


def free(stem: str, taken: Container[str]) -> str:
    """Return ``stem``, lengthened until nothing bears it."""
    while stem in taken:
        stem += "_"
    return stem
