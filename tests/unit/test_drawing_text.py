"""Text that fits: widths without a font, and lines broken where people break them."""

from __future__ import annotations

import pytest

from guiju.core.flow.drawing import lay_out, text_width, wrap
from guiju.core.flow.drawing.simplify import simplified
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind


def test_a_chinese_character_is_as_wide_as_the_font_is_high():
    assert text_width("规矩", 14) == 28
    assert text_width("", 14) == 0
    assert text_width("ab", 14) < 28
    assert text_width("e\u0301", 10) == text_width("e", 10)


@pytest.mark.parametrize(
    "text",
    [
        "对申请人提交的全部材料进行形式审查与实质审查",
        "Check the documents of the applicant and inform the office",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "办理 OA-2024 第 3 号（补正）",
        "  多  个   空格\t\n换行 ",
        "𠮷" * 40,
    ],
)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_line_is_wider_than_asked(text, most):
    lines = wrap(text, 14, 130, most=most)
    assert 1 <= len(lines) <= most
    assert all(0 < text_width(line, 14) <= 130 for line in lines)


def test_nothing_is_lost_when_there_is_room():
    assert wrap("受理 申请", 14, 200) == ("受理 申请",)
    assert "".join(wrap("现场核查并出具意见书", 14, 70)) == "现场核查并出具意见书"
    assert wrap("first second", 14, 50) == ("first", "second")


def test_what_is_left_out_ends_in_dots():
    assert wrap("一二三四五六七八九", 10, 30, most=2) == ("一二三", "四五…")


def test_a_line_does_not_begin_with_a_closing_mark():
    assert wrap("一二三，四", 10, 40) == ("一二三，", "四")
    assert not any(line.startswith(("，", "）")) for line in wrap("一二三（四五）六", 10, 40))


def test_blank_text_has_no_lines():
    assert wrap("", 14, 100) == ()
    assert wrap(" \u3000\n", 14, 100) == ()


def merge(name: str = "", kind: NodeKind = NodeKind.TASK) -> Flow:
    nodes = (
        Node("a", NodeKind.TASK),
        Node("b", NodeKind.TASK),
        Node("m", NodeKind.EXCLUSIVE, name),
        Node("c", kind),
    )
    edges = (Edge("1", "a", "m"), Edge("2", "b", "m"), Edge("3", "m", "c"))
    return Flow("f", "", nodes, edges)


def test_an_unnamed_merge_is_left_out_with_the_line_behind_it():
    assert [(e.id, e.source, e.target) for e in simplified(merge()).edges] == [
        ("1", "a", "c"),
        ("2", "b", "c"),
    ]
    assert "m" not in {box.node for box in lay_out(merge()).boxes}
    assert "m" in {box.node for box in lay_out(merge(), everything=True).boxes}


@pytest.mark.parametrize("flow", [merge("汇合"), merge(kind=NodeKind.PARALLEL)])
def test_a_merge_that_means_something_stays(flow):
    assert simplified(flow) == flow


def test_merges_that_lead_only_to_one_another_do_not_hang():
    nodes = tuple(Node(name, NodeKind.EXCLUSIVE) for name in "ab")
    flow = Flow("f", "", nodes, (Edge("1", "a", "b"), Edge("2", "b", "a")))
    simplified(flow)
    assert lay_out(flow).width > 0
