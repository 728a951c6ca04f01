"""The example county on record: all through the door, and everybody of the cast gets in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guiju.base.access.policies import UNUSED, AccountState
from guiju.base.access.reads import accounts
from guiju.base.inbox.reads import inbox
from guiju.base.org.reads.bodies import some_vacant_liaisons, supervisors_named
from guiju.base.org.reads.people import interests, people
from guiju.base.org.reads.posts import vacancies
from guiju.base.org.reads.rotation import rotation_due
from guiju.base.org.reads.tables import organisation as on_record
from guiju.base.org.reads.units import unit_page
from guiju.base.record.actor import Actor
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.changes import changes
from guiju.core.organisation.words_bodies import RotationState, SupervisionChannel
from guiju.define.campaigns.models import Ask, Campaign, Proposal
from guiju.demo.county import filling
from guiju.demo.county.again import is_filled, reopen_accounts
from guiju.demo.county.cast import CAST
from guiju.demo.county.daily import TASKS
from guiju.demo.county.establishing import departures
from guiju.demo.county.roster import Roster
from guiju.demo.county.rows import OVERDUE, VACANT, organisation
from guiju.demo.county.sign_ins import make_sign_ins
from guiju.demo.lists.campaigning import FOUND
from signing_in import CHEAP, app_code

pytestmark = pytest.mark.django_db

OPERATOR = Actor("operator:tests")
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
DAY = AT.date()


@pytest.fixture(autouse=True)
def cheap(data_folder, settings):
    settings.PASSWORD_HASHERS = CHEAP


@pytest.fixture
def lines():
    return make_sign_ins()


def fill(lines, at=AT):
    filling.fill(lines, by=OPERATOR, at=at)


def test_what_is_on_record_is_what_was_made_and_what_the_product_finds_is_what_was_meant(lines):
    fill(lines)
    county, found = organisation(), on_record(EVERYWHERE, is_open=True)
    assert not changes(found, county)
    assert [len(found.rows(sheet)) for sheet in ("单位", "岗位", "人员")] == [38, 150, 200]

    assert sorted(post.code for post in vacancies(EVERYWHERE, on=DAY).rows) == sorted(VACANT)
    roster = Roster(DAY)
    due = rotation_due(EVERYWHERE, on=DAY)
    overdue = [row.post for row in due if row.state is RotationState.OVERDUE]
    assert sorted(overdue) == sorted(roster.post(code).reference for code in OVERDUE)

    into = unit_page(roster.unit("SFJ").reference, EVERYWHERE, on=DAY)
    assert [one.name for one in into.before] == ["示例县人民政府法制办公室"]
    gone = {code for code, _ in departures(county, DAY)}
    assert len(gone) > 40
    for code in gone:
        assert people(EVERYWHERE, search=code).rows == ()

    assert set(supervisors_named(EVERYWHERE, on=DAY, most=9)) == set(SupervisionChannel)
    wanting, _ = some_vacant_liaisons(EVERYWHERE, on=DAY, most=9)
    assert [one.unit_name for one in wanting] == ["示例县民政局"]


def test_the_day_is_not_empty(lines):
    fill(lines)
    roster = Roster(DAY)
    asked = {task.post for task in TASKS}
    for post in asked:
        person = roster.holder(post).person
        assert inbox(person, at=AT).count == sum(task.post == post for task in TASKS)
    assert roster.post("JYJ-02").holders[-1].principal == roster.holder("JYJ-02").person
    (declared,) = interests(roster.holder("EX-03").person, EVERYWHERE)
    assert declared.content["relation"] == "弟弟"


def test_s0_14_a_school_looks_for_its_risks_and_two_of_its_posts_have_answered(lines):
    fill(lines)
    campaign = Campaign.objects.get()
    assert campaign.edition.unit.name == "示例县第一中学"
    asked = Ask.objects.filter(campaign=campaign)
    assert {one.post_name for one in asked.exclude(answered_at=None)} == {"总务主任", "会计"}
    assert asked.filter(answered_at=None).count() >= 2
    assert Proposal.objects.filter(campaign=campaign).count() == len(FOUND)


def test_everybody_of_the_cast_gets_in_with_what_is_printed(lines):
    now = timezone.now()
    fill(lines, now)
    for line in lines:
        client = Client()
        typed = {"login_name": line.login_name, "password": line.password}
        answer = client.post("/account/sign-in/", typed)
        if line.secret:
            assert answer.headers["location"] == "/account/sign-in/second/"
            code = app_code(line.secret)
            answer = client.post("/account/sign-in/second/", {"code": code})
        assert answer.status_code == 302, answer.content.decode()
        assert client.get("/account/").status_code == 200
    rows = {
        row.login_name: row
        for row in accounts(search="", state="", at=now).make(
            accounts(search="", state="", at=now).queryset
        )
    }
    assert {name: row.roles for name, row in rows.items()} == {
        part.login_name: (part.role,) for part in CAST
    }


def test_all_or_nothing_is_kept_and_then_it_can_be_made(lines, monkeypatch):
    def full(*_args, **_named):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(filling, "begin_day", full)
        with pytest.raises(OSError, match="No space"):
            fill(lines)
    assert not is_filled(AT)
    assert accounts(search="", state="", at=AT).count(1) == 0
    fill(lines)
    assert is_filled(AT)


def test_accounts_that_nobody_used_for_long_are_let_in_again(lines):
    fill(lines)
    later = AT + UNUSED + timedelta(days=1)
    unused = accounts(search="", state=AccountState.UNUSED.value, at=later)
    assert unused.count(100) == len(CAST)
    reopen_accounts(lines, by=OPERATOR, at=later)
    assert unused.count(100) == 0
