"""What the inbox learns from the organisation: who stands in, who is above, who is beside."""

from datetime import date, timedelta

import pytest

from guiju.base.inbox import reads
from guiju.base.inbox.models import Notice
from guiju.base.inbox.people import Absence, absences, colleagues_of, names_of, superior
from guiju.base.org.actions.delegations import Mandate, delegate, revoke_delegation
from guiju.base.record import vault
from guiju.core.organisation.words import AppointmentKind, LeaderLevel
from organised import ACT, BEGUN, TODAY, County, appoint, found_post
from recorded import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

WEEK = timedelta(days=7)


@pytest.fixture
def county():
    made = County()
    made.second = found_post("J-08", "J", level=LeaderLevel.DEPUTY)
    appoint(made.people[0], made.head)
    appoint(made.people[1], made.second)
    appoint(made.people[2], made.cashier)
    return made


def delegated(county):
    head, deputy = county.people[0].reference, county.people[1].reference
    mandate = Mandate(county.head.reference, head, deputy, TODAY, TODAY + WEEK, "出差")
    return delegate(mandate=mandate, **ACT)


def test_a_delegate_stands_in_for_that_post_as_long_as_the_delegation_runs(county):
    delegated(county)
    head, deputy = (one.reference for one in county.people[:2])
    expected = (Absence(head, deputy, frozenset({county.head.reference})),)
    assert absences([head], at=NOON) == expected
    assert absences([deputy], at=NOON) == expected
    assert absences([county.people[2].reference], at=NOON) == ()
    assert absences([head], at=NOON + WEEK + timedelta(days=1)) == ()


def test_what_was_taken_back_counts_no_more(county):
    made = delegated(county)
    revoke_delegation(delegation=made.reference, reason="提前回来", **ACT)
    assert absences([county.people[0].reference], at=NOON) == ()


def test_an_acting_holder_stands_in_for_the_holder_of_the_post(county):
    appoint(county.people[3], county.head, start=date(2026, 11, 1), kind=AppointmentKind.ACTING)
    head, acting = county.people[0].reference, county.people[3].reference
    expected = (Absence(head, acting, frozenset({county.head.reference})),)
    assert absences([head], at=NOON) == expected
    assert absences([acting], at=NOON) == expected


def test_who_presides_over_a_vacant_post_stands_in_for_nobody(county):
    appoint(county.people[3], county.mayor, kind=AppointmentKind.PRESIDING)
    assert absences([county.people[3].reference], at=NOON) == ()


def test_the_superior_is_the_head_of_the_unit_or_of_the_one_above(county):
    head, deputy, cashier = (one.reference for one in county.people[:3])
    assert superior(deputy, county.second.reference, at=NOON) == head
    assert superior(cashier, county.cashier.reference, at=NOON) == head
    assert superior(head, county.head.reference, at=NOON) == ""


def test_colleagues_hold_posts_in_the_same_unit_or_right_below(county):
    appoint(county.people[4], county.mayor)
    found = colleagues_of(county.people[0].reference, at=NOON)
    assert [one.name for one in found] == ["人员P2 · 岗位J-08", "人员P3 · 岗位J1-01"]
    assert found[1].path == county.office.path
    assert [one.name for one in colleagues_of(county.people[2].reference, at=NOON)] == []
    assert colleagues_of("person:nobody", at=NOON) == ()


def test_people_posts_and_units_are_called_by_their_names(county):
    wanted = [
        county.people[0].reference,
        county.head.reference,
        county.bureau.reference,
        "person:x",
    ]
    assert names_of(wanted, at=NOON) == {
        wanted[0]: "人员P1",
        wanted[1]: "岗位J-01",
        wanted[2]: "单位J",
        "person:x": "person:x",
    }


def test_who_stands_in_is_told_and_told_when_it_is_over(county, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = delegated(county)
    with django_capture_on_commit_callbacks(execute=True):
        revoke_delegation(delegation=made.reference, reason="提前回来", **ACT)
    notices = Notice.objects.filter(person=county.people[1].reference).order_by("number")
    assert [one.about for one in notices] == [made.reference] * 2
    told = [str(one.says) for one in reads.notices(county.people[1].reference, at=NOON).rows]
    assert told[0].startswith("人员P1的「岗位")
    assert "人员P1委托您代办「岗位" in told[1]
    assert str(TODAY + WEEK) in told[1]
    kept = vault.unlock(county.people[1].reference, "inbox_notice.box", bytes(notices[0].box))
    assert "人员P1" not in str(kept)
    assert not Notice.objects.filter(person=county.people[0].reference).exists()


def test_an_appointment_is_not_told(county, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        appoint(county.people[4], county.mayor, start=BEGUN)
    assert not Notice.objects.exists()
