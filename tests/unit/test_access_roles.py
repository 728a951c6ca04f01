"""Roles: granted for a place and a time, taken back at once, three administrators apart."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guiju.base.access import grants, places
from guiju.base.access.actions.accounts import disable_account
from guiju.base.access.actions.roles import (
    grant_role,
    merge_administrators,
    revoke_role,
    separate_administrators,
)
from guiju.base.access.grants import standing
from guiju.base.access.models import RoleGrant
from guiju.base.access.reads import remarks
from guiju.base.record import reads
from guiju.base.record.actor import Actor
from guiju.base.record.reads import Filters
from guiju.core.access import ADMINISTRATORS, EVERYWHERE, Grant, Scope
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.terms import Permission, Role
from readers import give, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
BY = Actor("person:chief")
PATHS = {"unit:county": "1/", "unit:school": "1/14/203/", "unit:office": "1/15/"}


@pytest.fixture(autouse=True)
def organisation(monkeypatch):
    monkeypatch.setattr(places, "_ONE", [PATHS.get])
    monkeypatch.setattr(places, "_MANY", [])
    monkeypatch.setattr(grants, "_SOURCES", [])


@pytest.fixture
def account():
    return make_account(created_at=NOW)


def granted(account, role=Role.STAFF, *, unit="", start=TODAY, end=None, by=BY):
    return grant_role(
        person=account.person, role=role, unit=unit, start=start, end=end, by=by, at=NOW
    )


def told(kind):
    return [str(one.sentence) for one in reads.timeline(Filters(kind=kind)).rows]


def test_a_role_holds_from_its_first_to_its_last_day_over_its_unit(account):
    granted(account, Role.LEADER, unit="unit:school", end=TODAY + timedelta(days=9))
    for day, holds in ((-1, False), (0, True), (9, True), (10, False)):
        found = standing(account.person, TODAY + timedelta(days=day))
        assert found.may(Permission.ORG_READ, "1/14/203/7/") is holds
        assert not found.may(Permission.ORG_READ, "1/14/")
    assert told("access.role.granted") == [
        "授予角色「单位领导」，范围：unit:school，自 2026-11-25 至 2026-12-04"
    ]


def test_a_role_that_was_taken_back_holds_no_longer(account):
    row = granted(account)
    revoke_role(grant=row, reason="调离", by=BY, at=NOW)
    assert not standing(account.person, TODAY).grants
    assert told("access.role.revoked") == ["收回角色「干部职工」，范围：*，原因：（已密封）"]
    with pytest.raises(Conflict) as refusal:
        revoke_role(grant=row, reason="调离", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-17"
    with pytest.raises(Invalid) as refusal:
        revoke_role(grant=granted(account), reason="", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-06"


@pytest.mark.parametrize(
    ("wrong", "kind", "code"),
    [
        ({"end": TODAY - timedelta(days=1)}, Invalid, "ACCESS-11"),
        ({"role": Role.SYSTEM_ADMIN, "unit": "unit:school"}, Invalid, "ACCESS-12"),
        ({"unit": "unit:nowhere"}, Invalid, "ACCESS-13"),
        ({"unit": "单位"}, Invalid, "RECORD-04"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(account, wrong, kind, code):
    with pytest.raises(kind) as refusal:
        granted(account, **wrong)
    assert refusal.value.code == code
    assert not RoleGrant.objects.exists()
    assert granted(account, end=TODAY)


def test_only_persons_with_an_account_get_roles():
    with pytest.raises(Invalid) as refusal:
        grant_role(person="person:x", role=Role.STAFF, unit="", start=TODAY, by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-10"


def test_nobody_grants_to_themselves(account):
    with pytest.raises(Denied) as refusal:
        granted(account, by=Actor(account.person))
    assert refusal.value.code == "ACCESS-14"
    assert granted(account)


def test_the_same_role_is_not_granted_twice_for_the_same_time(account):
    granted(account, end=TODAY + timedelta(days=5))
    with pytest.raises(Conflict) as refusal:
        granted(account, start=TODAY + timedelta(days=5))
    assert refusal.value.code == "ACCESS-16"
    assert granted(account, start=TODAY + timedelta(days=6))
    assert granted(account, unit="unit:school")


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("asked", ADMINISTRATORS)
def test_the_three_administrators_are_different_persons(account, held, asked):
    granted(account, held)
    if held is asked:
        with pytest.raises(Conflict):
            granted(account, asked)
        return
    with pytest.raises(Denied) as refusal:
        granted(account, asked)
    assert refusal.value.code == "ACCESS-15"
    assert "三员必须分设" in str(refusal.value)
    assert granted(make_account(), asked)
    assert granted(account, Role.STAFF)


def test_an_administrator_of_later_counts_too(account):
    granted(account, Role.AUDIT_ADMIN, start=TODAY + timedelta(days=30))
    with pytest.raises(Denied):
        granted(account, Role.SYSTEM_ADMIN)
    assert granted(account, Role.SYSTEM_ADMIN, end=TODAY + timedelta(days=29))


def test_a_small_body_unites_two_and_the_remark_stands_until_they_part(account):
    assert remarks() == ()
    granted(account, Role.SYSTEM_ADMIN)
    merge_administrators(
        roles=(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN), reason="全单位只有四人", by=BY, at=NOW
    )
    assert "全单位只有四人" in str(remarks()[0])
    assert "「安全管理员」与「系统管理员」准许由一人兼任" in str(remarks()[0])
    row = granted(account, Role.SECURITY_ADMIN, by=Actor(account.person))
    with pytest.raises(Denied) as refusal:
        granted(account, Role.AUDIT_ADMIN)
    assert refusal.value.code == "ACCESS-15"
    with pytest.raises(Denied) as refusal:
        separate_administrators(reason="人手够了", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-23"
    give(make_account(created_at=NOW), Role.SECURITY_ADMIN)
    revoke_role(grant=row, reason="人手够了", by=BY, at=NOW)
    separate_administrators(reason="人手够了", by=BY, at=NOW)
    assert remarks() == ()
    with pytest.raises(Denied):
        granted(account, Role.SECURITY_ADMIN)
    with pytest.raises(Conflict) as refusal:
        separate_administrators(reason="人手够了", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-22"


@pytest.mark.parametrize(
    "roles",
    [(Role.SYSTEM_ADMIN, Role.SYSTEM_ADMIN), (Role.SYSTEM_ADMIN, Role.STAFF)],
)
def test_only_two_different_administrators_can_be_united(roles):
    with pytest.raises(Invalid) as refusal:
        merge_administrators(roles=roles, reason="人少", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-20"


def test_the_third_administrator_stays_apart():
    merge_administrators(roles=(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN), reason="人少", by=BY, at=NOW)
    with pytest.raises(Conflict) as refusal:
        merge_administrators(
            roles=(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN), reason="人少", by=BY, at=NOW
        )
    assert refusal.value.code == "ACCESS-21"


def test_the_last_security_administrator_keeps_the_role(account):
    row = granted(account, Role.SECURITY_ADMIN)
    with pytest.raises(Denied) as refusal:
        revoke_role(grant=row, reason="调离", by=BY, at=NOW)
    assert refusal.value.code == "ACCESS-18"
    second = make_account(Role.SECURITY_ADMIN, created_at=NOW)
    disable_account(account=second, reason="调离", by=BY, at=NOW)
    with pytest.raises(Denied):
        revoke_role(grant=row, reason="调离", by=BY, at=NOW)
    make_account(Role.SECURITY_ADMIN, created_at=NOW)
    revoke_role(grant=row, reason="调离", by=BY, at=NOW)


def test_a_role_over_a_unit_whose_place_is_gone_grants_nothing(account, monkeypatch):
    granted(account, Role.LEADER, unit="unit:school")
    granted(account, Role.STAFF)
    for answer in (None, ""):
        monkeypatch.setattr(places, "_ONE", [lambda _unit, answer=answer: answer])
        found = standing(account.person, TODAY)
        assert found.grants == (Grant(Role.STAFF, ""),)
    monkeypatch.setattr(places, "_ONE", [])
    assert standing(account.person, TODAY).roles == {Role.STAFF}


def test_other_areas_add_roles_but_no_administrators(account, monkeypatch):
    added = [Grant(Role.STAFF, "1/15/"), Grant(Role.SECURITY_ADMIN, "")]
    monkeypatch.setattr(grants, "_SOURCES", [lambda _person, on: added if on == TODAY else []])
    granted(account, Role.STAFF, unit="unit:school")
    found = standing(account.person, TODAY)
    assert found.scope(Permission.ORG_READ) == Scope(("1/14/203/", "1/15/"))
    assert found.roles == {Role.STAFF}
    assert standing(account.person, TODAY + timedelta(days=1)).scope(Permission.ORG_READ) == Scope(
        ("1/14/203/",)
    )


def test_a_standing_takes_three_queries_however_many_roles(
    account, monkeypatch, django_assert_max_num_queries
):
    asked = []

    def paths_of(units):
        asked.append(RoleGrant.objects.count())  # stands for the organisation's one query
        return {unit: PATHS[unit] for unit in units}

    def delegated(person, on):
        RoleGrant.objects.count()  # stands for the delegations' one query
        return [Grant(Role.STAFF, "1/15/")]

    monkeypatch.setattr(places, "_MANY", [paths_of])
    monkeypatch.setattr(grants, "_SOURCES", [delegated])
    for unit in PATHS:
        for role in (Role.STAFF, Role.LEADER, Role.SUPERVISOR, Role.ORG_KEEPER):
            give(account, role, unit=unit)
    with django_assert_max_num_queries(3):
        found = standing(account.person, TODAY)
    assert len(asked) == 1
    assert found.scope(Permission.RECORD_READ) == Scope(("1/",))
    give(account, Role.SUPERVISOR)
    assert standing(account.person, TODAY).scope(Permission.RECORD_READ) == EVERYWHERE
