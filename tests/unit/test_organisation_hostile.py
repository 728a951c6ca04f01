import struct
import zipfile
from io import BytesIO

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.exchange.organisation import archive, read_organisation, write_faults

HEADER = ["人员编号", "姓名"]


def workbook(*rows, title="人员"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (HEADER, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content, name, change):
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SOUND = workbook(["a", "b"])


def code(content):
    with pytest.raises(Invalid) as caught:
        read_organisation(content)
    return caught.value.code


def names(content):
    return [row.name for row in read_organisation(content).organisation.persons]


def test_a_sound_workbook_is_read():
    assert names(SOUND) == ["b"]


@pytest.mark.parametrize("content", [b"", b"a,b", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04junk"])
def test_what_is_no_workbook_is_refused(content):
    assert code(content) == "ORG-20"


def test_a_truncated_workbook_is_refused():
    assert code(SOUND[: len(SOUND) // 2]) == "ORG-20"


@pytest.mark.parametrize("size", [0, 100])
def test_a_size_that_lies_is_refused(size):
    place = SOUND.index(b"PK\x01\x02")
    assert code(SOUND[: place + 24] + struct.pack("<I", size) + SOUND[place + 28 :]) == "ORG-20"


@pytest.mark.parametrize("name", ["xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml", SHEET])
def test_a_broken_part_is_refused(name):
    assert code(changed(SOUND, name, lambda _: b"<broken")) == "ORG-20"


def test_a_sheet_that_breaks_off_is_refused_as_a_whole():
    rows = workbook(*[[str(n), "b"] for n in range(50)])
    assert code(changed(rows, SHEET, lambda data: data[: len(data) // 2])) == "ORG-20"


@pytest.mark.parametrize(
    "before", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!DOCTYPE x>", b"<![CDATA[ ]]>"]
)
def test_entities_and_what_hides_rows_are_refused(before):
    assert code(changed(SOUND, SHEET, lambda data: before + data)) == "ORG-20"


def test_other_encodings_are_refused():
    assert code(changed(SOUND, SHEET, lambda data: data.decode().encode("utf-16"))) == "ORG-20"


def packed(*parts):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts:
            made.writestr(name, data)
    return content.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1000)
    assert code(packed(("xl/a.xml", b" " * 1001))) == "ORG-21"


def test_parts_and_sheets_without_end_are_refused():
    assert code(packed(*((f"{n}.xml", b"") for n in range(2001)))) == "ORG-21"
    many = b"<sheets>" + b'<sheet name="a"/>' * 101
    assert code(changed(SOUND, "xl/workbook.xml", lambda _: many)) == "ORG-21"


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    assert code(SOUND) == "ORG-21"


@pytest.mark.parametrize("name", [SHEET, "xl/hidden.bin"])
def test_a_row_without_end_is_refused_under_any_name(name):
    row = b"<row>" + b"<c/>" * (archive._SMALL // 4 + 1) + b"</row>"
    assert code(packed((name, row))) == "ORG-21"


def test_a_large_sheet_of_short_rows_is_read(monkeypatch):
    monkeypatch.setattr(archive, "_SMALL", 1000)
    monkeypatch.setattr(archive, "_CHUNK", 100)
    content = workbook(*[[str(n), "b"] for n in range(200)])
    assert len(names(content)) == 200
    monkeypatch.setattr(archive, "MOST_AT_ONCE", 50)
    assert code(content) == "ORG-21"


def test_shared_strings_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "_SMALL", 1000)
    monkeypatch.setattr(archive, "MOST_STRINGS", 2000)
    strings = b"<sst>" + b"<si><t>a</t></si>" * 200 + b"</sst>"
    assert code(packed(("xl/sharedStrings.xml", strings))) == "ORG-21"


def test_too_many_rows_or_columns_are_refused(monkeypatch):
    assert names(workbook(["a", "b", *[""] * 58])) == ["b"]
    assert code(workbook(["a", "b", *["x"] * 59])) == "ORG-21"
    monkeypatch.setattr(archive, "MOST_ROWS", 3)
    assert names(workbook(*[["a", "b"]] * 2)) == ["b", "b"]
    assert code(workbook(*[["a", "b"]] * 3)) == "ORG-21"


def test_a_dimension_that_lies_hides_no_rows():
    def shrink(data):
        assert b'<dimension ref="A1:B2"' in data
        return data.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"')

    assert names(changed(SOUND, SHEET, shrink)) == ["b"]


@pytest.mark.parametrize("row", ["99999999999", "1048577"])
def test_a_row_far_below_the_last_is_not_waited_for(row):
    def lower(data):
        return data.replace(b'r="2"', f'r="{row}"'.encode()).replace(b"A2", f"A{row}".encode())

    assert names(changed(SOUND, SHEET, lower)) == []


def test_a_formula_is_read_by_its_value_and_never_written_back():
    content = workbook(["a", "=1+1"])
    assert names(content) == [""]
    text = changed(SOUND, SHEET, lambda data: data.replace(b">b<", b">=cmd()<"))
    out = BytesIO()
    write_faults(text, (), out)
    cells = [c for row in openpyxl.load_workbook(out)["人员"].iter_rows() for c in row]
    assert "f" not in {cell.data_type for cell in cells}
