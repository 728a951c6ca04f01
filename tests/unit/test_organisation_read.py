import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.faults import faults
from guiju.core.organisation.rows import AppointmentRow, PersonRow, PostRow, UnitRow
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    PartyStanding,
    Profile,
    ResponsibilityKind,
    UnitKind,
)
from guiju.exchange.organisation import read_organisation

UNITS = ["单位编号", "名称", "类别"]
PERSONS = ["人员编号", "姓名"]


MOMENT = dt.datetime.fromisoformat


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(**sheets):
    return read_organisation(workbook(**sheets))


def told(file):
    return [(one.code, one.sheet, one.row, one.column) for one in file.faults]


def test_all_sheets_are_read():
    file = read(
        单位=[
            [
                *("单位编号", "名称", "简称", "上级单位编号", "类别", "统一社会信用代码"),
                *("行政区划代码", "配置", "设立日期", "撤销日期"),
            ],
            ["A", "某县", "县", None, "县市区", None, 320412, "县", MOMENT("1949-10-01"), None],
        ],
        岗位=[
            [
                *("岗位编号", "所属单位编号", "名称", "是否关键岗位", "领导层级"),
                *("最长任期（年）", "分工", "不相容岗位编号", "不得兼管", "职责"),
            ],
            ["G1", "A", "县长", "是", "正职", 5, "审批、采购", "G2，G3；G4", "财务/人事", "一\n二"],
        ],
        人员=[
            ["人员编号", "姓名", "身份证号", "手机", "职级", "政治面貌"],
            [7, "张三", "11010519491231002x", 13800138000, "处级", "中共党员"],
        ],
        任职=[
            ["人员编号", "岗位编号", "任职方式", "开始日期", "结束日期", "责任类型", "任免文号"],
            ["7", "G1", "代理", "2026年1月2日", "2026.11.21", "领导责任", "某发〔2026〕1号"],
        ],
    )
    org = file.organisation
    assert (file.faults, file.remarks) == ((), ())
    assert org.units == (
        UnitRow(
            code="A",
            name="某县",
            short_name="县",
            kind=UnitKind.REGION,
            area_code="320412",
            profile=Profile.COUNTY,
            founded=dt.date(1949, 10, 1),
        ),
    )
    assert org.posts == (
        PostRow(
            code="G1",
            unit="A",
            name="县长",
            is_key=True,
            level=LeaderLevel.HEAD,
            most_years=5,
            functions=(Function.APPROVAL, Function.PROCUREMENT),
            incompatible=("G2", "G3", "G4"),
            barred=(Function.FINANCE, Function.PERSONNEL),
            duties="一\n二",
        ),
    )
    assert org.persons == (
        PersonRow(
            code="7",
            name="张三",
            id_number="11010519491231002X",
            phone="13800138000",
            rank="处级",
            standing=PartyStanding.MEMBER,
        ),
    )
    assert org.appointments == (
        AppointmentRow(
            person="7",
            post="G1",
            kind=AppointmentKind.ACTING,
            start=dt.date(2026, 1, 2),
            end=dt.date(2026, 11, 21),
            responsibility=ResponsibilityKind.LEADER,
            document="某发〔2026〕1号",
        ),
    )
    assert [row.row for sheet in Sheet for row in org.rows(sheet)] == [2, 2, 2, 2]


def test_titles_headers_and_order_may_differ():
    file = read(
        **{
            "封面": [["某县组织表"]],
            "1. 人员信息表": [
                ["填表说明"],
                [],
                [" 姓 名 *", "备注", "工号（必填）", "问题"],
                ["张三", "新来的", "０７", "旧的问题"],
                [None, "只有备注", None, None],
                [],
                ["李四", None, "8", None],
            ],
        }
    )
    assert [(one.code, one.name, one.row) for one in file.organisation.persons] == [
        ("07", "张三", 4),
        ("8", "李四", 7),
    ]
    assert file.faults == ()
    assert [str(one) for one in file.remarks] == ["「人员」表里没有用到的列：「备注」。"]


@pytest.mark.parametrize(
    "said",
    [
        MOMENT("2026-11-21"),
        MOMENT("2026-11-21T08:30"),
        dt.date(2026, 11, 21),
        "2026-11-21",
        "2026年11月21日",
        "2026 年 11 月 21 日",
        "2026.11.21",
        "2026/11/21",
        "２０２６－１１－２１",
        "2026-11-21 00:00:00",
        "20261121",
        20261121,
        46347,
        46347.5,
    ],
)
def test_dates_are_read_however_they_are_written(said):
    file = read(任职=[["人员编号", "岗位编号", "开始日期"], ["a", "b", said]])
    assert (file.faults, file.organisation.appointments[0].start) == ((), dt.date(2026, 11, 21))


@pytest.mark.parametrize(
    "said",
    [
        *[
            "2026-02-29",
            "2026年11月",
            "2026.11",
            "11/21/2026",
            "昨天",
            "2026-13-01",
            "2026-11-21-01",
        ],
        *["0999-01-01", "9999-01-01"],
        *(2026, True, 0.5, dt.time(8, 30), 1e300),
    ],
)
def test_what_is_no_date_is_told(said):
    file = read(任职=[["人员编号", "岗位编号", "开始日期"], ["a", "b", said]])
    assert told(file) == [("ORG-27", Sheet.APPOINTMENTS, 2, Column.START)]
    assert [one.code for one in faults(file.organisation)] == ["ORG-33", "ORG-33"]


@pytest.mark.parametrize(
    ("column", "said", "code"),
    [
        ("是否关键岗位", "也许", "ORG-26"),
        ("领导层级", "厅级", "ORG-26"),
        ("分工", "财务、外事", "ORG-26"),
        ("最长任期", "五年", "ORG-28"),
        ("最长任期", 0, "ORG-28"),
        ("最长任期", 51, "ORG-28"),
        ("最长任期", 2.5, "ORG-28"),
        ("所属单位编号", MOMENT("2026-01-02"), "ORG-25"),
        ("所属单位编号", 1234567890123456789, "ORG-25"),
        ("不相容岗位编号", MOMENT("2026-01-02"), "ORG-25"),
        ("职责", "#REF!", "ORG-25"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_its_row_kept(column, said, code):
    file = read(岗位=[["岗位编号", "名称", column], ["a", "b", said]])
    named = {one.column for one in file.faults if one.code == code}
    assert len(named) == 1
    (post,) = file.organisation.posts
    assert (post.code, post.name, named <= post.unsaid) == ("a", "b", True)


def test_an_identity_number_that_lost_its_end_is_told():
    file = read(人员=[[*PERSONS, "身份证号"], ["a", "b", 110105194912310020]])
    assert told(file) == [("ORG-25", Sheet.PERSONS, 2, Column.ID_NUMBER)]
    assert "设为文本" in str(file.faults[0].sentence)


@pytest.mark.parametrize(
    ("said", "flag"), [("√", True), (True, True), ("Y", True), (1, True), ("×", False), ("", False)]
)
def test_flags_are_read(said, flag):
    file = read(岗位=[["岗位编号", "所属单位编号", "名称", "关键岗位"], ["a", "b", "c", said]])
    assert (file.faults, file.organisation.posts[0].is_key) == ((), flag)


def test_words_may_be_said_otherwise():
    file = read(
        单位=[[*UNITS, "配置"], ["a", "b", "乡", "局级"], ["c", "d", " 政 府 部 门", "BUREAU"]]
    )
    assert [(one.kind, one.profile) for one in file.organisation.units] == [
        (UnitKind.TOWNSHIP, Profile.BUREAU),
        (UnitKind.DEPARTMENT, Profile.BUREAU),
    ]


def test_an_unknown_way_of_holding_a_post_is_not_taken_for_the_usual_one():
    head = ["人员编号", "岗位编号", "开始日期", "任职方式"]
    file = read(任职=[head, ["a", "b", "2020-01-01", "挂名"], ["a", "b", "2021-01-01", None]])
    assert [one.kind for one in file.organisation.appointments] == [None, AppointmentKind.REGULAR]


def test_a_lacking_column_is_told_once_and_says_nothing():
    file = read(单位=[["单位编号", "名称"], ["a", "b"], ["c", "d"]])
    assert told(file) == [("ORG-23", Sheet.UNITS, 1, Column.UNIT_KIND)]
    assert Column.PROFILE in file.organisation.units[0].unsaid
    assert "ORG-30" not in {one.code for one in faults(file.organisation)}


def test_a_column_given_twice_is_told():
    file = read(人员=[[*PERSONS, "名字"], ["a", "b", "c"]])
    assert told(file) == [("ORG-24", Sheet.PERSONS, 1, Column.PERSON_NAME)]
    assert file.organisation.persons[0].name == "b"


def test_a_sheet_without_a_header_is_told():
    file = read(人员=[["张三"], ["李四"]], 单位=[UNITS, ["a", "b", "学校"]])
    assert told(file) == [("ORG-23", Sheet.PERSONS, 1, None)]
    assert len(file.organisation.units) == 1


def test_all_faults_of_all_rows_are_told_in_their_order():
    file = read(单位=[[*UNITS, "设立日期"], *[["a", "b", "无", "无"]] * 30])
    assert len(file.faults) == 60
    assert told(file)[:3] == [
        ("ORG-26", Sheet.UNITS, 2, Column.UNIT_KIND),
        ("ORG-27", Sheet.UNITS, 2, Column.FOUNDED),
        ("ORG-26", Sheet.UNITS, 3, Column.UNIT_KIND),
    ]


def test_a_workbook_without_any_of_the_sheets_is_refused():
    with pytest.raises(Invalid, match="ORG-22") as caught:
        read(Sheet1=[UNITS])
    assert "「Sheet1」" in str(caught.value.sentence)


def test_a_file_a_stream_and_bytes_are_read_alike(tmp_path):
    content = workbook(人员=[PERSONS, ["a", "b"]])
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    one = read_organisation(content)
    assert read_organisation(path) == one == read_organisation(BytesIO(content))
    with pytest.raises(Invalid, match="FILE-01"):
        read_organisation(tmp_path / "无.xlsx")


def test_progress_is_told():
    said = []
    content = workbook(人员=[PERSONS, *[[str(n), "b"] for n in range(2500)]])
    read_organisation(content, lambda done, total: said.append((done, total)))
    assert [done for done, _ in said[:-1]] == [1000, 2000]
    assert said[-1][0] == said[-1][1] >= 2500
