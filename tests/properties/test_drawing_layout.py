"""Random flows, drawn: nothing overlaps, every line arrives, and twice gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn.flows import wild_flows
from drawn.geometry import faults
from guiju.core.flow.drawing import lay_out
from guiju.core.flow.drawing.simplify import simplified
from guiju.core.terms import Direction, Phase


@pytest.mark.parametrize("direction", list(Direction))
@given(flow=wild_flows())
@settings(max_examples=120, deadline=None)
def test_any_flow_is_drawn_without_a_fault(flow, direction):
    drawing = lay_out(flow, direction=direction)
    assert faults(simplified(flow), drawing) == []


@pytest.mark.parametrize("direction", list(Direction))
@given(flow=wild_flows())
@settings(max_examples=60, deadline=None)
def test_everything_is_drawn_when_wanted(flow, direction):
    drawing = lay_out(flow, direction=direction, everything=True)
    assert faults(flow, drawing) == []
