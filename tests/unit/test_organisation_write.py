import tempfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.core.organisation.columns import FIELDS, Column, Holds, Sheet
from guiju.core.organisation.faults import faults, in_order
from guiju.core.organisation.rows import AppointmentRow, Organisation, PersonRow, PostRow, UnitRow
from guiju.core.organisation.words import AppointmentKind, Profile, UnitKind
from guiju.exchange.organisation import (
    read_organisation,
    still,
    write,
    write_faults,
    write_organisation,
)

UNIT = UnitRow(code="001", name="=某县", kind=UnitKind.REGION, profile=Profile.COUNTY)
OLD = replace(UNIT, code="002", founded=date(1898, 7, 3), abolished=date(2020, 1, 1))
ORGANISATION = Organisation(
    (UNIT, OLD),
    (PostRow(code="岗", unit="001", name="县长", is_key=True, most_years=5, duties="一\n二"),),
    (PersonRow(code="甲", name="+张三"),),
    (AppointmentRow(person="甲", post="岗", kind=AppointmentKind.ACTING, start=date(2020, 1, 1)),),
)


def content(organisation):
    stream = BytesIO()
    write_organisation(organisation, stream)
    return stream.getvalue()


def test_what_is_written_is_read_back():
    file = read_organisation(content(ORGANISATION))
    assert file.organisation == ORGANISATION
    assert (file.faults, file.remarks) == ((), ())


def test_the_same_organisation_gives_the_same_bytes(monkeypatch):
    one = content(ORGANISATION)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert content(ORGANISATION) == one
    assert content(Organisation()) != one


def test_dates_are_dates_numbers_numbers_and_nothing_a_formula():
    book = openpyxl.load_workbook(BytesIO(content(ORGANISATION)))
    units = book["单位"]
    assert units["B3"].data_type == "s"
    assert (units["J4"].is_date, units["I4"].value) == (True, "1898-07-03")
    assert (book["岗位"]["F3"].value, book["岗位"]["D3"].value) == (5, "是")
    assert units["A3"].number_format == "@"


def test_the_template_explains_itself_and_offers_the_words():
    book = openpyxl.load_workbook(BytesIO(content(Organisation())))
    assert book.sheetnames == ["单位", "岗位", "人员", "任职", "法定职责", "说明", "词表"]
    for title, fields in FIELDS.items():
        sheet = book[title]
        assert sheet.freeze_panes == "B3"
        assert [cell.value for cell in sheet[2]] == [
            field.column + ("*" if field.required else "") for field in fields
        ]
        ruled = {
            str(rule.sqref).split(":")[0].rstrip("3")
            for rule in sheet.data_validations.dataValidation
        }
        offered = [
            openpyxl.utils.get_column_letter(place)
            for place, field in enumerate(fields, 1)
            if field.holds in {Holds.WORD, Holds.FLAG}
        ]
        assert sorted(ruled) == offered
    kinds = [cell.value for cell in book["词表"]["A"]]
    assert kinds == ["类别", *(str(kind.label) for kind in UnitKind)]
    explained = {(row[0].value, row[1].value) for row in book["说明"].iter_rows() if row[1].value}
    assert {(s.value, f.column.value) for s, fs in FIELDS.items() for f in fs} <= explained


def test_each_list_of_words_is_the_one_of_its_column():
    book = openpyxl.load_workbook(BytesIO(content(Organisation())))
    words = book["词表"]
    for title, fields in FIELDS.items():
        rules = {
            str(rule.sqref)[0]: rule.formula1
            for rule in book[title].data_validations.dataValidation
        }
        for place, field in enumerate(fields, 1):
            if field.holds is Holds.WORD:
                cells = rules[openpyxl.utils.get_column_letter(place)].split("!")[1]
                offered = [row[0].value for row in words[cells.replace("$", "")]]
                assert offered == [str(term.label) for term in field.words]


def test_an_empty_template_is_read_as_nothing():
    file = read_organisation(content(Organisation()))
    assert (file.organisation, file.faults) == (Organisation(), ())


@pytest.mark.parametrize("text", [" 甲", "甲\n", "甲\x00", "甲\ufffe", "甲" * 32_768, "\ud800"])
def test_text_that_would_not_come_back_is_refused(text):
    with pytest.raises(Invalid, match="ORG-58") as caught:
        content(Organisation(persons=(PersonRow(code="甲", name=text),)))
    assert "「甲」的「姓名」" in str(caught.value.sentence)


def test_more_rows_than_can_be_read_back_are_refused(monkeypatch):
    monkeypatch.setattr(write, "MOST_ROWS", 1)
    with pytest.raises(Invalid, match="ORG-57"):
        content(ORGANISATION)
    assert content(replace(ORGANISATION, units=(UNIT,)))


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "rows").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "rows"))
    (tmp_path / "表").mkdir()
    path = tmp_path / "表" / "表.xlsx"
    write_organisation(ORGANISATION, path)
    assert path.read_bytes() == content(ORGANISATION)
    monkeypatch.setattr(still.ExcelWriter, "save", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_organisation(Organisation(), path)
    assert read_organisation(path).organisation == ORGANISATION
    assert list(path.parent.iterdir()) == [path]
    assert list((tmp_path / "rows").iterdir()) == []
    with pytest.raises(Invalid, match="FILE-02"):
        monkeypatch.undo()
        write_organisation(Organisation(), tmp_path / "无" / "表.xlsx")


def sent():
    book = openpyxl.Workbook()
    book.active.title = "封面"
    book["封面"].append(["某县", None, 3])
    sheet = book.create_sheet("1.任职表")
    for row in (
        ["某县任职情况"],
        [],
        ["工号", "岗位", "任职日期", "备注"],
        ["甲", "岗", date(2020, 1, 1), "=x"],
        [],
        ["甲", "岗", "昨天", 1.5],
        ["丙", "岗", "2020-01-01", None],
    ):
        sheet.append(row)
    sheet["D4"].data_type = "s"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def returned(source):
    file = read_organisation(source)
    found = in_order((*file.faults, *faults(file.organisation, ORGANISATION)))
    out = BytesIO()
    write_faults(source, found, out)
    return found, out.getvalue()


def test_a_workbook_comes_back_with_its_problems_beside_the_rows():
    found, back = returned(sent())
    assert [(one.code, one.row) for one in found] == [("ORG-27", 6), ("ORG-33", 7)]
    book = openpyxl.load_workbook(BytesIO(back))
    assert [[cell.value for cell in row] for row in book["封面"]] == [["某县", None, 3]]
    sheet = book["1.任职表"]
    assert sheet["A3"].value == "问题"
    assert [cell.value for cell in sheet[3]][1:] == ["工号", "岗位", "任职日期", "备注"]
    assert sheet["A4"].value is None
    assert sheet["D4"].is_date
    assert sheet["E4"].data_type == "s"
    assert sheet["A6"].value.startswith("「开始日期」「昨天」不是有效的日期")
    assert sheet["A7"].value.startswith("「人员编号」找不到编号「丙」")


def test_what_came_back_is_read_as_before_and_gets_no_second_column():
    found, back = returned(sent())
    assert read_organisation(back).organisation == read_organisation(sent()).organisation
    again, second = returned(back)
    assert again == found
    assert second == back


def test_a_problem_of_the_header_or_the_sheet_is_shown_on_top():
    book = openpyxl.Workbook()
    book.active.title = "人员"
    book.active.append(["编号", "职级"])
    book.active.append(["甲", "科员"])
    book.create_sheet("单位")
    stream = BytesIO()
    book.save(stream)
    found, back = returned(stream.getvalue())
    assert {(one.sheet, one.column) for one in found} == {
        (Sheet.UNITS, None),
        (Sheet.PERSONS, Column.PERSON_NAME),
    }
    shown = openpyxl.load_workbook(BytesIO(back))
    assert shown["人员"]["A1"].value.startswith("问题：\n「姓名」表头里没有这一列")
    assert shown["单位"]["A1"].value.startswith("问题：\n前 20 行里找不到表头")
    assert returned(back)[1] == back
