"""Pictures on pages: flows with their states in words too, charts of boxes, trends."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.ui.box_charts import ACROSS, Box, box_chart
from guiju.base.ui.flow_pictures import RiskAt, StepMark, flow_picture
from guiju.base.ui.gallery.drawn import payment_flow
from guiju.base.ui.parts import Trend
from guiju.core.sentence import zh
from guiju.core.terms import StepState
from guiju.demo.sample.office import office_flow
from guiju.exchange.bpmn import read_bpmn

DATA = Path(__file__).parents[1] / "data"
SHEET = Path(__file__).parents[2] / "src/guiju/base/ui/static/ui/flow.css"
ALONE = Path(__file__).parents[2] / "src/guiju/exchange/picture/picture.css"
EVIL = '"><script>alert(1)</script>'


def shown(picture):
    return render_to_string("ui/parts/flow.html", {"picture": picture})


def flows():
    yield office_flow()
    for path in sorted(DATA.glob("*.bpmn")):
        yield read_bpmn(path.read_bytes()).flow


@pytest.mark.parametrize("flow", list(flows()), ids=lambda flow: flow.name or flow.id)
def test_every_step_of_a_flow_leads_to_its_line_in_words(flow):
    page = shown(flow_picture(flow))
    lines = re.findall(r'<li id="(flow-\d+)"', page)
    assert lines
    assert set(re.findall(r'href="#(flow-\d+)"', page)) <= set(lines)
    assert "<style" not in page
    assert " style=" not in page
    ET.fromstring(re.search(r"<svg.*</svg>", page, re.DOTALL)[0])


def test_states_and_risks_are_in_the_picture_and_in_words():
    marks = {
        "s0": StepMark(StepState.DONE),
        "s2": StepMark(StepState.NOW, (RiskAt(1, 1, "拆分采购"), RiskAt(4, 3, "超时"))),
        "s3": StepMark(StepState.NEXT),
        "s4": StepMark(StepState.DEVIATING, note="没有集体研究"),
    }
    page = shown(flow_picture(payment_flow(), marks))
    svg, words = page.split("</svg>")
    for state in StepState:
        assert str(state.label) in svg
        assert str(state.label) in words
        assert f'class="step {state.value}"' in svg
    assert "1、4" in svg
    assert 'class="badge major"' in svg
    for said in ("拆分采购", "超时", "没有集体研究"):
        assert said in words


def test_what_people_write_stays_text_in_pictures():
    flow = payment_flow(2)
    page = shown(flow_picture(flow, {"s0": StepMark(None, (RiskAt(1, 2, EVIL),), EVIL)}))
    chart = box_chart(zh("图"), Box(EVIL, (EVIL,), "/a/", EVIL), [])
    page += render_to_string("ui/parts/chart.html", {"chart": chart})
    assert "<script" not in page
    assert "alert(1)" in page


def test_a_page_knows_every_look_of_the_picture():
    """The sheet for pages is another one than that inside of a picture alone."""
    classes = re.compile(r"\.([a-z]+)")
    assert set(classes.findall(ALONE.read_text())) <= {
        *classes.findall(SHEET.read_text()), "odd", "reorder"
    }  # fmt: skip


@given(st.integers(0, 90), st.integers(0, 3))
def test_boxes_of_a_chart_stand_apart_below_the_first(count, details):
    boxes = [Box(f"第 {n} 科", ("一行",) * (n % (details + 1))) for n in range(count)]
    chart = box_chart(zh("图"), Box("局"), boxes)
    top, rest = chart.boxes[0], chart.boxes[1:]
    assert [one.box.name for one in rest] == [one.name for one in boxes]
    assert all(one.y > top.y + top.height for one in rest)
    for one, two in pairwise(rest):
        if one.y == two.y:
            assert one.x + one.width < two.x
        else:
            assert one.y + one.height < two.y
    assert all(one.x + one.width <= chart.width for one in chart.boxes)
    assert all(one.y + one.height <= chart.height for one in chart.boxes)
    assert max((len([b for b in rest if b.y == one.y]) for one in rest), default=0) <= ACROSS


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_a_trend_stays_in_its_box_and_goes_the_way_of_its_values(values):
    points = [
        tuple(map(float, one.split(","))) for one in Trend(tuple(values), zh("走势")).points.split()
    ]
    assert len(points) == len(values)
    assert all(0 <= x <= 100 and 0 <= y <= 28 for x, y in points)
    for (one, at), (two, after) in pairwise(zip(values, points, strict=True)):
        assert (one <= two) <= (at[1] >= after[1])
