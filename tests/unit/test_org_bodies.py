"""Leading groups, joint conferences, supervisors of the eight channels, liaisons."""

from datetime import date

import pytest

from guiju.base.org.actions import bodies, members, people
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.members import Seating
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Body, BodyMember
from guiju.base.org.reads import bodies as reads
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SupervisionChannel
from organised import ACT, BEGUN, TODAY, County, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LATER = date(2020, 1, 1)


@pytest.fixture
def county(data_folder):
    return County()


def found(county, name="领导小组", kind=BodyKind.LEADING_GROUP, **changes):
    facts = BodyFacts(name, kind, county.county.reference, founded=BEGUN, **changes)
    return bodies.found_body(facts=facts, **ACT)


def add(body, role, start=BEGUN, end=None, **who):
    seat = Seating(role, **{name: row.reference for name, row in who.items()})
    return members.add_member(body=body.reference, seating=seat, start=start, end=end, **ACT)


def test_s0_37_s2_75_s4_12_a_leading_group_with_its_office_and_members(county):
    body = found(county, office=county.bureau.reference)
    chair, head = county.people[:2]
    add(body, MemberRole.OFFICE_HEAD, person=head)
    add(body, MemberRole.CHAIR, person=chair, post=county.head)
    page = reads.body_page(body.reference, EVERYWHERE, on=TODAY)
    assert page.body.office_name == "单位J"
    assert [(one.role, one.person_name) for one in page.members] == [
        (MemberRole.CHAIR, "人员P1"),
        (MemberRole.OFFICE_HEAD, "人员P2"),
    ]
    assert page.members[0].post_name == "岗位J-01"


def test_s2_87_a_conference_of_twenty_seven_units(county):
    body = found(county, "联席会议", BodyKind.JOINT_CONFERENCE)
    for number in range(27):
        add(body, MemberRole.MEMBER_UNIT, unit=found_unit(f"M{number:02}", "X"))
    page = reads.body_page(body.reference, EVERYWHERE, on=TODAY)
    assert len(page.members) == len(page.unlinked) == 27


def test_s2_78_a_member_unit_without_a_liaison_is_named(county, django_assert_num_queries):
    body = found(county, "联席会议", BodyKind.JOINT_CONFERENCE)
    for unit in (county.bureau, county.town):
        add(body, MemberRole.MEMBER_UNIT, unit=unit)
    person = county.people[0]
    add(body, MemberRole.LIAISON, person=person, unit=county.bureau)
    with django_assert_num_queries(1):
        vacant, count = reads.some_vacant_liaisons(EVERYWHERE, on=TODAY, most=9)
    assert [one.unit_name for one in vacant] == ["单位Z"]
    assert count == 1
    people.person_left(person=person.reference, on=LATER, **ACT)
    assert len(reads.some_vacant_liaisons(EVERYWHERE, on=LATER, most=9)[0]) == 2
    assert reads.some_vacant_liaisons(NOWHERE, on=TODAY, most=9) == ((), 0)


def test_s2_01_s2_58_supervisors_by_channel_with_their_superior_line(
    county, django_assert_num_queries
):
    channel = {"kind": BodyKind.SUPERVISOR, "channel": SupervisionChannel.PEER}
    upper = found(county, "县纪委", **channel)
    middle = found(county, "派驻纪检组", superior=upper.reference, **channel)
    lower = found(county, "乡镇纪委", superior=middle.reference, **channel)
    with django_assert_num_queries(1):
        by_channel = reads.supervisors_named(EVERYWHERE, on=TODAY, most=9)
    assert list(by_channel) == list(SupervisionChannel)
    assert len(by_channel) == 8
    assert {name for _, name in by_channel[SupervisionChannel.PEER]} == {
        "县纪委", "派驻纪检组", "乡镇纪委",
    }  # fmt: skip
    page = reads.body_page(lower.reference, EVERYWHERE, on=TODAY)
    assert [one.name for one in page.line] == ["派驻纪检组", "县纪委"]
    above = reads.body_page(upper.reference, EVERYWHERE, on=TODAY)
    assert [one.name for one in above.led] == ["派驻纪检组"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": BodyKind.SUPERVISOR}, "ORG-75"),
        ({"channel": SupervisionChannel.PARTY}, "ORG-75"),
        ({"name": ""}, "ORG-03"),
        ({"office": "unit:none"}, "ORG-01"),
    ],
)
def test_a_body_out_of_order_is_refused(county, changes, code):
    assert refusal(Invalid, found, county, **changes) == code
    assert not Body.objects.exists()


def test_a_name_is_given_once_while_the_body_lives(county):
    body = found(county)
    assert refusal(Conflict, found, county) == "ORG-02"
    first = {"body": body.reference, "reform": Reform(BEGUN)}
    assert refusal(Invalid, bodies.dissolve_body, **first, **ACT) == "ORG-04"
    bodies.dissolve_body(body=body.reference, reform=Reform(LATER), **ACT)
    found(county)
    assert [one.name for one in reads.bodies(EVERYWHERE, on=TODAY)] == ["领导小组"]
    assert len(reads.bodies(EVERYWHERE, on=date(2019, 1, 1))) == 2
    assert reads.bodies(scope_of([county.town.path]), on=TODAY) == ()


def test_no_body_leads_itself(county):
    upper = found(county, "甲")
    lower = found(county, "乙", superior=upper.reference)
    facts = BodyFacts(
        "甲", BodyKind.LEADING_GROUP, county.county.reference, superior=lower.reference
    )
    change = {"body": upper.reference, "facts": facts}
    assert refusal(Denied, bodies.change_body, **change, **ACT) == "ORG-76"
    kept = bodies.facts_of(lower)
    change = {"body": lower.reference, "facts": kept}
    assert refusal(Invalid, bodies.change_body, **change, **ACT) == "ORG-66"
    free = BodyFacts("丙", BodyKind.LEADING_GROUP, county.county.reference)
    bodies.change_body(body=lower.reference, facts=free, **ACT)
    lower.refresh_from_db()
    assert (lower.name, lower.superior) == ("丙", None)


def test_who_leads_others_is_not_dissolved_and_members_leave_with_their_body(county):
    upper = found(county, "甲")
    lower = found(county, "乙", superior=upper.reference)
    add(lower, MemberRole.MEMBER, person=county.people[0])
    dissolve = {"reform": Reform(LATER), **ACT}
    assert refusal(Denied, bodies.dissolve_body, body=upper.reference, **dissolve) == "ORG-77"
    bodies.dissolve_body(body=lower.reference, **dissolve)
    assert BodyMember.objects.get().end_date == LATER
    bodies.dissolve_body(body=upper.reference, **dissolve)
    assert refusal(Denied, bodies.dissolve_body, body=upper.reference, **dissolve) == "ORG-06"


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (MemberRole.MEMBER_UNIT, ["person"]),
        (MemberRole.MEMBER_UNIT, ["person", "unit"]),
        (MemberRole.CHAIR, ["unit"]),
        (MemberRole.LIAISON, ["person"]),
        (MemberRole.MEMBER, []),
    ],
)
def test_a_role_that_does_not_fit_is_refused(county, role, who):
    body = found(county)
    rows = {"person": county.people[0], "unit": county.bureau}
    assert refusal(Invalid, add, body, role, **{name: rows[name] for name in who}) == "ORG-78"


def test_nobody_is_a_member_twice_at_once_and_a_unit_has_one_liaison(county):
    body = found(county)
    one, two = county.people[:2]
    member = add(body, MemberRole.LIAISON, person=one, unit=county.bureau)
    again = {"person": one, "unit": county.bureau}
    assert refusal(Denied, add, body, MemberRole.LIAISON, **again) == "ORG-79"
    other = {"person": two, "unit": county.bureau}
    assert refusal(Denied, add, body, MemberRole.LIAISON, **other) == "ORG-80"
    end = {"member": member.reference, **ACT}
    assert refusal(Invalid, members.end_member, on=BEGUN, **end) == "ORG-04"
    members.end_member(on=LATER, **end)
    assert refusal(Invalid, members.end_member, on=LATER, **end) == "ORG-71"
    add(body, MemberRole.LIAISON, start=LATER, **other)
    assert refusal(Invalid, add, body, MemberRole.MEMBER, end=BEGUN, person=one) == "ORG-04"
