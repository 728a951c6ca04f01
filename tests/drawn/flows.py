"""Flows of any shape, most of which nobody would write: for laying them out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat
from guiju.core.terms import LimitUnit, NodeKind, Phase

NAMES = (
    "",
    "受理",
    "现场核查并出具意见",
    "对申请人提交的全部材料进行形式审查与实质审查并在系统中逐项登记备案",
    "Review",
    "Internationalisation-of-the-administrative-licensing-procedure",
    "Check the documents of the applicant and inform the office in charge",
    "WWWWWWWWWW@@@@@@@@@@%%%%%%%%",
)
HOSTS = (NodeKind.TASK, NodeKind.CALL, NodeKind.SUBPROCESS)
STANDING = tuple(kind for kind in NodeKind if kind is not NodeKind.BOUNDARY_TIMER)


@st.composite
def nodes_of(draw, inside: str, most: int, depth: int, *, phases: bool) -> list[Node]:
    """Return the nodes of one scope and of the subprocesses in it."""
    nodes: list[Node] = []
    own: list[Node] = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from((NodeKind.TASK, NodeKind.TASK, NodeKind.TASK, *STANDING)))
        kind = kind if depth or kind is not NodeKind.SUBPROCESS else NodeKind.TASK
        phase = draw(st.sampled_from((None, *Phase))) if phases else None
        limit = draw(st.sampled_from((None, Limit(15, LimitUnit.WORKING_DAYS))))
        own.append(
            Node(
                f"{inside}n{number}",
                kind,
                draw(st.sampled_from(NAMES)),
                number=draw(st.sampled_from(("", "3.1"))),
                post=draw(st.sampled_from(("", "窗口", "市场监督管理局行政审批服务科科长"))),
                phase=phase,
                limit=limit,
                repeat=draw(st.sampled_from((None, Repeat(sequential=True), Repeat(False, 3)))),
                inside=inside,
            )
        )
    nodes += own
    for host in own:
        if host.kind in HOSTS:
            for number in range(draw(st.sampled_from((0, 0, 0, 1, 2, 5)))):
                name = f"{host.id}t{number}"
                nodes.append(
                    Node(
                        name,
                        NodeKind.BOUNDARY_TIMER,
                        inside=inside,
                        attached_to=host.id,
                        interrupting=draw(st.booleans()),
                    )
                )
        if host.kind is NodeKind.SUBPROCESS:
            nodes += draw(nodes_of(host.id, 5, depth - 1, phases=False))
    return nodes


@st.composite
def wild_flows(draw, most: int = 11) -> Flow:
    """Return nodes joined at random, each edge within one scope; loops and doubles are likely."""
    nodes = draw(nodes_of("", most, 2, phases=draw(st.booleans())))
    edges: list[Edge] = []
    for scope in sorted({node.inside for node in nodes}):
        sources = [node.id for node in nodes if node.inside == scope]
        targets = [n.id for n in nodes if n.inside == scope and n.attached_to == ""]
        for _ in range(draw(st.integers(0, 2 * len(targets)))):
            edges.append(
                Edge(
                    f"e{len(edges)}",
                    draw(st.sampled_from(sources)),
                    draw(st.sampled_from(targets)),
                    draw(st.sampled_from(("", "", "同意", "材料不齐全需要申请人补正", "No"))),
                )
            )
    return Flow("wild", "野流程", tuple(nodes), tuple(edges))


def chain(length: int, back: int = 0, name: str = "步骤") -> Flow:
    """Return ``length`` steps in a row; every ``back``-th sends the matter ten steps back."""
    nodes = [Node("s", NodeKind.START), *_steps(length, name), Node("e", NodeKind.END)]
    edges = [Edge(f"e{i}", a.id, b.id) for i, (a, b) in enumerate(pairwise(nodes))]
    if back:
        edges += [
            Edge(f"b{i}", nodes[i].id, nodes[max(1, i - 10)].id, "退回")
            for i in range(back, length, back)
        ]
    return Flow("chain", "一长串", tuple(nodes), tuple(edges))


def _steps(length: int, name: str) -> list[Node]:
    phases = list(Phase)
    return [
        Node(f"n{i}", NodeKind.TASK, f"{name}{i}", phase=phases[i * 4 // length])
        for i in range(length)
    ]
