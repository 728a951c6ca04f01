"""Bad and hostile files: one sentence, and nothing taken for what it is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from guiju.core.errors import Invalid
from guiju.exchange.lists.intake import read_lists, read_pasted
from guiju.exchange.lists.sheet import MOST_COLUMNS, MOST_LINES
from listed import read, whys, with_part, with_sheet, workbook

ROWS = [["序号", "权力名称", "权力类型"], [1, "甲", "许可"]]


def refused(content, code):
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert refusal.value.code == code
    assert str(refusal.value.sentence).endswith("。")
    return str(refusal.value.sentence)


def test_a_macro_workbook_is_refused_and_the_same_without_macros_is_read():
    content = workbook(ROWS)
    assert "宏" in refused(with_part(content, "xl/vbaProject.bin", b"x"), "LISTS-01")
    assert "宏" in refused(with_part(content, "xl/macrosheets/sheet1.xml", b"<x/>"), "LISTS-01")
    assert len(read(content).edition.powers) == 1


def test_a_sheet_of_a_million_rows_is_refused():
    row = "<row><c><v>1</v></c></row>"
    sentence = refused(with_sheet(workbook(ROWS), [row * 1_000_000]), "LISTS-02")
    assert f"{MOST_LINES}" in sentence
    refused(with_sheet(workbook(ROWS), [row * (MOST_LINES + 1)]), "LISTS-02")


def test_a_text_of_too_many_lines_is_refused():
    refused("序号,权力名称,权力类型\n" + "1,甲,许可\n" * (MOST_LINES + 1), "LISTS-02")


def test_a_row_of_too_many_columns_is_refused():
    refused(",".join(["权力名称", "权力类型", *"x" * MOST_COLUMNS]), "LISTS-02")
    refused(workbook([["权力名称", *["x"] * MOST_COLUMNS]]), "LISTS-02")


def test_a_zip_bomb_is_refused():
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b" " * (1 << 20))
    refused(bomb.getvalue(), "ORG-21")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no archive",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        with_part(workbook(ROWS), "xl/x.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
    ],
    ids=["no archive", "old excel", "entities"],
)
def test_what_is_no_workbook_is_refused(content):
    refused(content, "ORG-20")


def test_a_broken_sheet_is_refused():
    refused(with_sheet(workbook(ROWS), ['<row r="1"><c r="A1"><v>x</v></c></row>']), "LISTS-03")


def test_a_line_that_stands_twice_loses_no_cell():
    def cell(place, text):
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    lines = (
        (1, cell("A1", "权力名称") + cell("B1", "权力类型")),
        (2, cell("A2", "甲")),
        (2, cell("B2", "许可")),
    )
    rows = [f'<row r="{number}">{cells}</row>' for number, cells in lines]
    counts = read(with_sheet(workbook(ROWS), rows)).cells
    assert counts.seen == counts.understood + counts.doubtful + counts.unread == 4


def test_a_cell_that_stands_nowhere_breaks_its_sheet():
    row = '<row r="1"><c r="A" t="inlineStr"><is><t>x</t></is></c></row>'
    refused(with_sheet(workbook(ROWS), [row]), "LISTS-03")


def test_huge_merged_areas_are_bounded():
    merged = "".join(f'<mergeCell ref="A{n}:GR{n + 9000}"/>' for n in range(1, 2000, 10))
    head = '</sheetData><mergeCells count="1">' + merged + "</mergeCells><sheetData>"
    refused(with_sheet(workbook(ROWS), [head]), "LISTS-02")


@pytest.mark.parametrize(
    "content", [b"", b"\n \n\t\n", workbook([])], ids=["none", "blanks", "sheet"]
)
def test_an_empty_file_is_refused(content):
    assert "空的" in refused(content, "LISTS-05")


def test_broken_encodings_are_refused_with_the_line():
    good = "序号,权力名称,权力类型\n1,河道采砂,许可\n".encode()
    assert "第 2 行" in refused(good[:-3] + b"\xff\n", "LISTS-04")
    refused(b"\x00\x01\x02\x03", "LISTS-04")
    refused("权力".encode("gb18030") + b"\xff\xff\xff", "LISTS-04")


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.xlsx"):
        with pytest.raises(Invalid, match="FILE-01"):
            read_lists([path])


def test_hidden_sheets_are_named_and_not_read():
    intake = read(workbook(ROWS, hidden=[["权力名称", "权力类型"], ["暗中的权力", "许可"]]))
    assert [power.name for power in intake.edition.powers] == ["甲"]
    assert [str(remark) for remark in intake.files[0].remarks] == [
        "工作表「藏起来的」是隐藏的，没有读取。"
    ]
    assert set(whys(intake)) == {"工作表是隐藏的，没有读取。要读就先取消隐藏。"}
    assert intake.cells.unread == 4


def test_a_text_without_a_header_makes_nothing_and_lists_all():
    intake = read("行政职权编码由数字组成。\n共16位。\n")
    assert list(intake.edition.items()) == []
    assert (intake.cells.seen, intake.cells.unread) == (2, 2)


def test_pasted_text_is_read_like_a_file():
    intake = read_pasted("序号\t权力名称\t权力类型\n1\t甲\t许可\n")
    assert [power.name for power in intake.edition.powers] == ["甲"]


def test_quotes_that_do_not_match_lose_nothing():
    intake = read('权力名称,权力类型,备注\n甲,许可,"半截\n乙,处罚,好\n')
    assert [power.name for power in intake.edition.powers] == ["甲", "乙"]
    assert intake.edition.powers[0].remark == '"半截'


def test_a_guard_against_formulas_is_taken_off():
    intake = read("权力名称,权力类型,备注\n甲,许可,'=1+1\n")
    assert intake.edition.powers[0].remark == "=1+1"
