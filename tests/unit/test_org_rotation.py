"""Rotation and concentration: who has held a post for long, and who holds much."""

from datetime import date, timedelta

import pytest

from guiju.base.org.models import Appointment
from guiju.base.org.reads.rotation import concentration, rotation_due
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.organisation.words import Function
from guiju.core.organisation.words_bodies import RotationState
from organised import BEGUN, TODAY, County, appoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(data_folder):
    return County()


def states(on=TODAY, scope=EVERYWHERE, **words):
    rows = rotation_due(scope, on=on, **words)
    return [(row.post_name, row.since, row.due, row.state) for row in rows]


def test_s0_09_who_stays_too_long_is_named_before_and_after(county, django_assert_num_queries):
    appoint(county.people[0], county.head, start=date(2022, 3, 1))
    appoint(county.people[1], county.cashier, start=date(2020, 1, 1))
    with django_assert_num_queries(3):
        found = states()
    assert found == [
        ("岗位J1-01", date(2020, 1, 1), date(2023, 1, 1), RotationState.OVERDUE),
        ("岗位J-01", date(2022, 3, 1), date(2027, 3, 1), RotationState.SOON),
    ]
    assert len(states(remind=30)) == 1
    assert states(scope=scope_of([county.town.path])) == states(scope=NOWHERE) == []


def test_s0_09_the_last_day_is_in_time_and_the_next_is_not(county):
    appoint(county.people[1], county.cashier, start=date(2020, 2, 29))
    due = date(2023, 2, 28)
    assert states(on=due - timedelta(days=181)) == []
    assert states(on=due - timedelta(days=180))[0][3] is RotationState.SOON
    assert states(on=due)[0][3] is RotationState.SOON
    assert states(on=due + timedelta(days=1))[0][3] is RotationState.OVERDUE


def test_a_renewal_ends_no_tenure_but_a_break_does(county):
    person, post = county.people[1], county.cashier
    appoint(person, post, start=date(2019, 1, 1), end=date(2021, 1, 1))
    appoint(person, post, start=date(2021, 1, 1), end=date(2023, 1, 1))
    appoint(person, post, start=date(2023, 1, 2))
    assert states(on=date(2022, 6, 1))[0][1] == date(2019, 1, 1)
    assert states(on=date(2023, 6, 1)) == []
    assert states(on=date(2026, 1, 3))[0][1:] == (
        date(2023, 1, 2), date(2026, 1, 2), RotationState.OVERDUE,
    )  # fmt: skip


def test_a_post_without_a_limit_is_nobodys_tenure(county):
    appoint(county.people[1], county.chief)
    assert states() == []
    assert Appointment.objects.count() == 1


def test_who_holds_several_posts_or_functions_is_named(county, django_assert_num_queries):
    person = county.people[0]
    appoint(person, county.cashier)
    appoint(person, county.chief)
    appoint(person, county.mayor, end=date(2020, 1, 1))
    appoint(county.people[1], county.deputy)
    with django_assert_num_queries(2):
        found = concentration(EVERYWHERE, on=TODAY)
    assert [(one.person, len(one.posts), one.key_posts) for one in found] == [
        (person.reference, 2, 1)
    ]
    wide = concentration(EVERYWHERE, on=TODAY, functions=2)
    assert wide[1].functions == (Function.FINANCE, Function.PROCUREMENT)
    assert len(concentration(EVERYWHERE, on=BEGUN, posts=3)[0].posts) == 3
    assert concentration(NOWHERE, on=TODAY) == ()
