"""Odd flows, drawn: nothing at all, loops onto oneself, events of events, a thousand steps."""

from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest

from drawn.flows import chain
from drawn.geometry import faults, labels_faults, overlap, shared_lines
from guiju.core.flow.drawing import Drawing, lay_out, text_width
from guiju.core.flow.drawing.graph import layered
from guiju.core.flow.drawing.placed import Placed
from guiju.core.flow.drawing.tracks import Turn, assign_tracks
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import Direction, NodeKind, Phase

ways = pytest.mark.parametrize("direction", list(Direction))


def flow_with(nodes, edges=()) -> Flow:
    return Flow(
        "f", "流程", tuple(nodes), tuple(Edge(f"e{i}", *ends) for i, ends in enumerate(edges))
    )


def task(name: str, **more) -> Node:
    return Node(name, NodeKind.TASK, f"步骤{name}", **more)


def timer(name: str, host: str, **more) -> Node:
    return Node(name, NodeKind.BOUNDARY_TIMER, attached_to=host, **more)


@ways
def test_an_empty_flow_is_an_empty_sheet(direction):
    drawing = lay_out(flow_with([]), direction=direction)
    assert drawing == Drawing(40, 40, (), (), (), direction)


@ways
@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ([task("a")], []),
        ([task("a")], [("a", "a")]),
        ([task("a"), task("b"), task("c")], []),
        ([task("a"), task("b"), task("c"), task("d")], [("a", "b"), ("c", "d")]),
        ([task("a"), task("b")], [("a", "b"), ("a", "b"), ("b", "a"), ("b", "a")]),
        ([task("a"), timer("t", "a")], [("t", "a")]),
        ([task("a"), timer("t", "a"), timer("u", "a")], [("t", "a"), ("u", "a"), ("a", "a")]),
        ([Node("s", NodeKind.SUBPROCESS, "空的子流程")], []),
        ([Node("s", NodeKind.SUBPROCESS), timer("t", "s"), task("a")], [("t", "a"), ("a", "s")]),
        ([task("a", phase=Phase.RESULT), task("b", phase=Phase.MOTION)], [("a", "b")]),
        ([task("a", phase=Phase.RESULT), task("b")], [("b", "b"), ("b", "a"), ("a", "b")]),
    ],
)
def test_odd_flows_are_drawn_without_a_fault(nodes, edges, direction):
    flow = flow_with(nodes, edges)
    assert faults(flow, lay_out(flow, direction=direction)) == []


@ways
def test_a_line_to_a_boundary_event_ends_at_its_host(direction):
    flow = flow_with([task("a"), task("b"), timer("t", "b")], [("a", "t")])
    at_host = flow_with([task("a"), task("b"), timer("t", "b")], [("a", "b")])
    assert lay_out(flow, direction=direction).routes == lay_out(at_host, direction=direction).routes


@ways
def test_a_boundary_event_without_a_host_stands_by_itself(direction):
    flow = flow_with([task("a"), timer("t", "gone"), timer("u", "t")], [("a", "t"), ("u", "a")])
    assert faults(flow, lay_out(flow, direction=direction)) == []


@ways
@pytest.mark.parametrize("kind", [NodeKind.TASK, NodeKind.SUBPROCESS])
def test_many_timers_sit_on_their_host_side_by_side(kind, direction):
    timers = [timer(f"t{i}", "a") for i in range(9)]
    flow = flow_with([Node("a", kind, "办"), task("b"), *timers], [(t.id, "b") for t in timers])
    drawing = lay_out(flow, direction=direction)
    boxes = {box.node: box for box in drawing.boxes}
    host = boxes.pop("a")
    places = [boxes[t.id].middle for t in timers]
    assert all(
        host.x <= x <= host.x + host.width and host.y <= y <= host.y + host.height
        for x, y in places
    )
    assert all(abs(a - c) + abs(b - d) >= 18 for (a, b), (c, d) in combinations(places, 2))
    assert faults(flow, drawing) == []
    assert shared_lines(flow, drawing) == []


def test_lines_of_timers_do_not_cross_one_another():
    timers = [timer(f"t{i}", "a") for i in range(3)]
    drawing = lay_out(flow_with([task("a"), *timers, task("b")], [(t.id, "b") for t in timers]))
    depths = [route.points[1][1] for route in drawing.routes]
    assert depths == sorted(depths, reverse=True)
    assert all(low - high == pytest.approx(12) for low, high in pairwise(depths))


def test_each_source_has_a_number_of_its_own_for_its_lines():
    nodes = [*(task(name) for name in ("Ab", "`a", "c")), timer("t", "c")]
    placed = Placed(layered(nodes, []), {}, {}, Direction.RIGHT)
    groups = [placed.group(node.id) for node in nodes]
    assert len(set(groups)) == 4
    assert max(groups) < 0  # the numbers of bends are not negative


def test_turns_of_different_sources_get_lanes_of_their_own():
    turns = [Turn(0, 20, -1), Turn(10, 30, -2), Turn(0, 30, -1), Turn(40, 60, -3)]
    lanes, count = assign_tracks(turns)
    assert lanes[0] == lanes[2] != lanes[1]
    assert count == 2
    assert assign_tracks([Turn(5, 5, -1), Turn(5, 5, -2)]) == ([0, 0], 0)


@ways
def test_texts_of_lines_between_the_same_steps_are_all_readable(direction):
    nodes = [Node("x", NodeKind.EXCLUSIVE, "同意吗"), task("a"), task("b"), task("c")]
    edges = [("x", "a", "同意"), ("x", "a", "有条件同意"), ("b", "a", "转来"), ("x", "c", "否")]
    flow = flow_with(nodes, edges)
    drawing = lay_out(flow, direction=direction)
    labels = [route.label for route in drawing.routes]
    rects = [(one.x, one.y - 9, one.x + text_width(one.text, 11.5), one.y + 2) for one in labels]
    assert [one.text for one in labels] == ["同意", "有条件同意", "转来", "否"]
    assert not any(overlap(one, other) for one, other in combinations(rects, 2))
    assert labels_faults(flow, drawing) == []


@ways
@pytest.mark.parametrize(("steps", "seconds"), [(220, 1.0), (1000, 5.0)])
def test_long_flows_are_laid_out_quickly(steps, seconds, direction):
    flow = chain(steps, back=3)
    began = time.process_time()
    drawing = lay_out(flow, direction=direction)
    assert time.process_time() - began < seconds
    assert len(drawing.boxes) == steps + 2


def test_a_wide_flow_is_laid_out_quickly():
    nodes = [Node("s", NodeKind.PARALLEL), *(task(f"n{i}") for i in range(1000))]
    flow = flow_with(nodes, [("s", node.id) for node in nodes[1:]])
    began = time.process_time()
    lay_out(flow)
    assert time.process_time() - began < 5


def test_phases_of_the_whole_are_shown_in_order_whatever_the_file_says():
    phases = [Phase.RESULT, Phase.EXECUTION, Phase.DECISION, Phase.MOTION]
    flow = flow_with([task(p.value, phase=p) for p in phases])
    assert [band.title for band in lay_out(flow).bands] == ["动议", "决策", "执行", "结果"]


def test_a_step_without_a_phase_stands_with_those_before_it_and_the_start_with_the_first():
    nodes = [Node("s", NodeKind.START), task("a", phase=Phase.DECISION), task("b"), task("c")]
    flow = flow_with(nodes, [("s", "a"), ("a", "b")])
    drawing = lay_out(flow)
    bands = {band.title: band for band in drawing.bands}
    assert set(bands) == {"决策", "动议"}  # "c" hangs on nothing: the first phase
    boxes = {box.node: box for box in drawing.boxes}
    for name in ("s", "a", "b"):
        assert bands["决策"].start <= boxes[name].x < bands["决策"].end
