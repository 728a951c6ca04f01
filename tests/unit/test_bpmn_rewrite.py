from __future__ import annotations

from dataclasses import replace
from difflib import ndiff
from pathlib import Path

import pytest

from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat
from guiju.core.terms import LimitUnit, NodeKind, TaskKind
from guiju.exchange.bpmn import read_bpmn, write_bpmn

DATA = Path(__file__).parents[1] / "data"
VENDOR = (DATA / "vendor.bpmn").read_bytes()
ALL = (DATA / "all_elements.bpmn").read_bytes()


def with_node(flow: Flow, target: str, /, **changes: object) -> Flow:
    nodes = tuple(replace(n, **changes) if n.id == target else n for n in flow.nodes)
    return replace(flow, nodes=nodes)


def without(flow: Flow, *names: str) -> Flow:
    gone = {n.id for n in flow.nodes if {n.id, n.inside, n.attached_to} & set(names)}
    edges = (e for e in flow.edges if not {e.id, e.source, e.target} & (gone | set(names)))
    return replace(flow, nodes=tuple(n for n in flow.nodes if n.id not in gone), edges=tuple(edges))


def rewritten(source: bytes, flow: Flow, **drawing: object) -> str:
    result = write_bpmn(flow, source=source, **drawing)
    back = read_bpmn(result)
    assert back.flow == flow
    assert back.remarks == read_bpmn(source).remarks
    return result.decode()


def changed_lines(source: bytes, result: str) -> list[str]:
    lines = ndiff(source.decode().splitlines(), result.splitlines())
    return [line[0] + line[2:].strip() for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("name", ["all_elements.bpmn", "vendor.bpmn", "without_ids.bpmn"])
def test_an_unchanged_flow_gives_the_very_same_bytes(name):
    source = (DATA / name).read_bytes()
    assert write_bpmn(read_bpmn(source).flow, source=source) == source


def test_a_new_name_changes_one_attribute_and_nothing_else():
    flow = with_node(read_bpmn(VENDOR).flow, "agree", name="批准")
    before, after = changed_lines(VENDOR, rewritten(VENDOR, flow))
    assert before[1:].replace('name="同意"', 'name="批准"') == after[1:]


def test_own_attributes_get_a_prefix_that_is_not_taken():
    limit = Limit(3, LimitUnit.DAYS)
    result = rewritten(VENDOR, with_node(read_bpmn(VENDOR).flow, "write", limit=limit))
    assert 'xmlns:guiju2="https://guiju.org/bpmn/1"' in result
    assert 'guiju:mark="不是我们的" guiju2:limit="3 days"' in result
    again = rewritten(result.encode(), with_node(read_bpmn(VENDOR).flow, "write", limit=None))
    assert "guiju2:limit" not in again


def test_own_attributes_keep_the_prefix_that_the_file_has():
    result = rewritten(ALL, with_node(read_bpmn(ALL).flow, "apply", number="2", step=None))
    lines = changed_lines(ALL, result)
    assert lines[1] == '+<userTask id="apply" name="申请" gj:number="2" gj:phase="motion"/>'
    assert len(lines) == 2


def test_a_removed_node_takes_its_shape_lines_and_references_with_it():
    flow = without(read_bpmn(VENDOR).flow, "agree")
    result = rewritten(VENDOR, replace(flow, edges=(*flow.edges, Edge("n", "write", "over"))))
    for gone in ('"agree"', "agree_di", ">agree<", "c_di", "d_di", "note_of", ">c<", ">d<"):
        assert gone not in result
    for kept in ("go_di", "a_di", "note_di", "<!-- who asks -->", "camunda:formField", "<!-- end"):
        assert kept in result
    assert "<b:outgoing>n</b:outgoing>" in result
    assert "<b:incoming>n</b:incoming>" in result
    assert '<b:sequenceFlow id="n" sourceRef="write" targetRef="over"/>' in result


def test_added_nodes_stand_where_the_flow_has_them_and_are_drawn_when_laid_out():
    flow = read_bpmn(VENDOR).flow
    added = Node("look", NodeKind.TASK, "看一眼", TaskKind.USER, post="主任")
    nodes = (*flow.nodes[:2], added, *flow.nodes[2:])
    edges = tuple(replace(e, target="look") if e.id == "c" else e for e in flow.edges)
    edges = (*edges[:2], Edge("c2", "look", "agree"), edges[2])
    layout = {"look": (1, 2, 3, 4), "write": (5, 6, 7, 8), "agree": (9, 9, 9, 9)}
    result = rewritten(VENDOR, replace(flow, nodes=nodes, edges=edges), layout=layout)
    assert '<di:BPMNShape bpmnElement="look">' in result
    assert '<di:BPMNEdge bpmnElement="c2">' in result
    assert '<di:BPMNEdge bpmnElement="c">' in result
    assert "c_di" not in result
    assert result.count('bpmnElement="write"') == 1
    assert "<b:flowNodeRef>look</b:flowNodeRef>" in result
    assert result.index('"write"') < result.index('id="look"') < result.index('id="agree"')


def test_a_post_that_has_a_lane_moves_the_node_there_and_another_stays_on_the_node():
    flow = read_bpmn(VENDOR).flow
    moved = rewritten(VENDOR, with_node(flow, "agree", post="职员"))
    assert moved.index("职员") < moved.index(">agree<") < moved.index("主任")
    assert moved.count(">agree<") == 1
    carried = rewritten(VENDOR, with_node(flow, "agree", post="局长"))
    assert 'guiju2:post="局长"' in carried
    emptied = rewritten(VENDOR, with_node(flow, "agree", post=""))
    assert 'guiju2:post=""' in emptied


def test_the_name_is_changed_where_the_file_has_it():
    flow = replace(read_bpmn(VENDOR).flow, name="值班室")
    assert 'name="值班室" processRef="leave"' in rewritten(VENDOR, flow)
    assert '<process id="main" name="改名">' in rewritten(
        ALL, replace(read_bpmn(ALL).flow, name="改名")
    )


@pytest.mark.parametrize(
    ("node", "changes"),
    [
        ("choose", {"kind": NodeKind.PARALLEL, "default": ""}),
        ("choose", {"default": "f_fix"}),
        ("fix", {"task": TaskKind.USER}),
        ("fix", {"kind": NodeKind.CALL, "task": TaskKind.PLAIN, "calls": "far"}),
        ("fix", {"kind": NodeKind.EXCLUSIVE, "task": TaskKind.PLAIN}),
        ("note", {"kind": NodeKind.TIMER, "timer": "PT1H"}),
        ("done", {"kind": NodeKind.TERMINATE}),
        ("begin", {"timer": "R3/P1D"}),
        ("wait", {"timer": "P3D"}),
        ("overdue", {"timer": "P9D", "interrupting": False}),
        ("remind", {"interrupting": True, "attached_to": "call"}),
        ("jump", {"name": "去"}),
        ("sign", {"repeat": None}),
        ("sign", {"repeat": Repeat(sequential=False, times=5), "signing": None}),
        ("loop", {"repeat": Repeat(sequential=False)}),
        ("check", {"repeat": Repeat(sequential=True, times=2), "post": "窗口"}),
        ("check", {"post": "别处"}),
        ("call", {"calls": "gone"}),
        ("visit", {"post": "窗口", "recorded": False}),
    ],
)
def test_each_kind_of_change_is_written_and_leaves_comments_and_artifacts(node, changes):
    flow = with_node(read_bpmn(ALL).flow, node, **changes)
    if changes.get("calls"):
        flow = replace(flow, called=() if node == "call" else flow.called)
    result = write_bpmn(flow, source=ALL)
    assert read_bpmn(result, process="main").flow == flow
    assert "<!-- 一个流程，用到每一种能运行的元素 -->" in result.decode()
    assert '<association id="hint_of" sourceRef="hint" targetRef="visit"/>' in result.decode()


def test_a_subprocess_is_removed_whole_with_what_hangs_on_it():
    flow = without(read_bpmn(ALL).flow, "check", "deeper")
    result = rewritten(ALL, flow)
    for gone in ("visit", "deeper", "overdue", "remind", "hint_of"):
        assert f'"{gone}"' not in result


def test_a_node_moves_into_a_subprocess():
    flow = without(read_bpmn(ALL).flow, "fix")
    node = Node("fix", NodeKind.TASK, "补正", TaskKind.MANUAL, inside="check", post="局机关")
    at = [n.id for n in flow.nodes].index("visit") + 1
    result = rewritten(ALL, replace(flow, nodes=(*flow.nodes[:at], node, *flow.nodes[at:])))
    assert result.index('id="visit"') < result.index('id="fix"') < result.index('id="deeper"')


def test_a_called_flow_is_changed_in_its_own_process():
    flow = read_bpmn(ALL).flow
    called = with_node(flow.called[0], "send", name="电子送达")
    result = rewritten(ALL, replace(flow, called=(called,)))
    assert len(changed_lines(ALL, result)) == 2


def test_a_newly_called_flow_becomes_a_process_of_the_file():
    flow = with_node(read_bpmn(ALL).flow, "outside", calls="filing")
    filing = Flow("filing", "归档流程", (Node("fs", NodeKind.START), Node("fe", NodeKind.END)), ())
    flow = replace(flow, called=(*flow.called, filing))
    result = write_bpmn(flow, source=ALL)
    assert read_bpmn(result).flow == flow


def test_made_up_ids_are_written_down_once_the_structure_changes():
    source = (DATA / "without_ids.bpmn").read_bytes()
    flow = read_bpmn(source).flow
    renamed = rewritten(source, with_node(flow, "task_1", name="改名"))
    assert 'id="task_1"' not in renamed
    shorter = rewritten(source, replace(flow, edges=flow.edges[1:]))
    assert 'id="sequenceFlow_3"' in shorter
    assert 'id="task_1"' in shorter


def test_conditions_come_change_and_go():
    flow = read_bpmn(ALL).flow

    def conditional(name: str, text: str) -> Flow:
        edges = (replace(e, condition=text) if e.id == name else e for e in flow.edges)
        return replace(flow, edges=tuple(edges))

    assert ">a &lt; b<" in rewritten(ALL, conditional("f_fix", "a < b"))
    assert "conditionExpression" not in rewritten(ALL, conditional("f_fix", ""))
    added = rewritten(ALL, conditional("f_ok", "complete"))
    assert ':type="tFormalExpression">complete</conditionExpression>' in added


def test_files_in_one_line_and_in_other_encodings_are_rewritten_too():
    lines = ALL.decode().replace("UTF-8", "GBK").splitlines()
    source = " ".join(line.strip() for line in lines).encode("gbk")
    flow = without(with_node(read_bpmn(source).flow, "apply", name="重新申请"), "urge")
    result = write_bpmn(flow, source=source)
    assert read_bpmn(result).flow == flow
    assert "重新申请".encode("gbk") in result
    assert b"\n" not in result


def test_elements_without_ids_are_removed_from_a_single_line_too():
    source = "".join(
        line.strip() for line in (DATA / "without_ids.bpmn").read_text("utf-8").splitlines()
    ).encode()
    source = source.replace(b'Ref="sequenceFlow_1"/>', b'Ref="sequenceFlow_1"></sequenceFlow>')
    flow = read_bpmn(source).flow
    result = rewritten(source, replace(flow, edges=flow.edges[1:]))
    assert result.count("<sequenceFlow") == 1


def test_a_prefix_that_means_something_else_further_in_is_not_used_there():
    source = (
        b'<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        b' xmlns:x="https://guiju.org/bpmn/1"><b:process id="p">'
        b'<c:task xmlns:c="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:y" id="t"/>'
        b"</b:process></b:definitions>"
    )
    result = rewritten(source, with_node(read_bpmn(source).flow, "t", number="7"))
    assert 'id="t" guiju:number="7"' in result
