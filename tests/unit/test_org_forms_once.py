"""RECORD-05 by page: whatever is sent twice, or again after going back, is done once."""

import re
import uuid

import pytest
from django.urls import get_resolver
from django.utils import timezone

from acting import address, key_in
from guiju.base.org.actions import bodies, delegations, duties, interests, members
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.actions.duties import Charge
from guiju.base.org.actions.members import Seating
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Body
from guiju.base.record.models import Event
from guiju.core.organisation.words import LeaderLevel
from guiju.core.organisation.words_bodies import BodyKind, InterestKind, MemberRole
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.terms import Role
from organised import ACT, BEGUN, TODAY, County, appoint, found_post, found_unit
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def today():
    return str(timezone.localdate())


@pytest.fixture
def county():
    """The usual county, with one of everything that can be ended."""
    made = County()
    made.lone = found_unit("L", "X")
    made.me = made.people[0]
    made.term = appoint(made.me, made.deputy)
    appoint(made.people[2], made.chief)
    appoint(made.people[3], found_post("J-09", "J", level=LeaderLevel.DEPUTY))
    made.body = bodies.found_body(
        facts=BodyFacts("领导小组", BodyKind.LEADING_GROUP, made.county.reference, founded=BEGUN),
        **ACT,
    )
    made.member = members.add_member(
        body=made.body.reference,
        seating=Seating(MemberRole.MEMBER, person=made.people[1].reference),
        start=BEGUN,
        end=None,
        **ACT,
    )
    made.lent = delegations.delegate(
        mandate=Mandate(
            made.deputy.reference,
            made.me.reference,
            made.people[2].reference,
            TODAY,
            timezone.localdate().replace(year=timezone.localdate().year + 1),
            "学习",
        ),
        **ACT,
    )
    made.interest = interests.declare_interest(
        person=made.me.reference, kind=InterestKind.SPOUSE, content={"who": "李某"}, **ACT
    )
    charge = Charge(StatutoryDuty.AUDIT, made.county.reference, made.town.reference)
    made.duty = duties.assign_duty(charge=charge, reform=Reform(BEGUN), **ACT)
    return made


UNIT = {"code": "N1", "name": "新单位", "kind": "department", "founded": "2026-01-01"}
POST = {"code": "N1-01", "name": "新岗位", "level": "staff", "founded": "2026-01-01"}
BODY = {"name": "县联席会议", "kind": "joint_conference", "host": "J", "founded": "2026-01-01"}
FORMS = {
    "unit_founding_top": (None, {**UNIT, "profile": "county"}),
    "unit_founding": ("bureau", UNIT),
    "unit_changing": ("bureau", {"code": "J", "name": "单位J", "kind": "department",
                                 "founded": str(BEGUN), "is_key": "on"}),
    "unit_shell": ("bureau", {"shell": "simple"}),
    "unit_renaming": ("bureau", {"name": "财政局", "on": today}),
    "unit_moving": ("office", {"parent": "Z", "on": today}),
    "unit_merging": ("office", {"how": "old", "target": "Z", "second": "L", "on": today}),
    "unit_splitting": ("lone", {"on": today, "code_1": "L1", "name_1": "甲", "kind_1": "office",
                                "code_2": "L2", "name_2": "乙", "kind_2": "office"}),
    "unit_dissolving": ("lone", {"on": today}),
    "post_founding": ("bureau", POST),
    "post_changing": ("head", {"code": "J-01", "name": "主任", "level": "head"}),
    "post_abolishing": ("mayor", {"on": today}),
    "person_entering": ("bureau", {"code": "P8", "name": "周某", "home": "J"}),
    "person_changing": ("me", {"code": "P1", "name": "周某", "home": "J"}),
    "person_leaving": ("me", {"on": today}),
    "appointing": ("head", {"person": "P2", "kind": "regular", "start": today}),
    "appointment_ending": ("term", {"on": today}),
    "delegating_for": ("deputy", {"principal": lambda county: county.me.reference,
                                  "delegate": "P4", "first": today, "last": today,
                                  "reason": "学习"}),
    "delegating": (None, {"post": lambda county: county.deputy.reference, "delegate": "P4",
                          "first": today, "last": today, "reason": "学习"}),
    "revoking": ("lent", {"reason": "返岗"}),
    "body_founding": ("bureau", BODY),
    "body_changing": ("body", {**BODY, "kind": "leading_group"}),
    "body_dissolving": ("body", {"on": today}),
    "member_adding": ("body", {"role": "chair", "person": "P1", "start": today}),
    "member_ending": ("member", {"on": today}),
    "declaring": (None, {"kind": "shares", "who": "某公司"}),
    "withdrawing": ("interest", {}),
    "duty_assigning": (None, {"kind": "discipline", "area": "X", "carrier": "J", "on": today}),
    "duty_handing_over": ("duty", {"carrier": "J", "on": today}),
    "duty_ending": ("duty", {"on": today}),
}  # fmt: skip
ELSEWHERE = {
    "importing": "only keeps the file that was sent; the next step asks",
    "import_dismissing": "dismissing what is gone changes nothing",
    "import_checked": "tests/unit/test_org_import_pages.py: confirming twice imports once",
    "opening": "tests/unit/test_record_unsealing.py: looking once more is an event once more",
}
"""Forms of which something else must be shown, and where that is."""


def filled(county, form):
    values = {}
    for name, value in form.items():
        if value is today:
            values[name] = value()
        else:
            values[name] = value(county) if callable(value) else value
    return values


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_twice_or_again_after_going_back_is_one_act(county, form):
    row, sent = FORMS[form]
    me = sign_in(make_account(Role.ORG_KEEPER, person=county.me.reference))
    at = address(f"org:{form}", getattr(county, row) if row else None)
    opened = me.get(at)
    assert opened.status_code == 200
    sent = {"key": key_in(opened), **filled(county, sent)}
    assert 'name="confirmed"' in me.post(at, sent).content.decode()
    before = Event.objects.count()
    first = me.post(at, {**sent, "confirmed": "yes"})
    assert first.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", first.content.decode())
    done = Event.objects.count()
    assert done > before
    second = me.post(at, {**sent, "confirmed": "yes"})
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Event.objects.count() == done


def test_no_form_of_the_organisation_is_left_out(county):
    me = sign_in(make_account(Role.ORG_KEEPER, person=county.me.reference))
    taking = set()
    for pattern in get_resolver("guiju.base.org.urls").url_patterns:
        text = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=7)), str(pattern.pattern))
        text = re.sub(r"<str:\w+>", "none", text)
        if me.post(f"/org/{text}").status_code != 405:
            taking.add(pattern.name)
    assert taking == {*FORMS, *ELSEWHERE}


def test_a_form_opened_anew_is_an_act_of_its_own(county):
    me = sign_in(make_account(Role.ORG_KEEPER, person=county.me.reference))
    at = address("org:declaring")
    for _ in range(2):
        sent = {"key": key_in(me.get(at)), "confirmed": "yes", "kind": "shares", "who": "某公司"}
        assert me.post(at, sent).status_code == 302
    assert Event.objects.filter(kind="org.interest.declared").count() == 3
    assert Body.objects.count() == 1
