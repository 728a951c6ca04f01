from dataclasses import fields, replace
from datetime import date

import pytest

from guiju.core.organisation import faults as whole
from guiju.core.organisation.books import merged
from guiju.core.organisation.columns import FIELDS, Column, Sheet
from guiju.core.organisation.faults import faults
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.tree import MOST_LEVELS
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    Profile,
    UnitKind,
)

U, G, P, A = Sheet.UNITS, Sheet.POSTS, Sheet.PERSONS, Sheet.APPOINTMENTS
KIND = {"kind": UnitKind.DEPARTMENT}


def day(text):
    return date.fromisoformat(text)


def unit(row, code, parent="县", **said):
    return UnitRow(row=row, code=code, name="某局", parent=parent, **{**KIND, **said})


def post(row, code, of="局", **said):
    return PostRow(row=row, code=code, unit=of, name="某岗", **said)


def person(row, code, **said):
    return PersonRow(row=row, code=code, name="张三", **said)


def held(row, who, what, start="2020-01-01", end=None, **said):
    last = day(end) if end else None
    return AppointmentRow(row=row, person=who, post=what, start=day(start), end=last, **said)


TOP = unit(2, "县", "", profile=Profile.COUNTY)
SOUND = Organisation(
    (TOP, unit(3, "局"), unit(4, "科", "局")),
    (
        post(2, "局长", level=LeaderLevel.HEAD),
        post(3, "书记", level=LeaderLevel.HEAD),
        post(4, "会计", functions=(Function.FINANCE,)),
        post(5, "出纳", incompatible=("会计",)),
    ),
    (person(2, "甲"), person(3, "乙")),
    (held(2, "甲", "局长"), held(3, "甲", "书记"), held(4, "乙", "会计")),
)


def with_rows(*rows, base=SOUND):
    """Lay rows over a sound organisation: by their keys, else below the others."""
    return merged(
        Organisation(*(tuple(row for row in rows if row.sheet is sheet) for sheet in (U, G, P, A))),
        base,
    )


def found(*rows, base=SOUND, known=None):
    return [
        (one.code, one.sheet, one.row, one.column)
        for one in faults(with_rows(*rows, base=base), known)
    ]


def test_a_sound_organisation_has_no_faults():
    assert faults(SOUND) == ()
    assert faults(SOUND, SOUND) == ()
    assert faults(Organisation()) == ()


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (UnitRow(row=9, code="新", parent="县", **KIND), "ORG-30", Column.NAME),
        (unit(9, "新", kind=None), "ORG-30", Column.UNIT_KIND),
        (post(9, "新", ""), "ORG-30", Column.UNIT),
        (unit(9, "新 1"), "ORG-31", Column.UNIT_CODE),
        (unit(9, "新、1"), "ORG-31", Column.UNIT_CODE),
        (unit(9, "１"), "ORG-31", Column.UNIT_CODE),
        (unit(9, "新" * 41), "ORG-29", Column.UNIT_CODE),
        (unit(9, "新", short_name="甲\n乙"), "ORG-25", Column.SHORT_NAME),
        (unit(9, "新", short_name="甲\u202e乙"), "ORG-25", Column.SHORT_NAME),
        (unit(9, "新", short_name=" 甲"), "ORG-25", Column.SHORT_NAME),
        (unit(9, "新", short_name="甲" * 101), "ORG-29", Column.SHORT_NAME),
        (post(9, "新", duties="甲\n\u200b乙"), "ORG-25", Column.DUTIES),
        (post(9, "新", incompatible=("会计",) * 101), "ORG-29", Column.INCOMPATIBLE),
        (unit(9, "新", "无此"), "ORG-33", Column.PARENT),
        (post(9, "新", "无此"), "ORG-33", Column.UNIT),
        (post(9, "新", incompatible=("会计", "无此")), "ORG-33", Column.INCOMPATIBLE),
        (held(9, "无此", "出纳"), "ORG-33", Column.PERSON_CODE),
        (held(9, "甲", "无此"), "ORG-33", Column.POST_CODE),
        (unit(9, "新", ""), "ORG-36", Column.PROFILE),
        (unit(9, "新", credit_code="91350100M000100Y44"), "ORG-37", Column.CREDIT_CODE),
        (unit(9, "新", area_code="990000"), "ORG-39", Column.AREA_CODE),
        (person(9, "丙", id_number="11010519491231002"), "ORG-40", Column.ID_NUMBER),
        (person(9, "丙", id_number="110105194912310021"), "ORG-40", Column.ID_NUMBER),
        (person(9, "丙", id_number="110105194902310024"), "ORG-40", Column.ID_NUMBER),
        (person(9, "丙", phone="138001380001"), "ORG-42", Column.PHONE),
        (held(9, "甲", "出纳", "2020-01-01", "2020-01-01"), "ORG-43", Column.END),
        (
            post(9, "新", founded=day("2020-01-02"), abolished=day("2020-01-01")),
            "ORG-43",
            Column.ABOLISHED,
        ),
        (post(9, "新", incompatible=("新",)), "ORG-50", Column.INCOMPATIBLE),
        (
            post(9, "新", functions=(Function.FINANCE,), barred=(Function.FINANCE,)),
            "ORG-51",
            Column.BARRED,
        ),
        (held(9, "乙", "局长"), "ORG-47", Column.POST_CODE),
        (held(9, "乙", "局长", kind=AppointmentKind.CONCURRENT), "ORG-47", Column.POST_CODE),
        (held(9, "甲", "会计", "2030-01-01"), "ORG-48", Column.POST_CODE),
        (held(9, "乙", "出纳", "2030-01-01"), "ORG-49", Column.POST_CODE),
    ],
)
def test_each_fault_is_told_with_its_sheet_row_and_column(row, code, column):
    assert found(row) == [(code, row.sheet, 9, column)]


@pytest.mark.parametrize(
    "row",
    [
        unit(9, "新-1.a_2", credit_code="91350100M000100Y43", area_code="320412"),
        unit(9, "新", "", profile=Profile.SCHOOL),
        unit(9, "新", founded=day("1949-10-01"), abolished=day("1949-10-02")),
        post(9, "新", "科", duties="甲\n乙", incompatible=("会计",), barred=(Function.WORKS,)),
        person(9, "丙", id_number="11010519491231002X", phone="+86-13800138000"),
        person(9, "丙", phone="0519-88888888"),
        held(9, "乙", "局长", kind=AppointmentKind.ACTING),
        held(9, "乙", "局长", kind=AppointmentKind.PRESIDING),
        held(9, "乙", "局长", "2010-01-01", "2020-01-01"),
        held(9, "甲", "会计", "2019-01-01", "2020-01-01"),
        held(9, "乙", "出纳", "2019-01-01", "2020-01-01"),
        held(9, "甲", "出纳"),
    ],
)
def test_beside_each_fault_stands_what_is_right(row):
    assert found(row) == []


def test_an_odd_code_among_several_is_told():
    column = Column.INCOMPATIBLE
    assert found(post(9, "新", incompatible=("会计", "a b"))) == [
        ("ORG-31", G, 9, column),
        ("ORG-33", G, 9, column),
    ]


def test_a_code_used_twice_names_the_first_row():
    org = replace(SOUND, units=(*SOUND.units, unit(7, "局"), unit(8, "局")))
    one, other = faults(org)
    assert (one.code, one.row, other.row) == ("ORG-32", 7, 8)
    assert "第 3 行" in str(one.sentence)
    again = replace(SOUND, appointments=(*SOUND.appointments, held(7, "甲", "局长")))
    assert [(one.code, one.row) for one in faults(again)] == [("ORG-32", 7)]


def test_one_person_in_two_rows_is_told_without_repeating_the_number():
    number = "11010519491231002X"
    org = with_rows(person(8, "丙", id_number=number), person(9, "丁", id_number=number))
    (one,) = faults(org)
    assert (one.code, one.row, number in str(one.told)) == ("ORG-41", 9, False)


def test_a_credit_code_may_pass_to_a_successor_only():
    code = {"credit_code": "91350100M000100Y43"}
    old = unit(8, "旧", abolished=day("2020-01-01"), **code)
    assert found(old, unit(9, "新", founded=day("2020-01-01"), **code)) == []
    assert found(old, unit(9, "新", founded=day("2019-12-31"), **code)) == [
        ("ORG-38", U, 9, Column.CREDIT_CODE)
    ]


def test_a_circle_is_told_once_with_its_way():
    (one,) = faults(with_rows(unit(3, "局", "科")))
    assert (one.code, one.row) == ("ORG-34", 3)
    assert "局 → 科 → 局" in str(one.sentence)
    assert found(unit(9, "己", "己")) == [("ORG-34", U, 9, Column.PARENT)]


def test_a_long_circle_is_not_called_too_deep():
    rows = [unit(i + 10, f"层{i}", f"层{(i + 1) % 20}") for i in range(20)]
    assert found(*rows, unit(99, "底", "层0")) == [("ORG-34", U, 10, Column.PARENT)]


def test_a_tree_may_be_deep_but_not_without_end():
    rows = [unit(i + 10, f"层{i}", f"层{i - 1}" if i else "县") for i in range(MOST_LEVELS - 1)]
    assert found(*rows) == []
    rows.append(unit(99, "底", rows[-1].code))
    assert found(*rows) == [("ORG-35", U, 99, Column.PARENT)]


ENDED = {"abolished": day("2024-01-01")}


def test_what_is_inside_must_not_outlast_what_is_around_it():
    assert found(unit(3, "局", **ENDED)) == [
        ("ORG-44", U, 4, Column.ABOLISHED),
        *(("ORG-45", G, row, Column.ABOLISHED) for row in (2, 3, 4, 5)),
        *(("ORG-46", A, row, Column.END) for row in (2, 3, 4)),
    ]
    ended = [replace(one, **ENDED) for one in (*SOUND.units[1:], *SOUND.posts)]
    over = [replace(one, end=day("2024-01-01")) for one in SOUND.appointments]
    assert found(*ended, *over) == []


def test_what_begins_before_what_is_around_it_is_told():
    founded = {"founded": day("2021-01-01")}
    assert found(unit(3, "局", **founded)) == [("ORG-46", A, n, Column.START) for n in (2, 3, 4)]
    assert found(post(2, "局长", founded=day("2020-01-02"), level=LeaderLevel.HEAD)) == [
        ("ORG-46", A, 2, Column.START)
    ]
    old = post(9, "新", founded=day("2019-01-01"))
    assert found(unit(3, "局", founded=day("2019-06-01")), old) == [
        ("ORG-45", G, 9, Column.FOUNDED)
    ]
    assert found(unit(4, "科", "局", founded=day("1990-01-01"))) == []


def test_dates_out_of_order_are_told_once():
    founded = unit(4, "科", "局", founded=day("2021-01-01"))
    wrong = held(9, "甲", "窗口", "2020-01-01", "2019-01-01")
    assert found(founded, post(9, "窗口", "科"), wrong) == [("ORG-43", A, 9, Column.END)]


def test_who_is_kept_out_of_a_function_must_not_have_it_by_another_post():
    boss = post(9, "主任", barred=(Function.FINANCE,))
    assert found(boss, held(9, "乙", "主任", "2030-01-01")) == [("ORG-51", A, 9, Column.POST_CODE)]
    assert found(boss, held(9, "乙", "主任", "2010-01-01")) == [("ORG-51", A, 4, Column.POST_CODE)]
    assert found(boss, held(9, "甲", "主任")) == []


def test_too_many_incompatible_posts_are_told_and_bounded():
    many = [post(10 + n, f"岗{n}", incompatible=("会计",)) for n in range(100)]
    assert found(*many) == [("ORG-50", G, 4, Column.INCOMPATIBLE)]
    assert found(*many[:99]) == []


def test_rows_are_judged_together_with_what_is_on_record():
    new = Organisation(appointments=(held(2, "乙", "局长", "2025-01-01"),))
    assert [(one.code, one.row) for one in faults(new, SOUND)] == [("ORG-47", 2)]
    assert "系统里已有的记录" in str(faults(new, SOUND)[0].sentence)
    assert [one.code for one in faults(new)] == ["ORG-33", "ORG-33"]
    over = Organisation(
        appointments=(
            held(2, "乙", "局长", "2025-01-01"),
            held(3, "甲", "局长", end="2025-01-01"),
            held(4, "甲", "书记", end="2025-01-01"),
        )
    )
    assert faults(over, SOUND) == ()


def test_one_on_record_that_comes_later_is_met_too():
    new = Organisation(appointments=(held(2, "乙", "出纳", "2019-01-01"),))
    assert [(one.code, one.row) for one in faults(new, SOUND)] == [("ORG-49", 2)]


def test_several_posts_of_heads_on_record_are_no_second_head_but_another_person_is():
    posts = tuple(post(n, f"正{n}", level=LeaderLevel.HEAD) for n in range(4))
    known = Organisation(
        SOUND.units,
        posts,
        SOUND.persons,
        (held(0, "甲", "正1", "2021-01-01"), held(0, "甲", "正2", "2022-01-01")),
    )
    new = Organisation(appointments=(held(2, "甲", "正0"),))
    assert faults(new, known) == ()
    later = (*known.appointments, held(0, "乙", "正3", "2025-01-01"))
    assert [one.code for one in faults(new, replace(known, appointments=later))] == ["ORG-47"]


def test_what_only_the_record_says_is_not_judged():
    broken = with_rows(held(0, "乙", "局长"), unit(0, "局", "科"))
    assert faults(Organisation(persons=(person(2, "丙"),)), broken) == ()


def test_ending_a_unit_shows_who_on_record_still_works_there():
    new = Organisation(units=(unit(2, "局", **ENDED),))
    told = faults(new, SOUND)
    assert {(one.sheet, one.row, one.column) for one in told} == {(U, 2, Column.ABOLISHED)}
    assert sorted(one.code for one in told) == ["ORG-44", *["ORG-45"] * 4, *["ORG-46"] * 3]


def test_a_cell_that_could_not_be_read_is_not_told_as_missing():
    row = unit(9, "新", kind=None, unsaid=frozenset({Column.UNIT_KIND}))
    assert found(row) == []
    known = with_rows(unit(9, "新", kind=UnitKind.SCHOOL))
    (after,) = (one for one in merged(Organisation((row,)), known).units if one.code == "新")
    assert after.kind is UnitKind.SCHOOL


def test_faults_without_end_are_cut_with_a_word(monkeypatch):
    monkeypatch.setattr(whole, "MOST_FAULTS", 3)
    told = faults(with_rows(*(unit(n, f"新{n}", "无此") for n in range(10, 20))))
    assert len(told) == 4
    assert told[0].code == "ORG-59"


def test_a_fault_is_told_with_its_place():
    (one,) = faults(with_rows(unit(9, "新", "无此")))
    assert str(one.told).startswith("「单位」表第 9 行「上级单位编号」列：找不到编号「无此」。")
    assert str(replace(one, column=None).told).startswith("「单位」表第 9 行：")


def test_every_field_of_every_row_has_its_column():
    kinds = (UnitRow, PostRow, PersonRow, AppointmentRow, DutyRow)
    for sheet, row in zip(Sheet, kinds, strict=True):
        names = {field.name for field in fields(row)} - {"row", "unsaid"}
        assert {field.name for field in FIELDS[sheet]} == names
