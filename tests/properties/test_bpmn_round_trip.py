"""Any flow written as BPMN reads back equal, anew and into the file of any other flow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat, Signing
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind, TaskKind
from guiju.exchange.bpmn import read_bpmn, write_bpmn

DATA = Path(__file__).parents[1] / "data"
SAMPLES = [
    (DATA / name).read_bytes() for name in ("all_elements.bpmn", "vendor.bpmn", "without_ids.bpmn")
]
ACTIVITIES = (NodeKind.TASK, NodeKind.CALL, NodeKind.SUBPROCESS)
TIMED = (NodeKind.TIMER, NodeKind.BOUNDARY_TIMER, NodeKind.START)
LINKS = (NodeKind.LINK_CATCH, NodeKind.LINK_THROW)
CHOICES = (*ACTIVITIES, NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE)

texts = st.sampled_from(["", "审核", " 首尾 ", "a\nb\t\r", "<&>\"']]>", "𠮷\u2028"])
stripped = texts.map(str.strip)
posts = st.sampled_from(["", "窗口", "科长 & <局长>", "\n"])


def maybe(strategy):
    return st.none() | strategy


@st.composite
def nodes(draw, name: str, inside: str, hosts: list[str]) -> Node:
    kinds = [kind for kind in NodeKind if hosts or kind is not NodeKind.BOUNDARY_TIMER]
    kind = draw(st.sampled_from(kinds))
    boundary = kind is NodeKind.BOUNDARY_TIMER
    times = maybe(st.integers(1, 999_999))
    return Node(
        id=name,
        kind=kind,
        name=draw(texts),
        task=draw(st.sampled_from(TaskKind)) if kind is NodeKind.TASK else TaskKind.PLAIN,
        number=draw(texts),
        post=draw(posts),
        phase=draw(maybe(st.sampled_from(Phase))),
        step=draw(maybe(st.sampled_from(StepKind))),
        limit=draw(maybe(st.builds(Limit, st.integers(0, 9999), st.sampled_from(LimitUnit)))),
        signing=draw(
            maybe(st.builds(Signing, st.sampled_from(SigningMode), maybe(st.integers(0, 99))))
        ),
        repeat=draw(maybe(st.builds(Repeat, st.booleans(), times))) if kind in ACTIVITIES else None,
        inside=inside,
        attached_to=draw(st.sampled_from(hosts)) if boundary else "",
        interrupting=draw(st.booleans()) if boundary else True,
        link=draw(st.sampled_from(["甲", "乙"])) if kind in LINKS else "",
        calls=draw(st.sampled_from(["", "away", "x:far"])) if kind is NodeKind.CALL else "",
        timer=draw(stripped | st.sampled_from(["P1D", "R3/PT1H"])) if kind in TIMED else "",
        recorded=draw(maybe(st.booleans())),
    )


@st.composite
def scopes(draw, names: list[str], inside: str, depth: int) -> tuple[list[Node], list[Edge]]:
    """Draw what stands in one scope, in the order in which a file holds it."""
    here: list[Node] = []
    all_nodes: list[Node] = []
    edges: list[Edge] = []
    for _ in range(draw(st.integers(0, 4))):
        if not names:
            break
        hosts = [node.id for node in here if node.kind in ACTIVITIES]
        node = draw(nodes(names.pop(), inside, hosts))
        here.append(node)
        all_nodes.append(node)
        if node.kind is NodeKind.SUBPROCESS and depth:
            inner, ways = draw(scopes(names, node.id, depth - 1))
            all_nodes += inner
            edges += ways
    ids = [node.id for node in here]
    for _ in range(draw(st.integers(0, 4)) if ids and names else 0):
        if names:
            ends = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
            edges.append(Edge(names.pop(), *ends, name=draw(texts), condition=draw(stripped)))
    return all_nodes, edges


@st.composite
def flows(draw, name: str = "p") -> Flow:
    names = draw(st.permutations([f"n{i}" for i in range(12)] + ["步骤1", "a.b-c"]))
    drawn, edges = draw(scopes(names, "", 2))
    leaving = {edge.source: edge.id for edge in edges}
    drawn = [
        replace(n, default=leaving[n.id])
        if n.kind in CHOICES and n.id in leaving and draw(st.booleans())
        else n
        for n in drawn
    ]
    return Flow(name, draw(texts), tuple(drawn), tuple(edges))


def unordered(flow: Flow) -> Flow:
    """Return the flow without the order of its nodes and edges, which a file keeps as it was."""
    return replace(
        flow,
        nodes=tuple(sorted(flow.nodes, key=lambda node: node.id)),
        edges=tuple(sorted(flow.edges, key=lambda edge: edge.id)),
        called=tuple(map(unordered, flow.called)),
    )


@given(flows())
@settings(deadline=None, max_examples=80)
def test_a_new_file_reads_back_equal(flow):
    written = write_bpmn(flow)
    assert read_bpmn(written).flow == flow
    assert write_bpmn(flow, source=written) == written


@given(flows(), flows())
@settings(deadline=None, max_examples=80)
def test_any_flow_goes_into_the_file_of_any_other(old, new):
    written = write_bpmn(new, source=write_bpmn(old))
    assert unordered(read_bpmn(written).flow) == unordered(new)
    assert write_bpmn(read_bpmn(written).flow, source=written) == written


@given(st.sampled_from(SAMPLES), flows())
@settings(deadline=None, max_examples=40)
def test_any_flow_goes_into_a_file_drawn_elsewhere(source, new):
    new = replace(new, id=read_bpmn(source).flow.id)
    written = write_bpmn(new, source=source)
    assert unordered(read_bpmn(written, process=new.id).flow) == unordered(new)


@given(st.sampled_from(SAMPLES), st.data())
@settings(deadline=None, max_examples=40)
def test_names_and_removals_keep_the_order_of_the_file(source, data):
    flow = read_bpmn(source).flow
    lost = data.draw(st.sets(st.sampled_from([node.id for node in flow.nodes]), max_size=4))
    gone: set[str] = set()
    while gone != lost:
        gone = set(lost)
        lost |= {n.id for n in flow.nodes if {n.inside, n.attached_to} & lost}
    ways = [e for e in flow.edges if not {e.source, e.target} & gone]
    left = {edge.id for edge in ways} | {""}
    nodes = tuple(
        replace(node, name=data.draw(texts) if data.draw(st.booleans()) else node.name)
        for node in flow.nodes
        if node.id not in gone
    )
    nodes = tuple(n if n.default in left else replace(n, default="") for n in nodes)
    changed = replace(flow, nodes=nodes, edges=tuple(ways))
    kept = {node.calls for node in nodes}
    changed = replace(changed, called=tuple(f for f in flow.called if f.id in kept))
    assert read_bpmn(write_bpmn(changed, source=source), process=flow.id).flow == changed
