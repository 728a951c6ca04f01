import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Limit, Node, Signing
from guiju.core.flow.soundness import prove
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind
from guiju.exchange.steps import read_step_table, write_step_table

WORDS = st.text(
    st.sampled_from("甲乙丙=+-@'\"1，；：:;,、\t\n 结束_x000D"), min_size=1, max_size=8
).map(str.strip)
CONDITIONS = st.text(st.sampled_from("甲乙=，；：;、\n "), max_size=6).map(str.strip)
NAMES = WORDS.filter(bool)
SIGNINGS = st.builds(
    Signing,
    st.sampled_from([mode for mode in SigningMode if mode is not SigningMode.SINGLE]),
    st.none() | st.integers(1, 999),
)
LIMITS = st.builds(Limit, st.integers(1, 99_999), st.sampled_from(LimitUnit))


def sequences(parts):
    """A task, then composite parts each with a task before it; the last may stand last."""
    return st.builds(
        lambda firsts, last: [*(x for part in firsts for x in ("task", part)), "task", *last],
        st.lists(parts, max_size=2),
        st.lists(parts, max_size=1),
    )


BLOCKS = st.recursive(
    st.just("task"),
    lambda parts: st.one_of(
        st.tuples(st.just("one"), st.lists(sequences(parts) | st.just([]), min_size=2, max_size=3)),
        st.tuples(st.just("all"), st.lists(sequences(parts), min_size=2, max_size=3)),
        st.tuples(st.just("again"), st.lists(sequences(parts), min_size=1, max_size=1)),
    ),
    max_leaves=6,
)


class Drawing:
    def __init__(self, draw):
        self.draw, self.nodes, self.edges = draw, [], []

    def node(self, kind, **told):
        node = Node(f"n{len(self.nodes)}", kind, **told)
        self.nodes.append(node)
        return node.id

    def edge(self, source, target, condition=""):
        self.edges.append(
            Edge(f"e{len(self.edges)}", source, target, name=condition, condition=condition)
        )

    def sequence(self, parts, source, condition):
        for part in parts:
            source, condition = self.part(part, source, condition)
        return source, condition

    def part(self, part, source, condition):
        if part == "task":
            task = self.node(NodeKind.TASK, name=f"步骤{len(self.nodes)}")
            self.edge(source, task, condition)
            return task, ""
        kind, branches = part
        if kind == "again":
            return self.loop(branches[0], source, condition)
        gate = NodeKind.EXCLUSIVE if kind == "one" else NodeKind.PARALLEL
        opening, closing = self.node(gate), self.node(gate)
        self.edge(source, opening, condition)
        for branch in branches:
            said = self.draw(CONDITIONS) if kind == "one" else ""
            self.edge(*self.swap(self.sequence(branch, opening, said), closing))
        return closing, ""

    @staticmethod
    def swap(end, target):
        return end[0], target, end[1]

    def loop(self, body, source, condition):
        merge, choice = self.node(NodeKind.EXCLUSIVE), self.node(NodeKind.EXCLUSIVE)
        self.edge(source, merge, condition)
        self.edge(*self.swap(self.sequence([*body, "task"], merge, ""), choice))
        self.edge(choice, merge, self.draw(CONDITIONS))
        return choice, self.draw(CONDITIONS)


@st.composite
def flows(draw):
    drawing = Drawing(draw)
    start, end = drawing.node(NodeKind.START), drawing.node(NodeKind.END)
    parts = draw(sequences(BLOCKS.filter(lambda part: part != "task")))
    drawing.edge(*drawing.swap(drawing.sequence(parts, start, ""), end))
    return Flow("f", "流程", tuple(drawing.nodes), tuple(drawing.edges))


def back(flow, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表" + ending)
        write_step_table(flow, path)
        return read_step_table(path).flow


def said(flow):
    """Who may be told what at each choice, whatever the gateways are called."""
    return sorted(edge.condition for edge in flow.edges if edge.condition)


@settings(max_examples=120, deadline=None)
@given(flows())
def test_a_structured_flow_comes_back_with_the_same_traces(flow):
    again = back(flow, ".csv")
    assert determinise(compile_flow(again)) == determinise(compile_flow(flow))
    assert said(again) == said(flow)


TASKS = st.builds(
    lambda name, post, phase, kind, limit, signing: Node(
        "", NodeKind.TASK, name, post=post, phase=phase, step=kind, limit=limit, signing=signing
    ),
    NAMES,
    WORDS,
    st.none() | st.sampled_from(Phase),
    st.none() | st.sampled_from(StepKind),
    st.none() | LIMITS,
    st.none() | SIGNINGS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TASKS, min_size=1, max_size=4), st.sampled_from([".csv", ".tsv", ".xlsx"]))
def test_whatever_stands_in_the_cells_comes_back(tasks, ending):
    ids = [f"n{place}" for place in range(len(tasks))]
    nodes = [replace(task, id=id_) for id_, task in zip(ids, tasks, strict=True)]
    ends = [Node("a", NodeKind.START), Node("z", NodeKind.END)]
    way = ["a", *ids, "z"]
    edges = [Edge(f"e{i}", way[i], way[i + 1]) for i in range(len(way) - 1)]
    again = back(Flow("f", "", (*ends, *nodes), tuple(edges)), ending)
    read = [node for node in again.nodes if node.kind is NodeKind.TASK]
    told = [(n.name, n.post, n.phase, n.step, n.limit, n.signing) for n in read]
    assert told == [(n.name, n.post, n.phase, n.step, n.limit, n.signing) for n in nodes]


NEXTS = st.lists(
    st.lists(st.sampled_from(["1", "2", "3", "4", "5", "6"]), min_size=1, max_size=3).map("+".join)
    | st.just("结束"),
    max_size=2,
).map("、".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(NEXTS, min_size=1, max_size=6))
def test_every_table_that_is_accepted_is_sound_and_comes_back(nexts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表.csv")
        rows = [f"{n},步骤{n},{cell}" for n, cell in enumerate(nexts, 1)]
        path.write_text("\n".join(("序号,步骤,下一步", *rows)), "utf-8")
        try:
            flow = read_step_table(path).flow
        except Invalid as refusal:
            assert refusal.code in {"STEP-11", "STEP-13", "STEP-14", "STEP-15"}  # noqa: PT017 - either answer is right
            return
    net = compile_flow(flow)
    assert prove(net).is_sound
    assert determinise(compile_flow(back(flow, ".csv"))) == determinise(net)


SMALL = Flow(
    "f",
    "",
    (Node("a", NodeKind.START), Node("b", NodeKind.TASK, "甲"), Node("c", NodeKind.END)),
    (Edge("1", "a", "b"), Edge("2", "b", "c")),
)
CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.binary(max_size=3)), max_size=4)


def written(ending):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表" + ending)
        write_step_table(SMALL, path)
        return path.read_bytes()


WHOLE = {ending: written(ending) for ending in (".csv", ".xlsx")}
with zipfile.ZipFile(io.BytesIO(WHOLE[".xlsx"])) as whole_workbook:
    PARTS = {name: whole_workbook.read(name) for name in whole_workbook.namelist()}


def changed(content, changes):
    for place, data in changes:
        at = place % (len(content) + 1)
        content = content[:at] + data + content[at + max(len(data), 1) :]
    return content


def read_or_refused(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "表")
        path.write_bytes(content)
        try:
            read_step_table(path)
        except Invalid as refusal:
            assert str(refusal.sentence)  # noqa: PT017 - either answer is right


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), CHANGES, st.integers(0, 2**16) | st.none())
def test_broken_bytes_are_read_or_refused(ending, changes, cut):
    read_or_refused(changed(WHOLE[ending], changes)[:cut])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(PARTS)), CHANGES)
def test_broken_parts_of_a_workbook_are_read_or_refused(part, changes):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, changed(content, changes) if name == part else content)
    read_or_refused(made.getvalue())
