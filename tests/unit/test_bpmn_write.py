from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat, Signing
from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind, TaskKind
from guiju.exchange.bpmn import read_bpmn, write_bpmn

DATA = Path(__file__).parents[1] / "data"
NAMES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
SMALL = Flow(
    "p",
    "请假",
    (
        Node("s", NodeKind.START),
        Node(
            "a",
            NodeKind.TASK,
            '写\n<申请> & "附件"',
            TaskKind.USER,
            number="1.1",
            post="职员",
            phase=Phase.MOTION,
            step=StepKind.APPLY,
            limit=Limit(8, LimitUnit.HOURS),
            signing=Signing(SigningMode.ALL),
            repeat=Repeat(sequential=True, times=2),
            recorded=False,
        ),
        Node("e", NodeKind.END),
    ),
    (Edge("f", "s", "a", condition='x < 3 && y != "甲"'), Edge("g", "a", "e", "完")),
)


@pytest.mark.parametrize("name", ["all_elements.bpmn", "vendor.bpmn", "without_ids.bpmn"])
def test_a_new_file_reads_back_equal(name):
    flow = read_bpmn((DATA / name).read_bytes()).flow
    assert read_bpmn(write_bpmn(flow)).flow == flow


def test_every_field_survives_in_a_new_file():
    file = read_bpmn(write_bpmn(SMALL))
    assert file.flow == SMALL
    assert file.remarks == ()


def test_posts_become_lanes_and_conditions_formal_expressions():
    root = ET.fromstring(write_bpmn(SMALL))
    (lane,) = root.findall(".//b:lane", NAMES)
    assert lane.get("name") == "职员"
    assert [ref.text for ref in lane] == ["a"]
    condition = root.find(".//b:conditionExpression", NAMES)
    assert condition is not None
    assert list(condition.attrib.values()) == ["bpmn:tFormalExpression"]


def test_a_layout_becomes_a_diagram():
    layout = {"s": (0, 0, 36, 36), "a": (80, 10.5, 100, 80)}
    root = ET.fromstring(write_bpmn(SMALL, layout=layout, routes={}))
    bounds = [dict(b.attrib) for b in root.findall(".//bpmndi:BPMNShape/dc:Bounds", NAMES)]
    assert bounds == [
        {"x": "0", "y": "0", "width": "36", "height": "36"},
        {"x": "80", "y": "10.5", "width": "100", "height": "80"},
    ]
    edges = root.findall(".//bpmndi:BPMNEdge", NAMES)
    assert [edge.get("bpmnElement") for edge in edges] == ["f"]
    points = [tuple(p.attrib.values()) for p in edges[0].findall("di:waypoint", NAMES)]
    assert points == [("18", "18"), ("130", "50.5")]
    routed = write_bpmn(SMALL, layout=layout, routes={"f": [(36, 18), (60, 18), (80, 50)]})
    assert len(ET.fromstring(routed).findall(".//di:waypoint", NAMES)) == 3


def test_an_id_with_a_space_is_kept():
    flow = replace(SMALL, nodes=(*SMALL.nodes, Node("x y", NodeKind.TASK, post="职员")))
    assert read_bpmn(write_bpmn(flow)).flow == flow


def test_without_layout_no_diagram_is_written():
    assert b"BPMNDiagram" not in write_bpmn(SMALL)


@pytest.mark.parametrize(
    ("code", "flow"),
    [
        ("BPMN-20", replace(SMALL, nodes=(*SMALL.nodes, Node("f", NodeKind.TASK)))),
        ("BPMN-20", replace(SMALL, called=(Flow("q", "", (Node("a", NodeKind.TASK),), ()),))),
        ("BPMN-21", replace(SMALL, nodes=(*SMALL.nodes, Node("x  y", NodeKind.TASK)))),
        ("BPMN-21", replace(SMALL, id="")),
        ("BPMN-22", replace(SMALL, edges=(*SMALL.edges, Edge("h", "a", "gone")))),
        ("BPMN-22", replace(SMALL, nodes=(*SMALL.nodes, Node("x", NodeKind.TASK, inside="a")))),
        (
            "BPMN-22",
            replace(
                SMALL, nodes=(*SMALL.nodes, Node("x", NodeKind.BOUNDARY_TIMER, attached_to="z"))
            ),
        ),
        ("XML-08", replace(SMALL, name="\x02")),
        ("BPMN-04", replace(SMALL, id="other")),
    ],
)
def test_a_flow_that_would_not_survive_is_refused(code, flow):
    source = write_bpmn(SMALL) if code == "BPMN-04" else None
    with pytest.raises(Invalid) as caught:
        write_bpmn(flow, source=source)
    assert caught.value.code == code
