import csv
import io
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat
from guiju.core.terms import LimitUnit, NodeKind
from guiju.demo.sample.office import office_flow
from guiju.exchange.steps import read_step_table, write_step_table

K = NodeKind
SAYABLE = (K.START, K.END, K.TASK, K.EXCLUSIVE, K.PARALLEL)


def line(*nodes):
    """A flow that goes through the nodes one after another."""
    way = [Node("a", K.START), *nodes, Node("z", K.END)]
    return Flow("f", "", tuple(way), wires(*(f"{x.id}{y.id}" for x, y in pairwise(way))))


def wires(*pairs):
    return tuple(Edge(f"e{i}", pair[0], pair[1]) for i, pair in enumerate(pairs))


def drawn(nodes, pairs):
    return Flow("f", "", tuple(nodes), wires(*pairs.split()))


def task(id_, name="", **told):
    return Node(id_, K.TASK, name or f"步骤{id_}", **told)


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def code_and_words(flow, path):
    with pytest.raises(Invalid) as caught:
        write_step_table(flow, path)
    assert not path.exists()
    return caught.value.code, str(caught.value.sentence)


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".XLSX"])
def test_the_sample_comes_back_whole(tmp_path, ending):
    flow, path = office_flow(), tmp_path / ("许可" + ending)
    write_step_table(flow, path)
    file = read_step_table(path)
    assert file.remarks == ()
    assert determinise(compile_flow(file.flow)) == determinise(compile_flow(flow))
    wanted = [node for node in flow.nodes if node.kind is K.TASK]
    assert [node for node in file.flow.nodes if node.kind is K.TASK] == wanted
    said = sorted(edge.condition for edge in file.flow.edges)
    assert [s for s in said if s] == sorted(e.condition for e in flow.edges if e.condition)


def test_writing_what_was_read_changes_nothing(tmp_path):
    one, two = tmp_path / "甲.csv", tmp_path / "乙.csv"
    write_step_table(office_flow(), one)
    write_step_table(read_step_table(one).flow, two)
    assert two.read_bytes() == one.read_bytes()


def test_a_table_with_forty_parallel_steps_is_written_as_it_was_read(tmp_path):
    path = tmp_path / "表.csv"
    many = [str(n) for n in range(1, 41)]
    rows = [
        "序号,步骤,下一步",
        "0,甲," + "+".join(many),
        *(f"{n},乙{n},41" for n in many),
        "41,丙,",
    ]
    path.write_text("\n".join(rows), "utf-8")
    flow = read_step_table(path).flow
    write_step_table(flow, path)
    assert read_step_table(path).flow == flow


def test_a_workbook_is_pretty(tmp_path):
    path = tmp_path / "表.xlsx"
    write_step_table(office_flow(), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "C2"
    assert sheet["B1"].font.bold
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["H"].width > 30
    assert sheet["A2"].value == 1


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "'=1", "''@"])
def test_no_spreadsheet_runs_what_a_cell_holds(tmp_path, name):
    flow = line(task("b", name))
    write_step_table(flow, tmp_path / "表.csv")
    assert rows_of(tmp_path / "表.csv")[1][1] == "'" + name
    write_step_table(flow, tmp_path / "表.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "表.xlsx").active["B2"]
    assert (cell.value, cell.data_type) == (name, "s")
    for ending in ("csv", "xlsx"):
        assert read_step_table(tmp_path / f"表.{ending}").flow.nodes[1].name == name


def test_steps_without_good_numbers_are_numbered(tmp_path):
    write_step_table(line(task("b", number="甲"), task("c", number="7")), tmp_path / "表.csv")
    assert [row[0] for row in rows_of(tmp_path / "表.csv")[1:]] == ["1", "2"]
    write_step_table(line(task("b", number="1.1"), task("c", number="7")), tmp_path / "表.csv")
    assert [row[0] for row in rows_of(tmp_path / "表.csv")[1:]] == ["1.1", "7"]


def test_the_first_step_comes_first(tmp_path):
    nodes = (task("c"), task("b"), Node("a", K.START), Node("z", K.END))
    write_step_table(Flow("f", "", nodes, wires("ab", "bc", "cz")), tmp_path / "表.csv")
    assert [row[1] for row in rows_of(tmp_path / "表.csv")[1:]] == ["步骤b", "步骤c"]


def test_the_default_way_is_said(tmp_path):
    nodes = (
        *(Node("a", K.START), task("b"), Node("x", K.EXCLUSIVE, default="e3")),
        *(task("c"), Node("z", K.END)),
    )
    edges = [*wires("ab", "bx", "xc", "xz", "cz")]
    edges[2] = replace(edges[2], condition="重大")
    write_step_table(Flow("f", "", nodes, tuple(edges)), tmp_path / "表.csv")
    assert rows_of(tmp_path / "表.csv")[1][6:8] == ["2、结束", "2：重大；结束：其他情况"]


@pytest.mark.parametrize(
    "node",
    [
        *(Node("b", kind, "某处") for kind in K if kind not in SAYABLE),
        task("b", "某处", repeat=Repeat(sequential=True)),
        task("b", "某处", recorded=False),
        task("b", "某处", inside="c"),
        Node("b", K.EXCLUSIVE, "某处", recorded=True),
    ],
    ids=str,
)
def test_what_a_table_cannot_say_is_refused_by_name(tmp_path, node):
    code, words = code_and_words(line(task("c"), node), tmp_path / "表.csv")
    assert code == "STEP-16"
    assert "「某处」" in words
    assert "b" in words


@pytest.mark.parametrize(
    ("gates", "pairs"),
    [
        ({"x": K.EXCLUSIVE, "y": K.EXCLUSIVE}, "ax xb xc by cy yz"),
        ({"x": K.PARALLEL, "y": K.PARALLEL, "p": K.EXCLUSIVE}, "ab bx xc xd cy dy yp pe pz ez"),
        ({"x": K.PARALLEL, "y": K.PARALLEL, "p": K.EXCLUSIVE}, "ab bx xc xp pd pe cy dy ey yz"),
        ({"x": K.PARALLEL}, "ab bx xc xz cz"),
        ({"x": K.EXCLUSIVE}, "ab bx xx"),
        ({"x": K.EXCLUSIVE}, "ab bx"),
    ],
)
def test_gateways_that_fold_into_no_cell_are_refused(tmp_path, gates, pairs):
    used = set(pairs) - set(gates) - set("az ")
    nodes = [Node("a", K.START), Node("z", K.END), *map(task, sorted(used))]
    nodes += [Node(id_, kind, f"网关{id_}") for id_, kind in gates.items()]
    flow = drawn(nodes, pairs)
    code, words = code_and_words(flow, tmp_path / "表.csv")
    assert code == "STEP-16"
    assert "网关" in words


def test_parallel_branches_that_no_table_can_join_are_refused(tmp_path):
    nodes = [Node("a", K.START), Node("z", K.END), *map(task, "bcdef")]
    nodes += [
        Node("x", K.PARALLEL),
        Node("p", K.PARALLEL),
        Node("y", K.PARALLEL),
        Node("q", K.PARALLEL),
    ]
    pairs = "ab bx xc xd cp pe py dy yf eq fq qz"
    code, words = code_and_words(drawn(nodes, pairs), tmp_path / "表.csv")
    assert code == "STEP-17"
    assert "「2+3」" in words


def test_a_flow_that_waits_where_a_table_would_not_is_refused(tmp_path):
    nodes = [Node("a", K.START), Node("z", K.END), *map(task, "bcde")]
    nodes += [Node("x", K.PARALLEL), Node("m", K.EXCLUSIVE)]
    pairs = "ab bx xc xd cm dm me ez"
    code, _ = code_and_words(drawn(nodes, pairs), tmp_path / "表.csv")
    assert code == "STEP-17"


@pytest.mark.parametrize(
    "node",
    [
        task("b", " 甲"),
        task("b", "甲\r乙"),
        task("b", "甲\x01"),
        task("b", "甲\ud800"),
        task("b", "甲" * 32_768),
        task("b", limit=Limit(0, LimitUnit.DAYS)),
    ],
    ids=["blank", "return", "control", "surrogate", "long", "zero"],
)
def test_text_that_would_not_come_back_is_refused(tmp_path, node):
    assert code_and_words(line(node), tmp_path / "表.xlsx")[0] == "STEP-18"


def test_a_condition_that_reads_like_another_is_refused(tmp_path):
    nodes = (Node("a", K.START), task("b"), Node("x", K.EXCLUSIVE), task("c"), Node("z", K.END))
    edges = [*wires("ab", "bx", "xc", "xz", "cz")]
    edges[2] = replace(edges[2], condition="好；结束：坏")
    code, words = code_and_words(Flow("f", "", nodes, tuple(edges)), tmp_path / "表.csv")
    assert (code, "「条件」" in words) == ("STEP-18", True)


def test_other_endings_and_two_starts_are_refused(tmp_path):
    assert code_and_words(office_flow(), tmp_path / "表.doc")[0] == "STEP-19"
    flow = line(task("b"))
    twice = replace(flow, nodes=(*flow.nodes, Node("s", K.START)))
    assert code_and_words(twice, tmp_path / "表.csv")[0] == "STEP-16"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid, match="FILE-02"):
        write_step_table(office_flow(), tmp_path / "无" / "表.csv")
