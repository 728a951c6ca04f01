"""Units: founding, correcting, renaming and moving; the tree keeps its history."""

from datetime import date

import pytest

from guiju.base.org.actions import units
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Unit, UnitVersion
from guiju.base.org.reads import units as reads
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words import Profile, UnitKind
from organised import ACT, BEGUN, TODAY, County, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SPRING = Reform(date(2020, 3, 1), "编〔2020〕1号")


def row_of(unit, **changes):
    facts = {
        "code": unit.code,
        "name": unit.name,
        "kind": UnitKind.of(unit.kind),
        "profile": Profile.of(unit.profile) if unit.profile else None,
        "founded": unit.founded_date,
    }
    return UnitRow(**(facts | changes))


def test_s3_02_four_levels_from_county_to_village():
    found_unit("X", kind=UnitKind.REGION)
    found_unit("Z", "X", kind=UnitKind.TOWNSHIP)
    found_unit("C", "Z", kind=UnitKind.VILLAGE)
    group = found_unit("C1", "C", kind=UnitKind.OFFICE)
    numbers = [Unit.objects.get(code=code).number for code in ("X", "Z", "C", "C1")]
    assert group.path == "".join(f"{number}/" for number in numbers)
    shown = reads.tree(EVERYWHERE, on=TODAY)
    assert [(one.code, one.level) for one in shown] == [("X", 1), ("Z", 2), ("C", 3), ("C1", 4)]


def test_a_unit_leaves_an_event_and_its_first_version():
    unit = found_unit("X", name="某县")
    event = Event.objects.get()
    assert (event.kind, event.object) == ("org.unit.founded", unit.reference)
    version = UnitVersion.objects.get()
    assert (version.name, version.from_date, version.to_date) == ("某县", BEGUN, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "ORG-30"),
        ({"code": "有 空格"}, "ORG-31"),
        ({"parent": "没有"}, "ORG-33"),
        ({"parent": "", "profile": None}, "ORG-36"),
        ({"credit_code": "123"}, "ORG-37"),
        ({"area_code": "99"}, "ORG-39"),
        ({"abolished": BEGUN}, "ORG-43"),
    ],
)
def test_a_row_that_a_table_could_not_bring_in_is_refused_here_too(changes, code):
    found_unit("X")
    facts = {"code": "N", "name": "新", "kind": UnitKind.DEPARTMENT, "parent": "X"}
    row = UnitRow(**(facts | {"founded": BEGUN} | changes))
    assert refusal(Invalid, units.found_unit, row=row, **ACT) == code
    assert Unit.objects.count() == Event.objects.count() == 1


def test_a_code_is_given_once():
    found_unit("X")
    assert refusal(Conflict, found_unit, "X") == "ORG-02"


def test_no_unit_stands_deeper_than_twelve_levels():
    above = ""
    for level in range(12):
        above = found_unit(f"U{level}", above).code
    assert refusal(Invalid, found_unit, "U12", above) == "ORG-35"


def test_what_is_registered_can_be_corrected_and_the_event_says_what():
    unit = found_unit("X")
    row = row_of(unit, area_code="320412", name="不看", founded=date(2014, 1, 1))
    units.change_unit(unit=unit.reference, row=row, is_key=True, **ACT)
    unit.refresh_from_db()
    assert (unit.area_code, unit.name, unit.is_key) == ("320412", "单位X", True)
    assert UnitVersion.objects.get().from_date == date(2014, 1, 1)
    again = {"unit": unit.reference, "row": row, "is_key": True}
    assert refusal(Invalid, units.change_unit, **again, **ACT) == "ORG-66"


def test_a_new_name_counts_from_its_day_and_the_old_one_is_kept():
    unit = found_unit("J", name="环保局")
    words = {"unit": unit.reference, "short_name": "", "reform": SPRING}
    units.rename_unit(name="生态环境局", **words, **ACT)
    assert reads.name_on(unit.reference, date(2020, 2, 29)) == "环保局"
    assert reads.name_on(unit.reference, SPRING.on) == "生态环境局"
    assert reads.name_on(unit.reference, date(2014, 12, 31)) is None
    assert refusal(Invalid, units.rename_unit, name="生态环境局", **words, **ACT) == "ORG-66"


def test_two_new_names_on_one_day_are_one_change():
    unit = found_unit("J")
    for name in ("甲", "乙"):
        units.rename_unit(unit=unit.reference, name=name, short_name="", reform=SPRING, **ACT)
    assert list(UnitVersion.objects.order_by("number").values_list("name", flat=True)) == [
        "单位J", "乙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "kind", "code"),
    [
        (date(2026, 11, 26), Invalid, "ORG-04"),
        (date(2014, 12, 31), Denied, "ORG-06"),
        (date(2020, 2, 29), Invalid, "ORG-67"),
    ],
)
def test_a_change_comes_neither_before_its_day_nor_before_the_last_one(on, kind, code):
    unit = found_unit("J")
    words = {"unit": unit.reference, "short_name": ""}
    units.rename_unit(name="甲", reform=SPRING, **words, **ACT)
    assert refusal(kind, units.rename_unit, name="乙", reform=Reform(on), **words, **ACT) == code


def test_a_unit_moves_with_all_below_it():
    county = County()
    units.move_unit(
        unit=county.bureau.reference, parent=county.town.reference, reform=SPRING, **ACT
    )
    county.office.refresh_from_db()
    assert county.office.path.startswith(county.town.path)
    versions = UnitVersion.objects.filter(unit=county.bureau).order_by("number")
    assert [one.parent for one in versions] == [county.county, county.town]


def test_a_unit_moves_neither_below_itself_nor_nowhere():
    county = County()
    move = {"unit": county.bureau.reference, "reform": SPRING}
    below = {"parent": county.office.reference}
    assert refusal(Denied, units.move_unit, **below, **move, **ACT) == "ORG-05"
    same = {"parent": county.county.reference}
    assert refusal(Invalid, units.move_unit, **same, **move, **ACT) == "ORG-66"
    assert refusal(Invalid, units.move_unit, parent="", **move, **ACT) == "ORG-36"
    assert refusal(Invalid, units.move_unit, parent="unit:none", **move, **ACT) == "ORG-01"


def test_a_move_that_would_be_too_deep_is_refused():
    above = ""
    for level in range(11):
        above = found_unit(f"U{level}", above).code
    moved = found_unit("V0", "U0")
    found_unit("V1", "V0")
    parent = Unit.objects.get(code="U10").reference
    move = {"unit": moved.reference, "parent": parent, "reform": SPRING}
    assert refusal(Invalid, units.move_unit, **move, **ACT) == "ORG-35"


def test_the_page_of_a_unit_shows_all_in_ten_queries(django_assert_max_num_queries):
    county = County()
    with django_assert_max_num_queries(10):
        page = reads.unit_page(county.bureau.reference, EVERYWHERE, on=TODAY)
    assert page.profile is Profile.COUNTY
    assert [one.code for one in page.line] == ["X"]
    assert [one.code for one in page.below] == ["J1"]
    assert [one.code for one in page.posts] == ["J-01", "J-02"]
    assert page.unit.people == -1


def test_what_lies_outside_of_the_scope_is_not_there(django_assert_num_queries):
    county = County()
    town = scope_of([county.town.path])
    with django_assert_num_queries(1):
        assert [one.code for one in reads.tree(town, on=TODAY)] == ["Z"]
    assert reads.unit_page(county.bureau.reference, town, on=TODAY) is None
    assert reads.tree(NOWHERE, on=TODAY) == ()
    assert reads.tree(EVERYWHERE, on=date(2014, 1, 1)) == ()


def test_a_tree_can_be_seen_level_by_level():
    county = County()
    codes = [one.code for one in reads.tree(EVERYWHERE, on=TODAY, levels=2)]
    assert codes == ["X", "J", "Z"]
    below = reads.tree(EVERYWHERE, on=TODAY, under=county.bureau.path, levels=2)
    assert [one.code for one in below] == ["J", "J1"]


def test_units_are_found_by_name_or_code():
    found_unit("X", name="某县")
    found_unit("J", "X", name="某县财政局", short_name="财局")
    for text in ("财政", "财局", "J"):
        assert [one.code for one in reads.units(EVERYWHERE, on=TODAY, search=text).rows] == ["J"]
    assert reads.units(EVERYWHERE, on=TODAY, search="没有").rows == ()
