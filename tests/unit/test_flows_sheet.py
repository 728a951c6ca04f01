"""The step table as it is typed: what it says, what is wrong in which row, what it keeps."""

from dataclasses import replace

import pytest

from guiju.core.flow.model import Edge, Flow, Limit, Node
from guiju.core.lists.flow_judgement import judged, longest, stuck_at
from guiju.core.lists.flows import PowerFlow, StepNote
from guiju.core.terms import LimitUnit, NodeKind
from guiju.exchange.lists.step_graph import numbered
from guiju.exchange.lists.step_sheet import (
    COLUMNS,
    MOST_TEXT,
    MOST_TYPED,
    read_sheet,
    sheet_rows,
    sheet_text,
)
from small_edition import COUNTY, FACTS, SOUND, TODAY

FLOW = SOUND.flows[0]
BARE = PowerFlow(code="F1", name="流程")
EVERY_NOTE = StepNote(
    step="2",
    is_key=True,
    lead_unit="水利局",
    joint_units=("环保局", "林业局"),
    refines="3",
    documents=("申请书", "身份证明"),
    may_pause=True,
)


def sheet(*rows, before=BARE, header="序号\t步骤\t下一步"):
    return read_sheet("\n".join([header, *rows]) + "\n", before)


def told(found):
    return [(one.code, one.line, one.column) for one in found.problems]


@pytest.mark.parametrize("flow", SOUND.flows, ids=lambda flow: flow.code)
def test_what_is_typed_unchanged_is_the_same_flow(flow):
    noted = replace(flow, notes=(EVERY_NOTE,))
    assert read_sheet(sheet_text(sheet_rows(noted)), noted).flow == noted


def test_every_column_of_a_step_and_every_note_is_offered():
    for wanted in ("序号", "岗位", "签批规则", "关键环节", "牵头单位", "所需材料", "可以暂停"):
        assert wanted in COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS) == 17


def test_s0_12_a_table_without_an_end_is_told_at_its_rows_and_still_drawn():
    found = sheet("1\t受理\t2", "2\t审核\t1")
    assert found.flow is None
    assert told(found) == [("STEP-14", 2, "下一步"), ("STEP-14", 3, "下一步")]
    assert {(edge.source, edge.target) for edge in found.drawing.edges} >= {
        ("s1", "s2"), ("s2", "s1"),
    }  # fmt: skip
    assert sheet("1\t受理\t2", "2\t审核\t1、结束").flow is not None


def test_s0_12_a_step_to_which_nothing_leads_is_told_at_its_row():
    found = sheet("1\t受理\t3", "2\t没人来\t3", "3\t决定\t结束")
    assert told(found) == [("STEP-13", 3, "序号")]
    assert found.number_at(3) == "2"


def test_branches_that_do_not_meet_are_told_at_their_row():
    found = sheet("1\t受理\t2+3", "2\t审核\t结束", "3\t勘验\t2、结束")
    assert [(code, line) for code, line, _ in told(found)] == [("STEP-15", 2)]
    assert found.drawing is not None


def test_each_fault_of_a_cell_stands_at_its_row_and_column():
    header = "序号\t步骤\t时限\t下一步\t条件\t签批规则\t事前事中事后"
    found = sheet(
        "1\t受理\t三天半\t9\t\t\t",
        "\t\t\t\t\t\t",
        "1\t\t\t结束\t\t举手\t也许",
        header=header,
    )
    assert set(told(found)) == {
        ("STEP-09", 2, "时限"),
        ("STEP-11", 2, "下一步"),
        ("STEP-07", 4, "序号"),
        ("STEP-08", 4, "步骤"),
        ("STEP-10", 4, "签批规则"),
        ("LISTS-20", 4, "事前事中事后"),
    }
    assert found.flow is None


def test_a_note_that_cannot_be_read_keeps_the_flow_from_being_saved():
    header = "序号\t步骤\t事前事中事后"
    assert sheet("1\t受理\t也许", header=header).flow is None
    assert sheet("1\t受理\t事前", header=header).flow.notes[0].stage is not None


def test_what_the_table_has_no_column_for_stays():
    before = replace(FLOW, notes=(EVERY_NOTE,))
    short = ["序号", "步骤", "下一步"]
    rows = [[row.get(column, "") for column in short] for row in sheet_rows(before)]
    text = "\n".join("\t".join(row) for row in [short, *rows])
    after = read_sheet(text, before).flow
    assert after.notes == before.notes
    assert read_sheet(text.replace("\t2", "\t结束"), before).flow is None


def test_a_column_that_means_nothing_is_said_and_titles_above_the_header_do_no_harm():
    found = read_sheet("取水许可流程\n序号\t步骤\t心情\n1\t受理\t好\n", BARE)
    assert [str(one) for one in found.remarks] == ["没有用到的列：心情。"]
    assert found.flow.steps[0].name == "受理"


def test_a_table_apart_by_commas_is_read_as_well():
    assert read_sheet("序号,步骤\n1,受理\n2,决定\n", BARE).flow.steps[1].name == "决定"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "STEP-03"),
        ("序号\t步骤\n", "STEP-05"),
        ('序号\t步骤\n1\t"受理\n', "STEP-01"),
        ("序号\t步骤\n" + "1\t受理\n" * (MOST_TYPED + 1), "STEP-02"),
        ("x" * (MOST_TEXT + 1), "STEP-02"),
        ("序号\t步骤\t步骤\n1\t甲\t乙\n", "STEP-04"),
    ],
    ids=["empty", "no_rows", "quotes", "rows", "text", "twice"],
)
def test_what_is_no_table_is_refused_in_words(text, code):
    found = read_sheet(text, BARE)
    assert [one.code for one in found.problems] == [code]
    assert (found.flow, found.problems[0].line) == (None, 0)


def timed():
    """A flow with a timer at its second step, which no table can tell."""
    nodes = (
        Node("start", NodeKind.START),
        Node("a", NodeKind.TASK, "受理", number="1", post="窗口岗"),
        Node("b", NodeKind.TASK, "审核", number="2", post="审核岗"),
        Node("t", NodeKind.BOUNDARY_TIMER, attached_to="b", timer="P3D", interrupting=False),
        Node("c", NodeKind.TASK, "催办", number="3", post="审核岗"),
        Node("end", NodeKind.END),
        Node("end2", NodeKind.END),
    )
    pairs = (("start", "a"), ("a", "b"), ("b", "end"), ("t", "c"), ("c", "end2"))
    edges = tuple(Edge(f"e{n}", *pair) for n, pair in enumerate(pairs))
    return replace(BARE, graph=Flow("flow", "流程", nodes, edges))


def test_s0_10_what_no_table_can_tell_keeps_its_drawing_while_its_words_change():
    before = timed()
    text = sheet_text(sheet_rows(before)).replace("审核岗", "复核岗")
    after = read_sheet(text, before).flow
    assert after.graph.edges == before.graph.edges
    assert [node.post for node in after.steps] == ["窗口岗", "复核岗", "复核岗"]
    assert read_sheet(sheet_text(sheet_rows(before)), before).flow == before


def test_what_no_table_can_tell_gains_and_loses_no_step_in_one():
    before = timed()
    lines = sheet_text(sheet_rows(before)).splitlines()
    assert told(read_sheet("\n".join(lines[:-1]), before)) == [("STEP-20", 0, "")]
    redrawn = read_sheet("序号\t步骤\t下一步\n1\t受理\t2\n2\t审核\t结束\n", before)
    assert len(redrawn.flow.steps) == 2


def drawn_by_hand(flow):
    """The same flow with ids as a designer gives them."""

    def own(id_):
        return f"Activity_{id_}" if id_ in {node.id for node in FLOW.steps} else id_

    nodes = tuple(replace(node, id=own(node.id)) for node in flow.nodes)
    edges = tuple(
        replace(one, source=own(one.source), target=own(one.target)) for one in flow.edges
    )
    return replace(flow, nodes=nodes, edges=edges)


def test_words_that_change_leave_the_elements_as_they_were_drawn():
    before = replace(FLOW, graph=drawn_by_hand(FLOW.graph))
    text = sheet_text(sheet_rows(before)).replace("受理", "收件", 1)
    after = read_sheet(text, before).flow.graph
    assert [node.id for node in after.nodes] == [node.id for node in before.graph.nodes]
    assert after != before.graph


def test_steps_that_are_drawn_keep_their_numbers_and_new_ones_get_the_next():
    old = FLOW.graph
    fresh = replace(
        old,
        nodes=(
            *(replace(node, number="") for node in old.nodes),
            Node("Activity_1", NodeKind.TASK, "复核"),
            Node("Activity_2", NodeKind.TASK, "归档", number="2"),
        ),
    )
    numbers = {node.id: node.number for node in numbered(fresh, old).nodes if node.number}
    assert numbers == {
        "s1": "1", "s2": "2", "s3": "3", "s4": "4", "Activity_1": "5", "Activity_2": "6",
    }  # fmt: skip


def test_s0_12_what_is_proved_names_the_place_in_the_picture():
    split = Node("p", NodeKind.PARALLEL)
    nodes = (*FLOW.graph.nodes, split, Node("x", NodeKind.TASK, "会签"))
    edges = tuple(
        replace(edge, target="p") if edge.target == "s2" else edge for edge in FLOW.graph.edges
    )
    more = (Edge("p1", "p", "s2"), Edge("p2", "p", "x"), Edge("p3", "x", "end"))
    (stuck,) = stuck_at(Flow("f", "f", nodes, (*edges, *more)))
    assert "end" in stuck.nodes
    assert {"p1", "p2", "p3"} <= stuck.edges


def test_s0_27_how_few_people_is_told_with_what_is_asked():
    found = judged(FLOW, SOUND, FACTS, COUNTY, TODAY)
    assert (found.is_sound, found.proof.number, found.required) == (True, 4, 3)
    assert [share.posts for share in found.shares] == [
        ("窗口",), ("审批股长",), ("分管副局长",), ("送达岗",),
    ]  # fmt: skip
    assert found.longest == Limit(12, LimitUnit.WORKING_DAYS)
    one = replace(
        FLOW,
        graph=replace(
            FLOW.graph,
            nodes=tuple(
                replace(node, post="窗口") if node.kind is NodeKind.TASK else node
                for node in FLOW.graph.nodes
            ),
        ),
    )
    alone = judged(one, SOUND, FACTS, COUNTY, TODAY)
    assert (alone.proof.number, alone.is_enough) == (1, False)


def test_s3_08_a_flow_that_leaves_out_a_step_of_the_one_above_is_told():
    lower = replace(
        FLOW,
        code="F-office",
        parent=FLOW.code,
        graph=read_sheet("序号\t步骤\n1\t受理\n2\t决定\n3\t审查\n", BARE).flow.graph,
    )
    said = [str(one.sentence) for one in judged(lower, SOUND, FACTS, COUNTY, TODAY).findings]
    assert any("没有细化上层流程的" in one and "送达" in one for one in said)
    assert any("这里反了" in one for one in said)
    same = replace(FLOW, code="F-office", parent=FLOW.code)
    assert not any(
        "上层流程" in str(one.sentence)
        for one in judged(same, SOUND, FACTS, COUNTY, TODAY).findings
    )


def test_limits_in_different_units_add_up_in_days_and_none_to_nothing():
    nodes = FLOW.graph.nodes
    mixed = replace(
        FLOW.graph, nodes=(nodes[0], replace(nodes[1], limit=Limit(2, LimitUnit.DAYS)), *nodes[2:])
    )
    assert longest(mixed).unit is LimitUnit.DAYS
    bare = replace(FLOW.graph, nodes=tuple(replace(node, limit=None) for node in nodes))
    assert longest(bare) is None
