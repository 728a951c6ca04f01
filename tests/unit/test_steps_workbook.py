import datetime as dt
import struct
import zipfile
from io import BytesIO

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.core.terms import NodeKind
from guiju.exchange.steps import read_step_table

HEADER = ["序号", "环节", "下一步"]


@pytest.fixture
def sheets(tmp_path):
    def read(*sheets, name="表.xlsx", change=None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        content = BytesIO()
        book.save(content)
        path = tmp_path / name
        path.write_bytes(change(content.getvalue()) if change else content.getvalue())
        return read_step_table(path).flow

    return read


def steps(flow):
    return [(node.number, node.name) for node in flow.nodes if node.kind is NodeKind.TASK]


def parts_changed(name, change):
    def changed(content):
        made = BytesIO()
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
            for part in old.namelist():
                data = old.read(part)
                new.writestr(part, change(data) if part == name else data)
        return made.getvalue()

    return changed


def test_the_first_sheet_with_the_header_is_read_below_its_titles(sheets):
    other = [["封面"], ["说明", "一"]]
    flow = sheets(other, [["某局步骤表"], [], HEADER, [1, "甲", 2], [2, "乙", "结束"]], [HEADER])
    assert steps(flow) == [("1", "甲"), ("2", "乙")]


def test_the_content_tells_the_format_not_the_ending(sheets, tmp_path):
    assert steps(sheets([HEADER, [1, "甲"]], name="表.csv")) == [("1", "甲")]
    path = tmp_path / "文.xlsx"
    path.write_text("序号,环节\n1,甲", "utf-8")
    assert steps(read_step_table(path).flow) == [("1", "甲")]


def test_numbers_are_read_as_they_show(sheets):
    flow = sheets([HEADER, [1.0, "甲", 1.1], [1.1, "乙", "2.0"], ["2.0", 2024, None]])
    assert steps(flow) == [("1", "甲"), ("1.1", "乙"), ("2.0", "2024")]


def test_a_list_that_became_a_date_is_refused_with_its_row(sheets):
    with pytest.raises(Invalid, match="STEP-11") as caught:
        sheets([HEADER, [1, "甲", dt.date(2024, 3, 4)], [2, "乙"]])
    assert "第 2 行「下一步」列「2024/03/04」" in str(caught.value.sentence)


def test_an_apostrophe_in_a_workbook_is_part_of_the_text(sheets):
    assert steps(sheets([HEADER, [1, "'=甲"]])) == [("1", "'=甲")]


def test_a_dimension_that_lies_hides_no_rows(sheets):
    def shrink(data):
        assert b'<dimension ref="A1:C3"' in data
        return data.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"')

    change = parts_changed("xl/worksheets/sheet1.xml", shrink)
    flow = sheets([HEADER, [1, "甲"], [2, "乙"]], change=change)
    assert steps(flow) == [("1", "甲"), ("2", "乙")]


@pytest.mark.parametrize("row", ["99999999999", "1048576"])
def test_a_row_far_below_takes_no_time(sheets, row):
    change = parts_changed(
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b'r="3"', f'r="{row}"'.encode()).replace(
            b"A3", f"A{row}".encode()
        ),
    )
    flow = sheets([HEADER, [1, "甲"], ["注", None]], change=change)
    assert steps(flow) == [("1", "甲")]


@pytest.mark.parametrize("size", [0, 100])
def test_a_size_that_lies_is_refused(sheets, size):
    def lie(content):
        place = content.index(b"PK\x01\x02")
        return content[: place + 24] + struct.pack("<I", size) + content[place + 28 :]

    with pytest.raises(Invalid, match="STEP-01"):
        sheets([HEADER, [1, "甲"]], change=lie)


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_a_workbook_without_its_parts_is_refused(sheets, missing):
    with pytest.raises(Invalid, match="STEP-01"):
        sheets([HEADER, [1, "甲"]], change=parts_changed(missing, lambda _: b"<broken"))
