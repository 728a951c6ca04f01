"""Taking in a whole table: all or nothing, once, and never over what changed meanwhile."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.base.org.actions import units
from guiju.base.org.actions.imports import apply_changes, misplaced
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Appointment, Person, Post, PostConflict, Unit, UnitVersion
from guiju.base.org.reads.tables import organisation
from guiju.base.org.reads.units import name_on
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE, scope_of
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.changes import changes
from guiju.core.organisation.columns import Column
from guiju.core.organisation.rows import (
    AppointmentRow,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    Profile,
    UnitKind,
)
from organised import ACT, BEGUN, TODAY, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

TABLE = Organisation(
    units=(
        UnitRow(code="J1", name="办公室", parent="J", kind=UnitKind.OFFICE, founded=BEGUN),
        UnitRow(code="X", name="某县", kind=UnitKind.REGION, profile=Profile.COUNTY),
        UnitRow(code="J", name="财政局", parent="X", kind=UnitKind.DEPARTMENT, founded=BEGUN),
    ),
    posts=(
        PostRow(
            code="A", unit="J", name="局长", level=LeaderLevel.HEAD, barred=(Function.FINANCE,)
        ),
        PostRow(code="B", unit="J1", name="会计", is_key=True, most_years=5, incompatible=("C",)),
        PostRow(code="C", unit="J1", name="出纳", is_key=True, founded=BEGUN),
    ),
    persons=(
        PersonRow(code="1", name="张三", id_number="11010519491231002X", phone="13800138000"),
        PersonRow(code="2", name="李四"),
        PersonRow(code="3", name="王五"),
    ),
    appointments=(
        AppointmentRow(person="1", post="A", start=date(2016, 1, 1), end=date(2020, 1, 1)),
        AppointmentRow(person="2", post="A", start=date(2020, 1, 1), document="组〔2020〕1号"),
        AppointmentRow(person="3", post="B", start=date(2018, 5, 1)),
    ),
)


def take_in(told, scope=EVERYWHERE, known=None):
    known = known or organisation(EVERYWHERE, is_open=True)
    apply_changes(changes=changes(known, told), scope=scope, source="sha256:1", **ACT)


def changed(told, sheet, place, **cells):
    rows = list(getattr(told, sheet))
    rows[place] = replace(rows[place], **cells)
    return replace(told, **{sheet: tuple(rows)})


def test_a_table_comes_in_whole_and_out_as_it_went_in():
    take_in(TABLE)
    assert Unit.objects.get(code="J1").path.count("/") == 3
    assert Person.objects.get(code="2").home.code == "J"
    assert Person.objects.get(code="1").home.code == "J"
    known = organisation(EVERYWHERE, is_open=True)
    assert not changes(known, TABLE)
    assert changes(TABLE, known).untouched == changes(known, TABLE).untouched
    assert organisation(EVERYWHERE, is_open=False).persons[0].id_number == ""


def test_there_is_one_event_for_the_import_and_one_for_each_object():
    take_in(TABLE)
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[0] == "org.table.imported"
    assert sorted(kinds[1:]) == sorted(
        ["org.unit.founded", "org.post.founded", "org.person.entered", "org.appointment.made"] * 3
    )
    assert "张三".encode() not in b"".join(bytes(one.entry) for one in Event.objects.all())


def test_taking_it_in_again_changes_nothing():
    take_in(TABLE)
    count = Event.objects.count()
    take_in(TABLE)
    assert Event.objects.count() == count + 1
    assert Appointment.objects.count() == 3


def test_what_differs_is_changed_and_what_ends_is_ended():
    take_in(TABLE)
    told = changed(TABLE, "units", 2, name="财政和国资局", area_code="320412")
    told = changed(told, "posts", 1, name="主办会计", incompatible=())
    told = changed(told, "posts", 2, abolished=date(2026, 1, 1))
    told = changed(told, "persons", 0, phone="13900139000", rank="调研员")
    told = changed(told, "appointments", 1, end=date(2026, 1, 1))
    count = Event.objects.count()
    take_in(told)
    assert not changes(organisation(EVERYWHERE, is_open=True), told)
    kinds = sorted(Event.objects.order_by("id")[count:].values_list("kind", flat=True))
    assert kinds == [
        "org.appointment.ended", "org.person.changed", "org.post.abolished", "org.post.changed",
        "org.table.imported", "org.unit.changed", "org.unit.renamed",
    ]  # fmt: skip
    bureau = Unit.objects.get(code="J")
    assert name_on(bureau.reference, date(2026, 11, 24)) == "财政局"
    assert name_on(bureau.reference, TODAY) == "财政和国资局"
    assert not PostConflict.objects.exists()


def test_two_units_that_change_places_make_no_circle():
    take_in(TABLE)
    told = changed(TABLE, "units", 0, parent="X")
    told = changed(told, "units", 2, parent="J1")
    take_in(told)
    bureau, office = Unit.objects.get(code="J"), Unit.objects.get(code="J1")
    assert bureau.path == f"{office.path}{bureau.number}/"
    assert not changes(organisation(EVERYWHERE, is_open=True), told)


def test_a_unit_that_is_no_more_is_corrected_without_a_new_version():
    old = UnitRow(
        code="O", name="旧局", parent="X", kind=UnitKind.DEPARTMENT, abolished=date(2019, 1, 1)
    )
    told = replace(TABLE, units=(*TABLE.units, old))
    take_in(told)
    told = changed(told, "units", 3, name="旧旧局", abolished=date(2018, 1, 1))
    take_in(told)
    version = UnitVersion.objects.get(unit__code="O")
    assert (version.name, version.to_date) == ("旧旧局", date(2018, 1, 1))


@pytest.mark.parametrize(
    "extra",
    [
        {"appointments": (AppointmentRow(person="3", post="A", start=date(2019, 1, 1)),)},
        {"appointments": (AppointmentRow(person="9", post="A", start=date(2024, 1, 1)),)},
        {"units": (UnitRow(code="Y", name="又一县", kind=UnitKind.REGION),)},
        {
            "appointments": (
                AppointmentRow(
                    person="3", post="C", start=date(2019, 1, 1), kind=AppointmentKind.ACTING
                ),
            )
        },
    ],
)
def test_rows_that_do_not_fit_what_is_on_record_bring_nothing_in(extra):
    take_in(TABLE)
    count = Event.objects.count()
    assert refusal(Invalid, take_in, Organisation(**extra)) == "ORG-81"
    assert Event.objects.count() == count
    assert Appointment.objects.count() == 3


def test_a_post_stays_in_its_unit():
    take_in(TABLE)
    told = changed(TABLE, "posts", 2, unit="J")
    faults = misplaced(changes(organisation(EVERYWHERE, is_open=True), told), TODAY)
    assert [(fault.code, fault.column) for fault in faults] == [("ORG-83", Column.UNIT)]
    assert refusal(Invalid, take_in, told) == "ORG-81"
    assert Post.objects.get(code="C").unit.code == "J1"


def test_what_was_changed_after_the_preview_is_not_overwritten():
    take_in(TABLE)
    known = organisation(EVERYWHERE, is_open=True)
    bureau = Unit.objects.get(code="J").reference
    units.rename_unit(unit=bureau, name="财税局", short_name="", reform=Reform(TODAY), **ACT)
    told = changed(TABLE, "units", 2, name="财政和国资局")
    assert refusal(Conflict, take_in, told, known=known) == "ORG-82"
    assert Unit.objects.get(code="J").name == "财税局"
    assert refusal(Conflict, take_in, TABLE, known=Organisation()) == "ORG-82"


def test_nothing_outside_of_the_scope_is_touched():
    take_in(TABLE)
    office = scope_of([Unit.objects.get(code="J1").path])
    told = changed(TABLE, "posts", 2, name="出纳员")
    take_in(told, scope=office)
    told = changed(told, "posts", 0, name="主任")
    assert refusal(Denied, take_in, told, scope=office) == "ORG-84"
    top = Organisation(units=(UnitRow(code="Y", name="乙", kind=UnitKind.REGION,
                                      profile=Profile.COUNTY),))  # fmt: skip
    assert refusal(Denied, take_in, top, scope=office) == "ORG-84"
    assert not Unit.objects.filter(code="Y").exists()
    shown = organisation(office, is_open=True)
    assert [one.code for one in shown.units] == ["J1"]
    assert [one.code for one in shown.persons] == ["3"]


def test_an_identity_number_of_somebody_else_is_refused():
    """The sealed numbers on record are not opened for it: their tags tell."""
    take_in(TABLE)
    twin = PersonRow(code="9", name="同号", id_number="11010519491231002X")
    known = organisation(EVERYWHERE, is_open=False)
    told = Organisation(persons=(twin,))
    assert refusal(Conflict, take_in, told, known=known) == "ORG-02"
    assert not Person.objects.filter(code="9").exists()
