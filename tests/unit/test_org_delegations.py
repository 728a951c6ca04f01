"""Delegations: who may stand in, for how long; who held a post on a day, and who stood in."""

from datetime import UTC, date, datetime

import pytest

from guiju.base.org.actions import appointments, delegations
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.models import Delegation
from guiju.base.org.reads.holders import history, holders, holders_of
from guiju.base.org.reads.standing import grants_from_delegations
from guiju.core.access import Grant
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.terms import Role
from organised import ACT, BEGUN, KEEPER, County, appoint, found_post, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture
def county(data_folder):
    """A head until the spring, a deputy, a chief and a clerk; the deputy's finance is barred."""
    made = County()
    made.leader, made.second, made.third, made.clerk, _, made.sixth = made.people
    appoint(made.leader, made.head, end=date(2027, 3, 1))
    appoint(made.second, made.deputy)
    appoint(made.third, made.chief)
    appoint(made.clerk, made.cashier)
    return made


def wish(post, principal, delegate, first=FIRST, last=LAST, **changes):
    return Mandate(
        post.reference,
        principal.reference,
        delegate.reference,
        first,
        last,
        changes.pop("reason", "外出学习"),
        **changes,
    )


def give(*args, **words):
    return delegations.delegate(mandate=wish(*args, **words), **ACT)


def test_a_chief_is_stood_in_for_and_the_leader_sees_it(county):
    row = give(county.deputy, county.second, county.third)
    shown = holders(county.deputy.reference, FIRST)
    assert [(one.person, one.how) for one in shown] == [
        (county.second.reference, StandIn.HOLDER),
        (county.third.reference, StandIn.DELEGATE),
    ]
    assert (shown[1].source, shown[1].principal) == (row.reference, county.second.reference)
    assert shown[1].end == date(2027, 1, 1)
    assert len(holders(county.deputy.reference, LAST)) == 2
    assert len(holders(county.deputy.reference, date(2027, 1, 1))) == 1


def test_only_some_functions_may_be_delegated(county):
    give(county.deputy, county.second, county.third, functions=(Function.PROCUREMENT,))
    assert holders(county.deputy.reference, FIRST)[1].functions == (Function.PROCUREMENT,)


@pytest.mark.parametrize(
    ("post", "principal", "delegate", "changes", "code"),
    [
        ("deputy", "second", "second", {}, "ORG-60"),
        ("head", "leader", "third", {"last": date(2027, 3, 1)}, "ORG-61"),
        ("deputy", "third", "second", {}, "ORG-61"),
        ("head", "leader", "third", {}, "ORG-62"),
        ("deputy", "second", "clerk", {}, "ORG-62"),
        ("deputy", "second", "third", {"functions": (Function.WORKS,)}, "ORG-63"),
        ("chief", "third", "third", {}, "ORG-60"),
        ("deputy", "second", "leader", {}, "ORG-16"),
        ("book_keeper", "fifth", "clerk", {}, "ORG-15"),
    ],
)
def test_a_delegation_that_may_not_be_is_refused(county, post, principal, delegate, changes, code):
    county.fifth = county.people[4]
    appoint(county.fifth, county.book_keeper)
    people = getattr(county, principal), getattr(county, delegate)
    assert refusal(Denied, give, getattr(county, post), *people, **changes) == code
    assert not Delegation.objects.exists()


def test_what_is_delegated_is_not_delegated_further(county):
    give(county.deputy, county.second, county.third)
    assert refusal(Denied, give, county.deputy, county.third, county.leader) == "ORG-64"


def test_nobody_stands_in_for_a_post_that_is_his_own(county):
    appoint(county.third, county.deputy, kind=AppointmentKind.ACTING)
    assert refusal(Denied, give, county.deputy, county.second, county.third) == "ORG-65"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": date(2026, 11, 30)}, "ORG-04"),
        ({"first": date(2026, 1, 1), "last": date(2026, 11, 24)}, "ORG-04"),
        ({"reason": " "}, "ORG-03"),
    ],
)
def test_days_and_reason_must_be_in_order(county, changes, code):
    people = county.second, county.third
    assert refusal(Invalid, give, county.deputy, *people, **changes) == code


def test_separation_holds_against_other_delegations_too(county):
    """Who stands in for one of two incompatible posts may not stand in for the other."""
    fifth, sixth = county.people[4:]
    appoint(fifth, county.book_keeper)
    give(county.cashier, county.clerk, county.third)
    assert refusal(Denied, give, county.book_keeper, fifth, county.third) == "ORG-15"
    later = {"first": date(2027, 1, 1), "last": date(2027, 1, 31)}
    give(county.book_keeper, fifth, county.third, **later)
    assert refusal(Denied, appoint, sixth, county.cashier) == "ORG-13"


def test_a_delegation_taken_back_is_over_that_day(county):
    row = give(county.deputy, county.second, county.third, first=date(2026, 11, 20))
    assert len(holders(county.deputy.reference, date(2026, 11, 24))) == 2
    back = {"delegation": row.reference, "reason": "提前返岗"}
    delegations.revoke_delegation(**back, **ACT)
    assert len(holders(county.deputy.reference, date(2026, 11, 24))) == 2
    assert len(holders(county.deputy.reference, date(2026, 11, 25))) == 1
    assert refusal(Denied, delegations.revoke_delegation, **back, **ACT) == "ORG-73"
    row.refresh_from_db()
    assert row.revoked_by == KEEPER.person


def test_a_delegation_that_ran_out_cannot_be_taken_back(county):
    row = give(county.deputy, county.second, county.third)
    late = {"by": KEEPER, "at": datetime(2027, 1, 1, tzinfo=UTC)}
    back = {"delegation": row.reference, "reason": "提前返岗"}
    assert refusal(Denied, delegations.revoke_delegation, **back, **late) == "ORG-73"


def test_a_delegation_ends_with_the_term_of_who_gave_it(county):
    appoint(county.sixth, found_post("J-03", "J", level=LeaderLevel.DEPUTY))
    give(county.head, county.leader, county.sixth)
    assert len(holders(county.head.reference, LAST)) == 2
    term = county.leader.appointments.get()
    appointments.end_appointment(
        appointment=term.reference, on=date(2026, 12, 15), document="", **ACT
    )
    assert len(holders(county.head.reference, date(2026, 12, 14))) == 2
    assert holders(county.head.reference, date(2026, 12, 15)) == ()


def test_holders_of_many_posts_cost_one_query(county, django_assert_num_queries):
    give(county.deputy, county.second, county.third)
    posts = [county.head.reference, county.deputy.reference, county.mayor.reference]
    with django_assert_num_queries(1):
        found = holders_of(posts, FIRST)
    assert {post: len(rows) for post, rows in found.items()} == {posts[0]: 1, posts[1]: 2}
    with django_assert_num_queries(1):
        assert holders(county.mayor.reference, FIRST) == ()


def test_the_history_of_a_post_begins_with_the_latest(county, django_assert_num_queries):
    appoint(county.people[5], county.head, start=date(2027, 3, 1))
    with django_assert_num_queries(1):
        past = history(county.head.reference)
    assert [one.start for one in past] == [date(2027, 3, 1), BEGUN]


def test_who_stands_in_for_a_leader_is_given_what_a_leader_sees(county, django_assert_num_queries):
    give(county.deputy, county.second, county.third)
    with django_assert_num_queries(1):
        grants = grants_from_delegations(county.third.reference, FIRST)
    assert grants == (Grant(Role.LEADER, county.bureau.path),)
    assert grants_from_delegations(county.third.reference, date(2026, 11, 30)) == ()
    assert grants_from_delegations(county.second.reference, FIRST) == ()
