"""What the organisation tells other rooms when it starts."""

from datetime import date

import pytest

from guiju.base.access import grants, places, posts
from guiju.base.org.actions import delegations, units
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.actions.tree import Reform
from guiju.base.org.reads import standing
from guiju.base.record import scopes
from guiju.base.record.actor import Actor
from guiju.base.record.reads import Filters, timeline
from guiju.core.access import NOWHERE, Grant, scope_of
from guiju.core.organisation.words import AppointmentKind
from guiju.core.terms import Permission, Role
from organised import ACT, TODAY, County, appoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(data_folder):
    made = County()
    appoint(made.people[0], made.head)
    appoint(made.people[1], made.deputy)
    appoint(made.people[2], made.chief)
    return made


def test_access_learns_where_units_lie_even_after_a_move(county):
    reference = county.office.reference
    assert places.paths([reference, "unit:none"]) == {reference: county.office.path}
    assert places.names([reference]) == {reference: "单位J1"}
    assert (county.town.reference, "单位Z") in places.offered()
    move = {"unit": reference, "parent": county.town.reference, "reform": Reform(TODAY)}
    units.move_unit(**move, **ACT)
    assert places.paths([reference])[reference].startswith(county.town.path)
    assert standing.path_of("unit:none") is None


def test_access_learns_in_what_post_somebody_acts(county):
    person = county.people[0].reference
    expected = Actor(person, county.head.reference, county.bureau.reference)
    assert posts.acting(person, TODAY) == expected


def test_a_delegate_sees_what_the_leader_sees_as_long_as_it_lasts(county):
    chief = county.people[2].reference
    assert not grants.standing(chief, TODAY).may(Permission.ROTATION_READ)
    mandate = Mandate(
        county.deputy.reference, county.people[1].reference, chief, TODAY, TODAY, "出差"
    )
    delegations.delegate(mandate=mandate, **ACT)
    found = grants.standing(chief, TODAY)
    assert found.grants == (Grant(Role.LEADER, county.bureau.path),)
    assert found.may(Permission.ROTATION_READ, county.office.path)
    assert not found.may(Permission.ROTATION_READ, county.town.path)
    assert grants.standing(chief, date(2026, 11, 26)).grants == ()
    stands = (county.people[1].reference, chief, county.deputy.reference)
    assert standing.stand_ins([chief], TODAY) == (stands,)
    assert standing.stand_ins([county.people[0].reference], TODAY) == ()


def test_the_record_learns_which_units_lie_in_a_scope(county):
    found = scopes.units_in(scope_of([county.bureau.path]))
    assert set(found) == {county.bureau.reference, county.office.reference}
    assert scopes.units_in(NOWHERE) == ()


def test_above_a_post_stands_the_nearest_head_who_is_somebody_else(
    county, django_assert_num_queries
):
    head, deputy, chief = (one.reference for one in county.people[:3])
    with django_assert_num_queries(2):
        assert standing.superior_of(chief, county.chief.reference, TODAY) == head
    assert standing.superior_of(deputy, county.deputy.reference, TODAY) == head
    assert standing.superior_of(head, county.head.reference, TODAY) == ""
    assert standing.superior_of(head, "post:none", TODAY) == ""
    appoint(county.people[3], county.head, kind=AppointmentKind.ACTING)
    assert standing.superior_of(chief, county.chief.reference, TODAY) == head


def test_people_posts_and_units_are_called_by_their_names(county, django_assert_num_queries):
    person = county.people[0].reference
    wanted = [person, county.head.reference, county.bureau.reference, "person:none", "system"]
    with django_assert_num_queries(1):
        found = standing.called(wanted)
    assert found == dict(zip(wanted, ("人员P1", "岗位J-01", "单位J"), strict=False))
    assert standing.called(["task:1", ""]) == {}


def test_the_record_tells_of_people_posts_and_units_by_their_names(county):
    told = timeline(Filters(object=county.bureau.reference)).rows[-1]
    assert "单位J" in str(told.sentence)
    assert str(told.shown["object"]) == "单位J"
    assert told.object == county.bureau.reference
    appointed = timeline(Filters(kind="org.appointment.made")).rows[0]
    assert "person:" not in str(appointed.sentence)
    assert "post:" not in str(appointed.sentence)
