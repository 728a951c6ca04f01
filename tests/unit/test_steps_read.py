from pathlib import Path

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Limit, Signing
from guiju.core.flow.soundness import prove
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind
from guiju.exchange.steps import read_step_table

DATA = Path(__file__).parents[1] / "data" / "steps"


@pytest.fixture
def table(tmp_path):
    def read(*rows, header="序号,步骤,下一步,条件", encoding="utf-8", separator=","):
        text = "\n".join((header, *rows)).replace(",", separator)
        path = tmp_path / "表.csv"
        path.write_bytes(text.encode(encoding))
        return read_step_table(path)

    return read


def accepts(flow, *traces):
    automaton = determinise(compile_flow(flow))
    told = []
    for trace in traces:
        state = 0
        for name in trace:
            code = automaton.activities.index(name)
            state = automaton.arcs[state].get(code) if state is not None else None
        told.append(state in automaton.accepting)
    return told


def gateways(flow):
    kinds = [node.kind for node in flow.nodes]
    return kinds.count(NodeKind.PARALLEL), kinds.count(NodeKind.EXCLUSIVE)


def test_an_office_table_is_read_with_all_its_columns():
    file = read_step_table(DATA / "office.csv")
    steps = {node.number: node for node in file.flow.nodes if node.kind is NodeKind.TASK}
    assert list(steps) == ["1", "2", "3", "4", "5", "6"]
    assert steps["1"].limit == Limit(1, LimitUnit.WORKING_DAYS)
    assert steps["2"].limit == Limit(5, LimitUnit.WORKING_DAYS)
    assert steps["3"].limit == Limit(5, LimitUnit.DAYS)
    assert steps["4"].limit == Limit(48, LimitUnit.HOURS)
    assert steps["6"].limit == Limit(3, LimitUnit.WORKING_DAYS)
    assert (steps["4"].phase, steps["4"].post) == (Phase.DECISION, "审核岗")
    assert (steps["1"].step, steps["5"].step) == (StepKind.APPLY, None)
    assert steps["6"].signing == Signing(SigningMode.VOTE, 3)
    assert {(e.condition, e.name) for e in file.flow.edges if e.condition} == {
        ("需补正", "需补正"),
        ("材料齐全", "材料齐全"),
    }
    said = [str(remark) for remark in file.remarks]
    assert any("第 8 行「类型」列的「现场」" in remark for remark in said)
    assert any("第 10 行不是步骤，略过了" in remark for remark in said)
    assert file.flow.name == "office"


def test_an_office_table_gives_a_sound_flow_with_its_traces():
    flow = read_step_table(DATA / "office.csv").flow
    a, b, c, d, e, f = "申请登记", "受理审查", "通知补正", "材料审核", "现场勘验", "集体决定"
    good = [(a, b, d, e, f), (a, b, e, d, f), (a, b, c, b, d, e, f)]
    bad = [(a, b, d, f), (a, b, f), (a, b, c, d, e, f), (a, b, d, e, e, f), (a, b, d, e)]
    assert accepts(flow, *good) == [True, True, True]
    assert accepts(flow, *bad) == [False] * 5
    assert prove(compile_flow(flow)).is_sound


def test_empty_next_means_the_row_below(table):
    flow = table("1,甲", "2,乙", "3,丙").flow
    assert accepts(flow, "甲乙丙", "甲丙", "甲乙") == [True, False, False]
    assert gateways(flow) == (0, 0)


@pytest.mark.parametrize("written", ["2、3", "2;3", "2，3", "2；3", "2/3", "2 3", "2或3", "②、三"])
def test_one_of_several(table, written):
    flow = table(f"1,甲,{written}", "2,乙,结束", "3,丙,end").flow
    assert accepts(flow, "甲乙", "甲丙", "甲乙丙") == [True, True, False]


@pytest.mark.parametrize("written", ["2+3", "2＋3", "2并3", " 2 + 3 "])
def test_both_in_parallel(table, written):
    flow = table(f"1,甲,{written}", "2,乙,结束", "3,丙,结束").flow
    assert accepts(flow, "甲乙丙", "甲丙乙", "甲乙", "甲") == [True, True, False, False]
    assert gateways(flow) == (2, 0)


def test_both_or_the_end(table):
    flow = table("1,甲,2+3、结束", "2,乙,4", "3,丙,4", "4,丁").flow
    assert accepts(flow, "甲", "甲乙丙丁", "甲丙乙丁", "甲丁") == [True, True, True, False]


def test_a_join_comes_before_the_merge_with_a_return(table):
    flow = table("1,甲,2+3", "2,乙,4", "3,丙,4", "4,丁,5", "5,戊,4、结束").flow
    assert accepts(flow, "甲乙丙丁戊", "甲乙丙丁戊丁戊", "甲乙丁戊") == [True, True, False]
    assert gateways(flow) == (2, 2)


def test_alternatives_inside_a_branch_merge_before_the_join(table):
    flow = table("1,甲,2+3", "2,乙,4、5", "3,丙,5", "4,丁,5", "5,戊").flow
    assert accepts(flow, "甲乙丙戊", "甲乙丁丙戊", "甲丙乙丁戊", "甲乙丁戊") == [
        True,
        True,
        True,
        False,
    ]
    assert prove(compile_flow(flow)).is_sound


def test_splits_inside_a_branch_that_end_at_the_same_row(table):
    flow = table("1,甲,2+3", "2,乙,4+5、6", "3,丙,6", "4,丁,6", "5,戊,6", "6,己").flow
    assert accepts(flow, "甲乙丙己", "甲乙丁戊丙己", "甲丙乙戊丁己", "甲乙丁丙己") == [
        True,
        True,
        True,
        False,
    ]


def test_a_split_may_meet_at_the_row_that_makes_it(table):
    flow = table("1,甲", "2,乙,3+4、结束", "3,丙,2", "4,丁,2").flow
    assert accepts(flow, "甲乙", "甲乙丙丁乙", "甲乙丙乙") == [True, True, False]


@pytest.mark.parametrize(
    ("nexts", "written", "wanted"),
    [
        ("2、3", "2：齐全；3：补正", ["齐全", "补正"]),
        ("2、3", "3:补正;2:齐全", ["齐全", "补正"]),
        ("2、3", "齐全；补正", ["齐全", "补正"]),
        ("2、3", "；补正", ["", "补正"]),
        ("2、3", "2：齐全；无误；3：补正", ["齐全；无误", "补正"]),
        ("2、3", "第②步：齐全", ["齐全", ""]),
        ("2、结束", "结束：撤回", ["", "撤回"]),
        ("2、2", "2：甲；2：乙", ["甲", "乙"]),
    ],
)
def test_conditions_are_shared_out(table, nexts, written, wanted):
    flow = table(f"1,甲,{nexts},{written}", "2,乙,3", "3,丙").flow
    assert [edge.condition for edge in flow.edges if edge.source == "x_1"] == wanted


def test_a_single_condition_belongs_to_the_single_next(table):
    flow = table("1,甲,2,符合条件；且已缴费", "2,乙").flow
    said = {edge.source: edge.condition for edge in flow.edges}
    assert said == {"start": "", "s1": "符合条件；且已缴费", "s2": ""}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_told_from_the_content(table, encoding, separator):
    flow = table("1,甲,2", "2,乙", encoding=encoding, separator=separator).flow
    assert [node.name for node in flow.nodes if node.number] == ["甲", "乙"]


def test_english_headers_and_words(table):
    header = "No.,Step Name,Kind,Phase,Role,Time Limit,Signing Rule"
    flow = table("1,甲,review,decision,X,5 working days,any 2", header=header).flow
    node = next(node for node in flow.nodes if node.number)
    assert node.step is StepKind.REVIEW
    assert node.limit == Limit(5, LimitUnit.WORKING_DAYS)
    assert node.signing == Signing(SigningMode.ANY, 2)


@pytest.mark.parametrize("none", ["", "无", "/", "—"])
def test_no_limit_and_no_signing(table, none):
    flow = table(f"1,甲,{none},{none}", header="序号,环节,时限,签批规则").flow
    node = next(node for node in flow.nodes if node.number)
    assert (node.limit, node.signing) == (None, None)


def test_unknown_columns_are_remarked(table):
    assert "备注" in str(table("1,甲,好", header="序号,环节,备注").remarks[0])


def test_gaps_that_merged_cells_leave_are_remarked(table):
    remarks = table("1,甲,决策", "2,乙,", "3,丙,", header="序号,环节,阶段").remarks
    assert [("「阶段」列有 2 行是空的" in str(r), "第 3 行" in str(r)) for r in remarks] == [
        (True, True)
    ]
    assert table("1,甲,", header="序号,环节,阶段").remarks == ()


def test_an_apostrophe_before_a_formula_is_taken_off(table):
    flow = table("1,'=1+1", header="序号,环节").flow
    assert flow.nodes[1].name == "=1+1"


def test_rows_may_be_blank_and_short(table):
    assert len(table("1,甲", "", ",,", "2,乙").flow.nodes) == 4


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match="FILE-01"):
        read_step_table(tmp_path / "无.csv")
