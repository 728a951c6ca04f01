"""What a person says of cards goes before what is guessed; every cell stays accounted for."""

from __future__ import annotations

import pytest

from guiju.exchange.lists.asked import CardsAsked, HeadAsked
from guiju.exchange.lists.dictionary import CONTENT, IGNORED
from guiju.exchange.lists.seen import guesses_of, mapping_of
from guiju.exchange.lists.words import CellState, TableKind
from listed import at, read, whys, workbook

POWER, RISK = TableKind.POWER, TableKind.RISK
ROWS = [
    ["某局权力卡片", None],
    ["权力名称", "取水许可"],
    ["权力类型", "行政许可"],
    ["谁来办", "水资源股"],
    ["行使主体", "水利局"],
    ["权力名称", "占河处罚"],
    ["权力类型", "行政处罚"],
    ["谁来办", "执法大队"],
    ["行使主体", "水利局"],
    ["填表人：某某", None],
]
LEARNED = {POWER: {"谁来办": "power.office"}}


def asked(line=2, last=9, kind=POWER, **more):
    return {("清单", line): CardsAsked(last, kind, **more)}


def powers(intake):
    return [(one.name, one.kind, one.office, one.subject) for one in intake.edition.powers]


BOTH = [
    ("取水许可", "licence", "水资源股", "水利局"),
    ("占河处罚", "penalty", "执法大队", "水利局"),
]


def test_c3_cards_show_their_labels_and_what_may_be_one():
    (table,) = read(workbook(ROWS)).tables
    assert [(one.header, one.target) for one in table.columns] == [
        ("权力名称", "power.name"),
        ("权力类型", "power.kind"),
        ("行使主体", "power.subject"),
        ("谁来办", ""),
        ("水利局", ""),
    ]
    assert (table.cards.last, table.cards.first, table.cards.is_stacked) == (10, "", False)
    assert table.samples[0] == ("取水许可", "占河处罚")
    assert [row.line for row in table.preview] == [2, 6]
    cells = table.preview[0].cells[:3]
    assert [cell.text for cell in cells] == ["取水许可", "行政许可\n谁来办\n水资源股", "水利局"]
    assert cells[1].state is CellState.DOUBTFUL
    assert mapping_of([table]) == guesses_of([table]) == {}


def test_c3_a_label_that_a_person_knows_is_one():
    before = read(workbook(ROWS))
    assert powers(before) != BOTH
    after = read(workbook(ROWS), learned=LEARNED)
    assert powers(after)[0] == BOTH[0]
    assert powers(after)[1][:3] == BOTH[1][:3]
    assert at(after, "A10").state is CellState.DOUBTFUL


def test_c3_a_part_ends_where_a_person_says():
    found = read(workbook(ROWS), learned=LEARNED, asked=asked(last=9))
    assert powers(found) == BOTH
    assert "填表人" in at(found, "A10").text
    only = read(workbook(ROWS), learned=LEARNED, asked=asked(last=5))
    assert powers(only) == BOTH[:1]
    assert {note.line for note in only.notes} == {1, 6, 7, 8, 9, 10}
    (table,) = only.tables
    assert (table.line, table.cards.last, table.rows) == (2, 5, 1)


def test_c3_an_item_begins_with_the_label_that_a_person_names():
    rows = [
        ["权力名称", "取水许可"],
        ["行使主体", "水利局"],
        ["行使主体", "资源局"],
        ["权力类型", "行政许可"],
        ["权力名称", "占河处罚"],
        ["权力类型", "行政处罚"],
    ]
    by_itself = read(workbook(rows))
    assert by_itself.tables[0].rows == 3
    said = read(workbook(rows), asked=asked(1, 6, first="权力名称"))
    assert [(one.name, one.kind, one.subject) for one in said.edition.powers] == [
        ("取水许可", "licence", "水利局\n资源局"),
        ("占河处罚", "penalty", ""),
    ]
    assert at(said, "B3").state is CellState.DOUBTFUL
    assert said.tables[0].cards.first == "权力名称"


def test_c3_what_looks_like_a_label_is_content_when_a_person_says_so():
    rows = [["权力名称", "职权名称"], ["权力类型", "行政许可"], ["行使主体", "水利局"]]
    said = read(workbook(rows), asked=asked(1, 3, contents=("职权名称",)))
    assert [one.name for one in said.edition.powers] == ["职权名称"]
    column = next(one for one in said.tables[0].columns if one.header == "职权名称")
    assert (column.target, column.confidence) == (CONTENT, 100)


def test_a_label_is_left_out_with_what_stands_under_it():
    known = {POWER: {"谁来办": IGNORED}}
    found = read(workbook(ROWS), learned=known)
    assert [one[2] for one in powers(found)] == ["", ""]
    assert "已确认这一列不采用。" in str(at(found, "B4").why)


def test_a_part_is_left_out_when_a_person_says_so():
    found = read(workbook(ROWS), asked=asked(is_left_out=True))
    assert powers(found) == []
    assert found.tables[0].is_left_out
    assert "已确认这一部分不导入。" in whys(found)


def test_cards_lie_below_a_table_and_above_one():
    rows = [
        ["岗位", "禁止行为"],
        ["科长", "收礼"],
        *ROWS[1:5],
        ["岗位", "禁止行为"],
        ["股长", "吃请"],
    ]
    found = read(workbook(rows), learned=LEARNED, asked=asked(3, 6))
    assert powers(found) == BOTH[:1]
    assert [one.act for one in found.edition.negatives] == ["收礼", "吃请"]


def test_what_was_taken_for_a_table_is_cards_and_the_other_way_round():
    rows = [["权力名称", "权力类型"], ["取水许可", "行政许可"], ["占河处罚", "行政处罚"]]
    as_cards = read(workbook(rows), asked=asked(1, 3))
    assert as_cards.tables[0].cards
    as_table = read(workbook(ROWS), asked={("清单", 2): HeadAsked(1, POWER)})
    assert as_table.tables[0].cards is None


STACK = ["风险点", "风险等级", "谁管", "甲1", "Ⅰ级", "张科", "乙2", "Ⅱ级", "李科"]


def test_c3_labels_first_then_contents_when_a_person_says_so():
    rows = [[text] for text in STACK]
    known = {RISK: {"谁管": "risk.post"}}
    found = read(workbook(rows), learned=known, asked=asked(1, 9, kind=RISK, is_stacked=True))
    assert [(one.text, one.grade, one.post) for one in found.edition.risks] == [
        ("甲1", 1, "张科"),
        ("乙2", 2, "李科"),
    ]


@pytest.mark.parametrize("last", [0, 1, 5, 9, 10, 1_000_000])
@pytest.mark.parametrize("line", [1, 2, 6, 99])
@pytest.mark.parametrize("more", [{}, {"is_stacked": True}, {"first": "权力类型"}])
def test_whatever_a_person_says_every_cell_is_accounted_for(line, last, more):
    found = read(workbook(ROWS), asked=asked(line, last, **more))
    filled = sum(1 for row in ROWS for cell in row if cell)
    (file,) = found.files
    assert file.cells.seen == filled
    assert file.cells.understood + file.cells.doubtful + file.cells.unread == filled
    noted = sum(1 for note in found.notes if note.state is not CellState.UNDERSTOOD)
    assert noted == file.cells.doubtful + file.cells.unread
