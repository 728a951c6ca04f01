"""One declares one's own relatives and interests without any other right; others see it exists."""

import pytest

from acting import address, confirmed
from guiju.base.org.models import Interest
from guiju.base.record.models import Event
from guiju.core.access import ROLES, Grant, Standing
from guiju.core.terms import Permission, Role
from organised import County, appoint
from readers import make_account, reader, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SPOUSE = {"kind": "spouse", "who": "李某", "relation": "妻子", "where": "示例建筑公司"}


@pytest.fixture
def county():
    made = County()
    appoint(made.people[0], made.cashier)
    return made


def test_who_has_no_role_at_all_declares_and_withdraws(county):
    me = sign_in(make_account(person=county.people[0].reference))
    assert me.get("/org/").status_code == 404
    assert confirmed(me, address("org:declaring"), **SPOUSE).status_code == 302
    page = me.get(address("org:declarations")).content.decode()
    assert "示例建筑公司" in page
    assert address("org:declarations") in page
    row = Interest.objects.get()
    assert confirmed(me, address("org:withdrawing", row)).status_code == 302
    kinds = ["org.interest.declared", "org.interest.withdrawn"]
    told = Event.objects.filter(kind__in=kinds).order_by("id")
    assert [one.kind for one in told] == kinds
    assert {one.actor for one in told} == {county.people[0].reference}


def test_who_has_not_signed_in_or_is_not_on_the_register_declares_nothing(county, client):
    for name in ("org:declarations", "org:declaring"):
        answer = client.get(address(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/")
    stranger = sign_in(make_account())
    assert stranger.get(address("org:declaring")).status_code == 404
    assert (
        stranger.post(address("org:declaring"), {**SPOUSE, "confirmed": "yes"}).status_code == 404
    )
    assert not Interest.objects.exists()


def test_the_supervisor_sees_that_there_is_one_and_not_what_it_says(county):
    me = sign_in(make_account(person=county.people[0].reference))
    supervisor = reader(Role.SUPERVISOR, unit=county.bureau.reference)
    at = address("org:person", county.people[0])
    assert "1 项，已密封" not in supervisor.get(at).content.decode()
    confirmed(me, address("org:declaring"), **SPOUSE)
    page = supervisor.get(at).content.decode()
    assert "1 项，已密封" in page
    for word in ("李某", "妻子", "示例建筑公司"):
        assert word not in page
        assert word not in supervisor.get("/record/").content.decode()
        assert word.encode() not in bytes(Interest.objects.get().box)
    elsewhere = reader(Role.SUPERVISOR, unit=county.town.reference)
    assert elsewhere.get(at).status_code == 404


def test_nobody_withdraws_or_sees_what_another_declared(county):
    me = sign_in(make_account(person=county.people[0].reference))
    confirmed(me, address("org:declaring"), **SPOUSE)
    row = Interest.objects.get()
    for other in (
        sign_in(make_account(person=county.people[1].reference)),
        reader(Role.ORG_KEEPER),
        reader(Role.SECURITY_ADMIN),
    ):
        assert other.get(address("org:withdrawing", row)).status_code == 404
        assert other.post(address("org:withdrawing", row), {"confirmed": "yes"}).status_code == 404
        assert "李某" not in other.get(address("org:declarations")).content.decode()
    row.refresh_from_db()
    assert row.withdrawn_date is None


def test_the_right_is_everybodys_who_signed_in_and_reaches_no_unit():
    assert all(Permission.DECLARE_OWN in permissions for permissions in ROLES.values())
    assert Standing("person:1").may(Permission.DECLARE_OWN)
    assert not Standing().may(Permission.DECLARE_OWN)
    assert not Standing("person:1").may(Permission.DECLARE_OWN, "1/")
    assert not Standing("person:1").may(Permission.DELEGATE_OWN)
    assert Standing("person:1", (Grant(Role.STAFF, "1/"),)).may(Permission.DELEGATE_OWN)
