"""Random flows, drawn: nothing overlaps, every line arrives, and twice gives the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn.flows import wild_flows
from drawn.geometry import bands_faults, faults, labels_faults, shared_lines
from engine.weaving import blocks, flow_of
from guiju.core.flow.drawing import lay_out
from guiju.core.flow.drawing.simplify import simplified
from guiju.core.terms import Direction, Phase
from guiju.demo.sample import office_flow

ways = pytest.mark.parametrize("direction", list(Direction))


@ways
@given(flow=wild_flows())
@settings(max_examples=40, deadline=None)
def test_any_flow_is_drawn_without_a_fault(flow, direction):
    shown, drawing = simplified(flow), lay_out(flow, direction=direction)
    assert faults(shown, drawing) == []
    assert bands_faults(shown, drawing) == []
    assert labels_faults(shown, drawing) == []


@ways
@given(flow=wild_flows())
@settings(max_examples=30, deadline=None)
def test_everything_is_drawn_when_wanted(flow, direction):
    drawing = lay_out(flow, direction=direction, everything=True)
    assert faults(flow, drawing) == []


@ways
def test_no_two_lines_of_the_sample_flow_lie_on_one_another(direction):
    """In general two lines that change places in one gap may touch for the width of a lane."""
    flow = office_flow()
    assert shared_lines(simplified(flow), lay_out(flow, direction=direction)) == []


@ways
@given(tree=blocks(leaves=12), phases=st.lists(st.sampled_from((None, *Phase)), min_size=1))
@settings(max_examples=40, deadline=None)
def test_phases_do_not_spoil_a_well_formed_flow(tree, phases, direction):
    flow = flow_of(tree)
    nodes = [replace(n, phase=phases[at % len(phases)]) for at, n in enumerate(flow.nodes)]
    flow = replace(flow, nodes=tuple(nodes))
    shown, drawing = simplified(flow), lay_out(flow, direction=direction)
    assert faults(shown, drawing) == []
    assert bands_faults(shown, drawing) == []


@given(flow=wild_flows())
@settings(max_examples=30, deadline=None)
def test_the_same_flow_is_drawn_the_same_again(flow):
    assert lay_out(flow) == lay_out(replace(flow, name="anders"))


@given(flow=wild_flows(), seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_names_of_elements_do_not_move_anything(flow, seed):
    ids = [node.id for node in flow.nodes]
    random.Random(seed).shuffle(ids)  # noqa: S311 - no secret, a shuffle
    new = dict(zip((node.id for node in flow.nodes), (f"x{name}" for name in ids), strict=True))
    new[""] = ""
    nodes = tuple(
        replace(n, id=new[n.id], inside=new[n.inside], attached_to=new[n.attached_to])
        for n in flow.nodes
    )
    edges = tuple(replace(e, source=new[e.source], target=new[e.target]) for e in flow.edges)
    renamed = lay_out(replace(flow, nodes=nodes, edges=edges))
    here = lay_out(flow)
    assert [box.middle for box in renamed.boxes] == [box.middle for box in here.boxes]
    assert renamed.routes == here.routes
