"""The picture as SVG: well formed, self-contained, harmless, and with nothing left out."""

from __future__ import annotations

import re

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from drawn.flows import wild_flows
from guiju.core.flow.drawing import Box, Direction, Drawing, lay_out, text_width
from guiju.core.flow.drawing.simplify import simplified
from guiju.core.flow.model import Edge, Flow, Limit, Node, Repeat
from guiju.core.terms import LimitUnit, NodeKind, Phase
from guiju.exchange.picture import Mark, draw_flow
from guiju.exchange.picture.parts import badge, step

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"'&]]>\x00\x1b\x85\u202e\u2066\u200f\u061c\ud800\uffff好"
CLEAN = "<script>alert(1)</script>\"'&]]>好"
SIZES = {"name": 14, "note": 11.5, "phase": 12.5, "count": 11}


def one(kind: NodeKind, **more) -> Flow:
    nodes = [Node("a", NodeKind.TASK, "办"), Node("n", kind, **more)]
    return Flow("f", "流程", tuple(nodes), (Edge("e", "a", "n"),))


def texts(svg: str, kind: str) -> list[str]:
    return [
        text.text or "" for text in fromstring(svg).iter(f"{SVG}text") if text.get("class") == kind
    ]


def assert_harmless(svg: str) -> None:
    tree = fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "path",
        "rect",
        "circle",
        "polygon",
        "text",
    }
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith(("on", "href", "style", "id")), name
            assert "url" not in value
    assert "url(" not in svg
    assert "@import" not in svg
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)


@given(flow=wild_flows())
@settings(max_examples=60, deadline=None)
def test_any_flow_gives_a_harmless_picture_that_shows_every_part(flow):
    svg = draw_flow(flow)
    assert_harmless(svg)
    tree, shown = fromstring(svg), simplified(flow)
    lines = [path for path in tree.iter(f"{SVG}path") if path.get("class") == "line"]
    heads = [path for path in tree.iter(f"{SVG}path") if path.get("class") == "head"]
    assert len(lines) == len(heads) == len(shown.edges)
    classes = [(element.get("class") or "").split() for element in tree.iter()]
    steps = [node for node in shown.nodes if node.kind in (NodeKind.TASK, NodeKind.CALL)]
    gates = [
        node for node in shown.nodes if node.kind.name in ("EXCLUSIVE", "PARALLEL", "INCLUSIVE")
    ]
    scopes = [node for node in shown.nodes if node.kind is NodeKind.SUBPROCESS]
    assert sum("step" in one for one in classes) == len(steps)
    assert sum("gate" in one for one in classes) == len(gates)
    assert sum("scope" in one for one in classes) == len(scopes)
    rest = len(shown.nodes) - len(steps) - len(gates) - len(scopes)
    assert sum("event" in one for one in classes) == rest


@pytest.mark.parametrize("direction", list(Direction))
def test_hostile_names_are_shown_as_text_and_nothing_else(direction):
    nodes = (
        Node("a", NodeKind.TASK, EVIL, post=EVIL, phase=Phase.MOTION),
        Node("s", NodeKind.SUBPROCESS, EVIL),
        Node("x", NodeKind.EXCLUSIVE, EVIL),
        Node("t", NodeKind.BOUNDARY_TIMER, EVIL, attached_to="a"),
    )
    edges = (Edge("1", "a", "x", EVIL), Edge("2", "x", "s", condition=EVIL), Edge("3", "t", "s"))
    flow = Flow("f", EVIL, nodes, edges)
    mark = {"a": Mark("major", EVIL, EVIL), "t": Mark('x" onload="alert(1)', EVIL)}
    svg = draw_flow(flow, lay_out(flow, direction=direction), marks=mark)
    assert_harmless(svg)
    assert fromstring(svg).findtext(f"{SVG}title") == CLEAN
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", svg
    )
    svg.encode("utf-8")


@pytest.mark.parametrize("kind", list(NodeKind))
def test_every_kind_has_a_shape_of_its_own(kind):
    def looks(flow: Flow) -> list[tuple[str, str]]:
        return [
            (child.tag.removeprefix(SVG), child.get("class") or "")
            for child in list(fromstring(draw_flow(flow)).iter())
            if child.tag != f"{SVG}text"
        ]

    attached = "a" if kind is NodeKind.BOUNDARY_TIMER else ""
    bare = Flow("f", "流程", (Node("a", NodeKind.TASK, "办"),), ())
    more = looks(one(kind, name="名", attached_to=attached))
    assert len(more) > len(looks(bare))


def test_kinds_differ_in_sign_or_border():
    def drawn(kind: NodeKind, **more) -> str:
        box = Box("n", 0, 0, 30, 30, ("名",))
        flow = Flow("f", "", (Node("n", kind, "名", **more),), ())
        return draw_flow(flow, Drawing(30, 30, (box,), ()))

    kinds = [
        kind for kind in NodeKind if kind not in (NodeKind.LINK_CATCH, NodeKind.BOUNDARY_TIMER)
    ]
    assert len({drawn(kind) for kind in kinds}) == len(kinds)
    assert drawn(NodeKind.BOUNDARY_TIMER) != drawn(NodeKind.BOUNDARY_TIMER, interrupting=False)


def test_names_notes_and_texts_of_lines_are_shown():
    nodes = (
        Node(
            "a",
            NodeKind.TASK,
            "受理",
            number="3.1",
            post="窗口",
            limit=Limit(5, LimitUnit.WORKING_DAYS),
        ),
        Node("x", NodeKind.EXCLUSIVE, "材料齐全吗"),
        Node("e", NodeKind.END),
    )
    flow = Flow("f", "流程", nodes, (Edge("1", "a", "x"), Edge("2", "x", "e", "齐全")))
    svg = draw_flow(flow)
    assert texts(svg, "name") == ["3.1 受理"]
    assert texts(svg, "note") == ["窗口・5 工作日"]
    assert texts(svg, "condition") == ["齐全"]
    assert texts(svg, "caption") == ["材料齐全吗", "结束"]
    assert fromstring(svg).findtext(f"{SVG}desc") == "受理"
    assert fromstring(draw_flow(flow, title="题目")).findtext(f"{SVG}title") == "题目"


@given(flow=wild_flows())
@settings(max_examples=25, deadline=None)
def test_text_in_boxes_fits_its_box(flow):
    for group in fromstring(draw_flow(flow)).iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        if rect is None or not (rect.get("class") or "").startswith("step"):
            continue
        left, top = float(rect.get("x")), float(rect.get("y"))
        wide, high = float(rect.get("width")), float(rect.get("height"))
        sign = [p for p in group.iter(f"{SVG}path") if p.get("class") == "sign"]
        for text in group.findall(f"{SVG}text"):
            half = text_width(text.text, SIZES[text.get("class")]) / 2 + (14 if sign else 0)
            middle, baseline = float(text.get("x")), float(text.get("y"))
            assert left + 4 <= middle - half
            assert middle + half <= left + wide - 4
            assert top + 8 <= baseline <= top + high - 4


def test_marks_show_level_badge_and_detail():
    flow = one(NodeKind.TIMER, name="等")
    marks = {"a": Mark("major", "跳过 12", "跳过十二次"), "n": Mark("minor", "提前 1")}
    svg = draw_flow(flow, marks=marks)
    assert texts(svg, "count") == ["跳过 12", "提前 1"]
    assert 'class="step major"' in svg
    assert "<title>跳过十二次</title>" in svg
    plain = draw_flow(flow, marks={"a": Mark("good")})
    assert texts(plain, "count") == []
    assert 'class="step good"' in plain
    assert 'class="step none"' in draw_flow(flow)


def test_a_badge_is_never_wider_than_its_step():
    box = Box("a", 20, 20, 110, 40, ("办",))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{badge(box, Mark("minor", "很" * 50))}</svg>'
    rect = fromstring(svg).find(f".//{SVG}rect")
    assert float(rect.get("width")) <= 110
    assert texts(svg, "count")[0].endswith("…")
    assert badge(box, None) == badge(box, Mark("good")) == ""
    assert "badge" in step(box, Mark("minor", "跳过 1"))


@pytest.mark.parametrize(
    ("repeat", "stroke"), [(Repeat(sequential=True), "h9"), (Repeat(sequential=False), "v9")]
)
@pytest.mark.parametrize("kind", [NodeKind.TASK, NodeKind.SUBPROCESS])
def test_repeats_show_three_strokes(repeat, stroke, kind):
    svg = draw_flow(Flow("f", "", (Node("a", kind, "办", repeat=repeat),), ()))
    (sign,) = [p for p in fromstring(svg).iter(f"{SVG}path") if p.get("class") == "sign"]
    assert sign.get("d").count(stroke) == 3


def test_phases_become_bands_with_their_names():
    nodes = tuple(Node(p.value, NodeKind.TASK, phase=p) for p in Phase)
    flow = Flow("f", "", nodes, ())
    for direction in Direction:
        svg = draw_flow(flow, lay_out(flow, direction=direction))
        assert texts(svg, "phase") == ["动议", "决策", "执行", "结果"]
        view = [float(part) for part in fromstring(svg).get("viewBox").split()]
        bands = [r for r in fromstring(svg).iter(f"{SVG}rect") if r.get("class").startswith("band")]
        assert len(bands) == 4
        for band in bands:
            x, y, w, h = (float(band.get(name)) for name in ("x", "y", "width", "height"))
            assert 0 <= x < x + w <= view[2]
            assert 0 <= y < y + h <= view[3]


def test_arrows_point_along_the_last_part_of_their_line():
    flow = one(NodeKind.END)
    (right,) = [
        p.get("d")
        for p in fromstring(draw_flow(flow)).iter(f"{SVG}path")
        if p.get("class") == "head"
    ]
    down = draw_flow(flow, lay_out(flow, direction=Direction.DOWN))
    (low,) = [p.get("d") for p in fromstring(down).iter(f"{SVG}path") if p.get("class") == "head"]
    assert right.endswith("l-9 4.2v-8.4z")
    assert low.endswith("l4.2 -9h-8.4z")
