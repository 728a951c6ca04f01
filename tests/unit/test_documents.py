"""Documents in the layout of GB/T 9704, read back with another reader."""

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from guiju.exchange.documents import Grid, Heading, Paper, Text, write_paper

PAPER = Paper(
    title="河道采砂许可权力标签",
    under="水利局清单 · 第 2 版",
    parts=(
        Heading("基本情况"),
        Text("GJ-1", "编码"),
        Text("第一行\n第二行"),
        Heading("风险"),
        Heading("一级", 2),
        Grid(("序号", "风险点"), [("1", "甲\n乙"), ("2", "丙")], (1, 5)),
        Heading("二级", 2),
        Heading("责任"),
    ),
    signed="某县水利局",
    dated="2026年11月25日",
)


def read(paper=PAPER):
    return docx.Document(io.BytesIO(write_paper(paper)))


def test_the_sheet_is_that_of_the_standard():
    section = read().sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    for found, wanted in (
        (section.page_width, 210), (section.page_height, 297),
        (section.top_margin, 37), (section.left_margin, 28), (width, 156), (height, 225),
    ):  # fmt: skip
        assert found == pytest.approx(Mm(wanted), abs=Mm(0.1))
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) * 22 == pytest.approx(225 / 25.4 * 1440, rel=0.01)


def test_title_headings_and_text_stand_in_their_type():
    texts = {one.text: one for one in read().paragraphs}
    title = texts["河道采砂许可权力标签"].runs[0]
    assert title.font.size.pt == 22
    assert title._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    for text, name in (("一、基本情况", "黑体"), ("（一）一级", "楷体_GB2312")):
        assert texts[text].runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == name
    assert {"编码：GJ-1", "第一行", "第二行", "二、风险", "（二）二级", "三、责任"} <= set(texts)
    style = read().styles["Normal"]
    assert style.font.size.pt == 16
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_table_repeats_its_head_and_keeps_every_cell():
    (table,) = read().tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told == [["序号", "风险点"], ["1", "甲\n乙"], ["2", "丙"]]
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    first, second = (cell.width for cell in table.rows[0].cells)
    assert second == pytest.approx(first * 5, rel=0.01)


def test_pages_are_numbered_right_on_odd_and_left_on_even_ones():
    document = read()
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml
    assert odd.text.startswith("—")


def test_a_wide_document_lies_on_its_side():
    section = read(Paper(title="目录", is_wide=True)).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


def test_the_same_document_is_the_same_bytes_and_another_is_not():
    assert write_paper(PAPER) == write_paper(PAPER)
    assert write_paper(Paper(title="甲")) != write_paper(Paper(title="乙"))


def test_the_file_says_nothing_of_the_computer_that_made_it():
    told = read().core_properties
    assert (told.title, told.author, told.last_modified_by) == (PAPER.title, "某县水利局", "")
    with zipfile.ZipFile(io.BytesIO(write_paper(PAPER))) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_what_no_file_can_hold_is_left_out_and_nothing_breaks():
    bad = Paper(
        title="题\x00目",
        parts=(Text("甲\x0b乙\ud800", "标\x01签"), Grid(("头\x02",), [("格\ufffe",)])),
    )
    document = read(bad)
    texts = [one.text for one in document.paragraphs]
    assert {"题目", "标签：甲乙"} <= set(texts)
    assert document.tables[0].rows[1].cells[0].text == "格"
    assert read(Paper(title="")).paragraphs


def test_headings_are_numbered_beyond_ten():
    many = Paper(title="", parts=tuple(Heading(str(n)) for n in range(1, 25)))
    texts = [one.text for one in read(many).paragraphs if "、" in one.text]
    assert [texts[n] for n in (0, 9, 10, 19, 22)] == [
        "一、1", "十、10", "十一、11", "二十、20", "二十三、23",
    ]  # fmt: skip
