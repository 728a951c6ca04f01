"""The trace of a delegation: for the two whom it concerns, with what proves it, and nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from acting import address
from guiju.base.org.actions import delegations
from guiju.base.org.actions.delegations import Mandate
from guiju.base.record.actions import open_log
from guiju.base.record.checkpoints import sign_if_due
from guiju.base.record.models import Event
from guiju.base.record.sequencer import seal_waiting
from guiju.core.ledger.proof import parse_proof
from guiju.core.terms import Role
from organised import ACT, KEEPER, County, appoint
from readers import make_account, reader, sign_in
from recorded import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def lend(county, first, reason="学习"):
    mandate = Mandate(
        county.deputy.reference,
        county.people[0].reference,
        county.people[1].reference,
        first,
        date(first.year, first.month, 28),
        reason,
    )
    return delegations.delegate(mandate=mandate, **ACT)


@pytest.fixture
def county():
    made = County()
    appoint(made.people[0], made.deputy)
    appoint(made.people[1], made.chief)
    made.lent = lend(made, date(2026, 11, 26))
    return made


def as_person(row, *roles):
    return sign_in(make_account(*(roles or (Role.STAFF,)), person=row.reference))


def event_of(row, kind="org.delegation.made"):
    rows = Event.objects.filter(kind=kind)
    return next(one for one in rows if row.reference.encode() in bytes(one.entry))


def file_of(row, name, key):
    return reverse(f"org:delegation_{name}", args=[row.reference.partition(":")[2], key])


def test_both_see_it_and_so_does_who_may_arrange_it(county):
    at = address("org:delegation", county.lent)
    browsers = (
        as_person(county.people[0]),
        as_person(county.people[1]),
        reader(Role.ORG_KEEPER, unit=county.bureau.reference),
    )
    for browser in browsers:
        page = browser.get(at)
        assert page.status_code == 200
        text = page.content.decode()
        assert "岗位J-02" in text
        assert "待入账" in text
    own = browsers[1].get(reverse("org:delegations_own")).content.decode()
    assert at in own


@pytest.mark.parametrize("name", ["page", "entry", "proof"])
def test_nobody_else_finds_it(county, name):
    key = event_of(county.lent).key
    at = (
        address("org:delegation", county.lent)
        if name == "page"
        else file_of(county.lent, name, key)
    )
    for browser in (
        as_person(county.people[2]),
        as_person(county.people[3], Role.LEADER),
        reader(Role.ORG_KEEPER, unit=county.town.reference),
        reader(Role.SYSTEM_ADMIN),
    ):
        assert browser.get(at).status_code == 404


def test_the_files_of_other_events_are_not_given_by_way_of_it(county):
    other = lend(county, date(2027, 1, 4), "出差")
    me = as_person(county.people[1])
    key = event_of(other).key
    for name in ("entry", "proof"):
        assert me.get(file_of(county.lent, name, key)).status_code == 404
    assert me.get(file_of(other, "entry", key)).status_code == 200
    unrelated = Event.objects.exclude(kind__startswith="org.delegation").first().key
    assert me.get(file_of(county.lent, "entry", unrelated)).status_code == 404


def test_its_proof_is_given_once_it_is_sealed_and_signed(county):
    open_log(by=KEEPER, at=NOON)
    key = event_of(county.lent).key
    me = as_person(county.people[1])
    assert me.get(file_of(county.lent, "proof", key)).status_code == 404
    assert "证明要等下一个检查点" in me.get(address("org:delegation", county.lent)).content.decode()
    while seal_waiting():
        pass
    sign_if_due(at=NOON)
    answer = me.get(file_of(county.lent, "proof", key))
    assert answer.status_code == 200
    assert parse_proof(answer.content).path
    entry = me.get(file_of(county.lent, "entry", key)).content
    assert entry == bytes(event_of(county.lent).entry)


def test_taking_it_back_is_told_above_its_beginning_with_few_queries(
    county, django_assert_max_num_queries
):
    delegations.revoke_delegation(delegation=county.lent.reference, reason="提前返岗", **ACT)
    me = as_person(county.people[0])
    with django_assert_max_num_queries(40):
        text = me.get(address("org:delegation", county.lent)).content.decode()
    assert text.index("收回对") < text.index("把岗位")
    assert "已收回" in text
