"""Reorganisation: merging, splitting and dissolving keep who was where, and when."""

from datetime import date

import pytest

from guiju.base.org.actions import bodies, members, reforms
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.members import Seating
from guiju.base.org.actions.reforms import Parts
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import BodyMember, Person, Unit
from guiju.base.org.reads import units as reads
from guiju.base.org.reads.holders import holders
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words import UnitKind
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SuccessionKind
from organised import ACT, BEGUN, TODAY, County, appoint, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

DAY = date(2019, 3, 1)
REFORM = Reform(DAY, "厅字〔2019〕9号")


@pytest.fixture
def county(data_folder):
    made = County()
    made.law = found_unit("F", "X", name="法制办")
    appoint(made.people[0], made.head)
    return made


def new(code, **changes):
    return UnitRow(**({"code": code, "name": f"新{code}", "kind": UnitKind.DEPARTMENT} | changes))


def test_k13_two_units_become_one_and_nothing_is_forgotten(county):
    made = reforms.merge_units(
        units=[county.bureau.reference, county.law.reference], into=new("S"), reform=REFORM, **ACT
    )
    page = reads.unit_page(made.reference, EVERYWHERE, on=TODAY)
    assert page.unit.founded == DAY
    assert {one.name for one in page.before} == {"单位J", "法制办"}
    assert {one.kind for one in page.before} == {SuccessionKind.MERGED}
    assert [one.code for one in page.below] == ["J1"]
    assert set(Person.objects.values_list("home", flat=True)) == {made.number}
    old = reads.unit_page(county.bureau.reference, EVERYWHERE, on=DAY)
    assert (old.unit.abolished, [one.reference for one in old.after]) == (DAY, [made.reference])
    assert len(holders(county.head.reference, date(2019, 2, 28))) == 1
    assert holders(county.head.reference, DAY) == ()
    assert reads.name_on(county.law.reference, date(2019, 2, 28)) == "法制办"
    assert reads.name_on(county.law.reference, DAY) is None


def test_every_object_that_changes_has_its_event(county):
    before = Event.objects.count()
    reforms.merge_units(units=[county.bureau.reference], into=new("S"), reform=REFORM, **ACT)
    kinds = list(Event.objects.order_by("id")[before:].values_list("kind", flat=True))
    assert kinds == [
        "org.units.merged", "org.unit.founded", "org.unit.moved", *["org.person.changed"] * 6,
        "org.unit.abolished", "org.appointment.ended", *["org.post.abolished"] * 2,
    ]  # fmt: skip
    assert len(set(Event.objects.order_by("id")[before:].values_list("request", flat=True))) == 1


def test_a_unit_is_taken_up_by_one_that_goes_on(county):
    merged = reforms.merge_units(
        units=[county.law.reference], into=county.bureau.reference, reform=REFORM, **ACT
    )
    assert merged.reference == county.bureau.reference
    county.bureau.refresh_from_db()
    assert county.bureau.abolished_date is None


def test_bodies_and_memberships_go_over(county):
    facts = BodyFacts("大监督领导小组", BodyKind.LEADING_GROUP, county.bureau.reference)
    body = bodies.found_body(facts=facts, **ACT)
    seat = Seating(MemberRole.MEMBER_UNIT, unit=county.bureau.reference)
    members.add_member(body=body.reference, seating=seat, start=BEGUN, end=None, **ACT)
    made = reforms.merge_units(units=[county.bureau.reference], into=new("S"), reform=REFORM, **ACT)
    body.refresh_from_db()
    assert body.host == made
    rows = BodyMember.objects.order_by("number").values_list("unit__code", "end_date")
    assert list(rows) == [("J", DAY), ("S", None)]


@pytest.mark.parametrize(
    ("units", "into", "kind", "code"),
    [
        ([], "law", Invalid, "ORG-69"),
        (["law", "law"], "bureau", Invalid, "ORG-69"),
        (["bureau"], "office", Denied, "ORG-05"),
        (["bureau"], "bureau", Denied, "ORG-05"),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(county, units, into, kind, code):
    words = {
        "units": [getattr(county, name).reference for name in units],
        "into": getattr(county, into).reference,
    }
    assert refusal(kind, reforms.merge_units, reform=REFORM, **words, **ACT) == code
    assert not Unit.objects.exclude(abolished_date=None).exists()


def test_nothing_is_merged_twice_or_ahead_of_its_day(county):
    words = {"units": [county.law.reference], "into": county.bureau.reference}
    ahead = Reform(date(2027, 1, 1))
    assert refusal(Invalid, reforms.merge_units, reform=ahead, **words, **ACT) == "ORG-04"
    reforms.merge_units(reform=REFORM, **words, **ACT)
    assert refusal(Denied, reforms.merge_units, reform=REFORM, **words, **ACT) == "ORG-06"


def test_an_appointment_that_would_only_begin_holds_the_reform_up(county):
    appoint(county.people[1], county.deputy, start=date(2020, 1, 1))
    words = {"units": [county.bureau.reference], "into": county.law.reference}
    count = Event.objects.count()
    assert refusal(Invalid, reforms.merge_units, reform=REFORM, **words, **ACT) == "ORG-68"
    assert Event.objects.count() == count


def test_a_unit_is_split_and_everybody_goes_where_he_was_told(county):
    share = {county.office.reference: 1, county.people[5].reference: 1}
    one, two = reforms.split_unit(
        unit=county.bureau.reference,
        parts=Parts([new("A"), new("B")], share),
        reform=REFORM,
        **ACT,
    )
    county.office.refresh_from_db()
    assert county.office.parent == two
    assert (one.people.count(), two.people.count()) == (5, 1)
    assert one.path.startswith(county.county.path)
    page = reads.unit_page(county.bureau.reference, EVERYWHERE, on=TODAY)
    assert {entry.kind for entry in page.after} == {SuccessionKind.SPLIT}


@pytest.mark.parametrize(
    "parts", [Parts([new("A")]), Parts([new("A"), new("B")], {"person:1": 2}), Parts([])]
)
def test_a_split_into_less_than_two_is_refused(county, parts):
    words = {"unit": county.bureau.reference, "parts": parts, "reform": REFORM}
    assert refusal(Invalid, reforms.split_unit, **words, **ACT) == "ORG-69"


def test_only_an_empty_unit_is_dissolved(county):
    dissolve = {"reform": REFORM, **ACT}
    assert refusal(Denied, reforms.dissolve_unit, unit=county.bureau.reference, **dissolve) == (
        "ORG-07"
    )
    reforms.dissolve_unit(unit=county.law.reference, **dissolve)
    county.law.refresh_from_db()
    assert county.law.abolished_date == DAY
    assert "F" not in {one.code for one in reads.tree(EVERYWHERE, on=DAY)}
    assert "F" in {one.code for one in reads.tree(EVERYWHERE, on=date(2019, 2, 28))}
    assert refusal(Denied, reforms.dissolve_unit, unit=county.law.reference, **dissolve) == (
        "ORG-06"
    )
