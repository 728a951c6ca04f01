"""Headers that a person pointed out go before what is guessed; every cell stays accounted for."""

from __future__ import annotations

from guiju.exchange.lists.asked import HeadAsked
from guiju.exchange.lists.dictionary import IGNORED
from guiju.exchange.lists.words import TableKind
from listed import at, read, whys, workbook

POWER = TableKind.POWER
UNKNOWN = "台账\n甲,乙\n取水,水利局\n占河,水利局\n"
MEANT = {POWER: {"甲": "power.name", "乙": "power.subject"}}


def asked(line, levels=1, kind=POWER, sheet="list", **more):
    return {(sheet, line): HeadAsked(levels, kind, **more)}


def names(intake):
    return [power.name for power in intake.edition.powers]


def test_c3_without_a_word_nothing_of_an_unknown_table_is_read():
    assert names(read(UNKNOWN, learned=MEANT)) == ["取水", "占河"]
    assert names(read(UNKNOWN)) == []


def test_c3_a_header_that_was_pointed_out_shows_its_columns_before_they_are_known():
    intake = read(UNKNOWN, asked=asked(2))
    (table,) = intake.tables
    assert [(one.header, one.target) for one in table.columns] == [("甲", ""), ("乙", "")]
    assert table.samples == (("取水", "占河"), ("水利局",))
    assert names(intake) == []


def test_two_lines_are_one_header_when_a_person_says_so():
    rows = [["甲", "乙", None], [None, "丙", "丁"], ["取水", "水利局", "许可"]]
    meant = {POWER: {"甲": "power.name", "丁": "power.kind"}}
    one = read(workbook(rows), learned=meant, asked=asked(1, sheet="清单"))
    assert len(one.tables[0].columns) == 2
    two = read(workbook(rows), learned=meant, asked=asked(1, levels=2, sheet="清单"))
    assert [column.header for column in two.tables[0].columns] == ["甲", "乙/丙", "乙/丁"]
    assert (two.tables[0].levels, two.tables[0].line) == (2, 1)
    assert names(two) == ["取水"]
    assert two.edition.powers[0].kind == "licence"


def test_a_header_on_every_printed_page_is_asked_about_once():
    again = UNKNOWN + "甲,乙\n采砂,水利局\n"
    intake = read(again, learned={POWER: {"甲": "power.name"}}, asked=asked(2))
    assert names(intake) == ["取水", "占河", "采砂"]
    assert len(intake.tables) == 1


def test_what_is_no_header_is_a_row():
    text = "权力名称,权力类型\n权力名称,行使主体\n取水,水利局\n"
    moved = read(text, asked=asked(1, levels=0) | asked(2))
    assert [(one.name, one.subject) for one in moved.edition.powers] == [("取水", "水利局")]


def test_of_a_table_that_is_left_out_every_cell_is_told_and_no_total_counts():
    text = "权力名称,权力类型\n取水,许可\n权力清单:7项,\n"
    intake = read(text, asked=asked(1, is_left_out=True))
    assert list(intake.edition.items()) == []
    assert intake.edition.stated == ()
    assert whys(intake)[:2] == ["已确认这一列不采用。"] * 2
    assert intake.cells.seen == intake.cells.understood + len(intake.notes)


def test_several_columns_are_left_out_each_cell_with_the_reason():
    left = {POWER: {"权力类型": IGNORED, "行使主体": IGNORED}}
    intake = read("权力名称,权力类型,行使主体\n取水,许可,水利局\n", learned=left)
    assert [str(at(intake, place).why) for place in ("B2", "C2")] == ["已确认这一列不采用。"] * 2
    assert intake.rows.understood == 1


def test_c3_the_first_rows_show_what_was_made_of_each_cell():
    intake = read("权力名称,权力类型,风险等级\n取水,许可,很高很高\n,1,\n")
    first, second = intake.tables[0].preview
    assert [(one.text, one.made) for one in first.cells[:2]] == [
        ("取水", "取水"),
        ("许可", "行政许可"),
    ]
    assert first.cells[2].why is not None
    assert second.cells[0] is None
