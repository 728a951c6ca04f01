from __future__ import annotations

from pathlib import Path

import pytest

from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Limit, Node, Repeat, Signing
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind, TaskKind
from guiju.exchange.bpmn import BpmnFile, read_bpmn

DATA = Path(__file__).parents[1] / "data"
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def read(name: str) -> BpmnFile:
    return read_bpmn((DATA / name).read_bytes())


def process(inner: str, outside: str = "") -> bytes:
    return (
        f'<definitions xmlns="{MODEL}" xmlns:guiju="https://guiju.org/bpmn/1">'
        f'<process id="p">{inner}</process>{outside}</definitions>'
    ).encode()


@pytest.fixture(scope="module")
def everything() -> dict[str, Node]:
    return {node.id: node for node in read("all_elements.bpmn").flow.nodes}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("begin", NodeKind.START),
        ("choose", NodeKind.EXCLUSIVE),
        ("fork", NodeKind.PARALLEL),
        ("some", NodeKind.INCLUSIVE),
        ("check", NodeKind.SUBPROCESS),
        ("overdue", NodeKind.BOUNDARY_TIMER),
        ("wait", NodeKind.TIMER),
        ("mail", NodeKind.MESSAGE),
        ("note", NodeKind.MESSAGE),
        ("jump", NodeKind.LINK_THROW),
        ("land", NodeKind.LINK_CATCH),
        ("call", NodeKind.CALL),
        ("done", NodeKind.END),
        ("stop", NodeKind.TERMINATE),
    ],
)
def test_every_element_becomes_its_kind_of_node(everything, name, kind):
    assert everything[name].kind is kind


def test_each_task_element_keeps_who_carries_it_out(everything):
    kinds = {n.id: n.task for n in everything.values() if n.kind is NodeKind.TASK}
    assert kinds == {
        "apply": TaskKind.USER,
        "fix": TaskKind.MANUAL,
        "query": TaskKind.SERVICE,
        "count": TaskKind.SERVICE,
        "rate": TaskKind.RULE,
        "ask": TaskKind.SEND,
        "answer": TaskKind.RECEIVE,
        **dict.fromkeys(("sign", "visit", "again", "urge", "loop"), TaskKind.PLAIN),
    }


def test_own_attributes_fill_the_fields_that_bpmn_has_no_word_for(everything):
    assert everything["apply"].number == "1"
    assert everything["apply"].step is StepKind.APPLY
    assert everything["apply"].phase is Phase.MOTION
    assert everything["sign"].limit == Limit(3, LimitUnit.WORKING_DAYS)
    assert everything["sign"].signing == Signing(SigningMode.VOTE, 3)
    assert everything["sign"].recorded is True
    assert everything["apply"].recorded is None


def test_the_innermost_lane_is_the_post_and_a_subprocess_hands_its_post_down(everything):
    posts = {name: node.post for name, node in everything.items() if node.post}
    assert posts == {
        "begin": "窗口",
        "apply": "窗口",
        "sign": "分管领导",
        **dict.fromkeys(
            ("check", "check_in", "visit", "deeper", "d_in", "again", "d_out", "check_out"),
            "局机关",
        ),
    }


def test_own_post_goes_before_the_lane_even_when_empty():
    members = "<flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef>"
    lanes = f'<laneSet><lane name="甲">{members}</lane></laneSet>'
    source = process(lanes + '<task id="a" guiju:post="乙"/><task id="b" guiju:post=""/>')
    assert [node.post for node in read_bpmn(source).flow.nodes] == ["乙", ""]


def test_subprocesses_nest_and_boundary_timers_keep_host_and_effect(everything):
    assert everything["visit"].inside == "check"
    assert everything["again"].inside == "deeper"
    overdue, remind = everything["overdue"], everything["remind"]
    assert (overdue.attached_to, overdue.interrupting, overdue.timer) == ("check", True, "P5D")
    assert (remind.attached_to, remind.interrupting, remind.timer) == ("check", False, "R/P1D")


def test_a_timer_defined_elsewhere_in_the_file_is_found(everything):
    assert everything["wait"].timer == "2026-01-01T12:00:00"


def test_repetition_links_default_and_condition_are_read(everything):
    assert everything["sign"].repeat == Repeat(sequential=True, times=3)
    assert everything["urge"].repeat == Repeat(sequential=False)
    assert everything["loop"].repeat == Repeat(sequential=True)
    assert everything["jump"].link == everything["land"].link == "到末尾"
    assert everything["choose"].default == "f_ok"
    edges = {edge.id: edge for edge in read("all_elements.bpmn").flow.edges}
    assert (edges["f_fix"].name, edges["f_fix"].condition) == ("不齐", "complete == false")


@pytest.mark.parametrize(
    ("inner", "times"),
    [
        ("<loopCardinality>4</loopCardinality>", 4),
        ("<loopCardinality>${n}</loopCardinality>", None),
        ("<loopCardinality>4</loopCardinality><completionCondition>x</completionCondition>", None),
        ("", None),
    ],
)
def test_how_often_is_known_only_when_it_is_written_and_nothing_ends_it_early(inner, times):
    loop = f"<multiInstanceLoopCharacteristics>{inner}</multiInstanceLoopCharacteristics>"
    node = read_bpmn(process(f'<task id="t">{loop}</task>')).flow.nodes[0]
    assert node.repeat == Repeat(sequential=False, times=times)


def test_a_called_process_of_the_same_file_comes_along_and_others_are_remarked():
    file = read("all_elements.bpmn")
    assert [flow.id for flow in file.flow.called] == ["delivery"]
    calls = {n.id: n.calls for n in file.flow.nodes if n.kind is NodeKind.CALL}
    assert calls == {"call": "delivery", "outside": "elsewhere"}
    assert [str(remark) for remark in file.remarks] == [
        "调用活动「归档」要调用的流程「elsewhere」不在本文件里，按一个普通步骤对待。"
    ]


def test_the_whole_sample_compiles_and_shows_its_steps():
    net = compile_flow(read("all_elements.bpmn").flow)
    assert {"申请", "踏勘", "再核", "邮寄", "归档", "催办"} <= set(net.activities)


def test_prefixes_vendor_extensions_and_artifacts_do_not_matter():
    file = read("vendor.bpmn")
    assert file.flow.name == "办公室"
    assert [n.name for n in file.flow.nodes] == ["", "写 申请", "同意", ""]
    assert [n.post for n in file.flow.nodes] == ["", "职员", "主任", ""]
    assert [(e.source, e.target) for e in file.flow.edges] == [
        ("go", "write"),
        ("write", "agree"),
        ("agree", "over"),
    ]
    assert file.remarks == ()


def test_missing_ids_are_made_up_alike_each_time_and_clash_with_none():
    flow = read("without_ids.bpmn").flow
    assert flow == read("without_ids.bpmn").flow
    assert flow.id == "process_1"
    assert [n.id for n in flow.nodes] == ["start", "sequenceFlow_1", "end", "task_1"]
    assert [e.id for e in flow.edges] == ["sequenceFlow_2", "sequenceFlow_3"]


def test_sequence_flows_are_the_truth_and_contradictions_are_remarked():
    nodes = '<task id="a"><outgoing>g</outgoing></task><task id="b"><incoming>f</incoming></task>'
    flows = '<sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
    file = read_bpmn(process(nodes + flows + '<sequenceFlow id="g" sourceRef="b" targetRef="b"/>'))
    assert [(e.source, e.target) for e in file.flow.edges] == [("a", "b"), ("b", "b")]
    assert [str(r)[:8] for r in file.remarks] == ["步骤「未命名」（", "步骤「未命名」（"]
    agreeing = nodes.replace(">g<", ">f<") + flows
    assert read_bpmn(process(agreeing)).remarks == ()


def test_flows_without_ids_cannot_be_listed_and_so_contradict_nothing():
    nodes = '<task id="a"><outgoing>f</outgoing></task><task id="b"/>'
    flows = '<sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
    nameless = '<sequenceFlow sourceRef="a" targetRef="a"/>'
    assert read_bpmn(process(nodes + flows + nameless)).remarks == ()


def test_a_long_row_of_remarks_is_cut_short_with_their_number():
    nodes = "".join(f'<task id="t{i}"><incoming>no</incoming></task>' for i in range(30))
    remarks = read_bpmn(process(nodes)).remarks
    assert len(remarks) == 21
    assert "10" in str(remarks[-1])


def test_a_stale_default_counts_as_none():
    gateway = '<exclusiveGateway id="x" default="gone"/>'
    assert read_bpmn(process(gateway)).flow.nodes[0].default == ""


def test_the_one_process_with_nodes_that_no_other_calls_is_taken():
    file = read_bpmn(process('<task id="t"/>', '<process id="q"/>'))
    assert file.flow.id == "p"
    assert read_bpmn((DATA / "all_elements.bpmn").read_bytes(), process="delivery").flow.name == (
        "送达流程"
    )


@pytest.mark.parametrize("codec", ["gbk", "utf-16", "utf-8-sig", "gb18030", "big5"])
def test_other_encodings_are_read_when_the_file_names_them(codec):
    declared = "utf-8" if codec == "utf-8-sig" else codec
    text = process('<task id="t" name="審批"/>').decode()
    source = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(codec)
    assert read_bpmn(source).flow.nodes[0].name == "審批"
