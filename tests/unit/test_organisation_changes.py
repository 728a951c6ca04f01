from dataclasses import replace
from datetime import date

import pytest

from guiju.core.organisation.changes import FieldChange, changes, shown, title
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.rows import AppointmentRow, Organisation, PersonRow, PostRow, UnitRow
from guiju.core.organisation.words import ChangeKind, Function, Profile, UnitKind

OLD = Organisation(
    (UnitRow(code="县", name="某县", kind=UnitKind.REGION, profile=Profile.COUNTY),),
    (PostRow(code="岗", unit="县", name="会计", functions=(Function.FINANCE, Function.WORKS)),),
    (PersonRow(code="甲", name="张三"), PersonRow(code="乙", name="李四")),
    (AppointmentRow(person="甲", post="岗", start=date(2020, 1, 1)),),
)


def test_the_same_rows_again_change_nothing_wherever_they_stand():
    moved = Organisation(*(tuple(replace(r, row=9) for r in OLD.rows(sheet)) for sheet in Sheet))
    again = changes(OLD, moved)
    assert not again
    assert again.unchanged == {
        Sheet.UNITS: 1,
        Sheet.POSTS: 1,
        Sheet.PERSONS: 2,
        Sheet.APPOINTMENTS: 1,
        Sheet.DUTIES: 0,
    }


def test_new_rows_show_what_they_say():
    made = changes(OLD, Organisation(persons=(PersonRow(code="丙", name="王五", row=3),)))
    (change,) = made.rows
    assert (change.kind, change.row.code, change.before) == (ChangeKind.NEW, "丙", None)
    assert change.fields == (
        FieldChange(Column.PERSON_CODE, "", "丙"),
        FieldChange(Column.PERSON_NAME, "", "王五"),
    )
    assert made.untouched[Sheet.PERSONS] == 2
    assert made.count(Sheet.PERSONS, ChangeKind.NEW) == 1
    assert made.count(Sheet.UNITS, ChangeKind.NEW) == 0


def test_changed_rows_show_before_and_after():
    (change,) = changes(OLD, replace(OLD, persons=(PersonRow(code="甲", name="张四"),))).rows
    assert (change.kind, change.before) == (ChangeKind.CHANGED, OLD.persons[0])
    assert change.fields == (FieldChange(Column.PERSON_NAME, "张三", "张四"),)


def test_a_first_end_is_told_as_ended_and_a_corrected_one_as_changed():
    first = replace(OLD.appointments[0], end=date(2024, 1, 1))
    (change,) = changes(OLD, Organisation(appointments=(first,))).rows
    assert change.kind is ChangeKind.ENDED
    known = replace(OLD, appointments=(first,))
    other = replace(first, end=date(2024, 2, 1))
    (change,) = changes(known, Organisation(appointments=(other,))).rows
    assert change.kind is ChangeKind.CHANGED


def test_what_a_row_leaves_unsaid_stays():
    row = PostRow(code="岗", name="出纳", unsaid=frozenset(set(Column) - {Column.NAME}))
    (change,) = changes(OLD, Organisation(posts=(row,))).rows
    assert [field.column for field in change.fields] == [Column.NAME]
    assert change.row.functions == (Function.FINANCE, Function.WORKS)


def test_an_emptied_cell_empties():
    row = replace(OLD.posts[0], functions=())
    (change,) = changes(OLD, Organisation(posts=(row,))).rows
    assert change.fields[0].after == ()


def test_the_order_of_several_in_a_cell_says_nothing():
    row = replace(OLD.posts[0], functions=(Function.WORKS, Function.FINANCE))
    assert not changes(OLD, Organisation(posts=(row,)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (5, "5"),
        (date(2020, 1, 2), "2020-01-02"),
        (Profile.COUNTY, "县"),
        ((Function.FINANCE, Function.WORKS), "财务、工程"),
        (("a", "b"), "a、b"),
        ("甲", "甲"),
    ],
)
def test_values_are_shown_as_they_stand_in_a_cell(value, text):
    assert str(shown(value)) == text


def test_rows_have_titles():
    assert title(OLD.units[0]) == "县 某县"
    assert title(OLD.appointments[0]) == "甲 岗 2020-01-01"
