"""Who signs on the day: stand-ins, leaders chosen, changes of post, tasks that stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from guiju.base.inbox.actions import complete_task, reassign_task, withdraw_task
from guiju.base.inbox.asked import Holder
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.states import TaskState
from guiju.base.org.actions import appointments
from guiju.base.org.actions.delegations import Mandate, delegate
from guiju.base.org.models import Appointment
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.ui.tables import Sort
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words import AppointmentKind, LeaderLevel, Profile, UnitKind
from guiju.core.organisation.words_bodies import StandIn
from guiju.define.approval.actions.reseating import reseat
from guiju.define.approval.find import review_at
from guiju.define.approval.finding import plan_of
from guiju.define.approval.models import Seat
from guiju.define.approval.reads.reviews import count_open, mine
from guiju.exchange.profile_files import built_in
from organised import KEEPER, appoint, enter_person, found_post, found_unit, refusal
from recorded import NOON
from reviewing import SUBMITTER, Chain, draft_of, nothing_found, sign, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


def end_term(person):
    term = Appointment.objects.get(person__reference=person.reference, end_date=None)
    appointments.end_appointment(
        appointment=term.reference, on=NOON.date(), document="", by=KEEPER, at=NOON
    )


def rows(person):
    found = mine(person, {}).read(Sort("opened_at"), is_backwards=True, place=None, most=9)
    return [row for _, row in found]


def test_k13_a_duty_is_found_with_whoever_carries_it_today(county):
    plan = plan_of(draft_of(county.owner), NOON.date())
    assert plan.chain.code == "department-lists"
    legal = plan.steps[0].found
    assert (legal.where, legal.tiers[0][0].person) == ("单位S", county.actor("S-01").person)


def test_a_step_that_nobody_could_sign_keeps_it_from_being_submitted(county):
    end_term(county.leaders["B-01"][0])
    edition = draft_of(county.owner)
    with pytest.raises(Denied) as caught:
        submitted(edition)
    assert caught.value.code == "APPROVAL-05"
    assert "编制审核" in str(caught.value)
    somebody = enter_person("A1", county.staffing)
    appoint(somebody, county.leaders["B-01"][1], NOON.date(), kind=AppointmentKind.ACTING)
    review = submitted(edition)
    seat = Seat.objects.get(review=review, person=somebody.reference)
    assert seat.how == StandIn.ACTING.value


def test_who_was_delegated_the_post_signs_in_its_holders_place(county):
    review = submitted(draft_of(county.owner))
    chief, post = county.leaders["S-01"]
    deputy = enter_person("D1", county.justice)
    appoint(deputy, found_post("S-02", "S", level=LeaderLevel.DEPUTY))
    by = Actor(deputy.reference)
    assert refusal(Denied, sign, review, by) == "APPROVAL-14"
    mandate = Mandate(
        post.reference, chief.reference, deputy.reference,
        NOON.date(), NOON.date() + timedelta(days=5), "出差",
    )  # fmt: skip
    delegate(mandate=mandate, by=Actor(chief.reference), at=NOON)
    sign(review, by)
    assert Task.objects.get(person=chief.reference).state == TaskState.DONE.value


def test_a_new_holder_is_asked_in_the_place_of_who_left(county):
    review = submitted(draft_of(county.owner))
    old, post = county.leaders["S-01"]
    end_term(old)
    assert refusal(Denied, sign, review, county.actor("S-01")) == "APPROVAL-14"
    assert reseat(by=SYSTEM, at=NOON) == 1
    assert Notice.objects.filter(person=SUBMITTER.person).count() == 1
    assert reseat(by=SYSTEM, at=NOON) == 0
    new = enter_person("N1", county.justice)
    appoint(new, post, NOON.date())
    reseat(by=SYSTEM, at=NOON)
    sign(review, Actor(new.reference))
    assert Task.objects.get(person=old.reference).state == TaskState.WITHDRAWN.value


def test_s2_24_of_several_leaders_in_charge_one_is_chosen(county, monkeypatch):
    chain = next(one for one in built_in("county").chains if one.code == "unit-controls")
    profile = replace(built_in("county"), chains=(chain,))
    chain = replace(chain, objects=())
    monkeypatch.setattr(
        "guiju.define.approval.finding.profile_of",
        lambda _edition: replace(profile, chains=(chain,)),
    )
    edition = draft_of(county.owner)
    assert refusal(Invalid, submitted, edition) == "APPROVAL-10"
    assert refusal(Invalid, submitted, edition, chosen={0: "post:other"}) == "APPROVAL-10"
    person, post = county.leaders["G-03"]
    review = submitted(edition, chosen={0: post.reference})
    assert [one.person for one in Seat.objects.filter(review=review)] == [person.reference]


def test_the_task_of_a_seat_is_done_by_signing_alone(county):
    review = submitted(draft_of(county.owner))
    task = Task.objects.get(person=county.actor("S-01").person)
    mine = {"by": county.actor("S-01"), "at": NOON}
    assert refusal(Denied, complete_task, task.reference, **mine) == "APPROVAL-20"
    assert refusal(Denied, withdraw_task, task.reference, note="不办", **mine) == "APPROVAL-20"
    other = Holder(county.actor("B-01").person)
    handed = {"to": other, "seen": task.version, "note": "请你办", **mine}
    assert refusal(Denied, reassign_task, task.reference, **handed) == "APPROVAL-20"
    sign(review, county.actor("S-01"))


def test_what_was_put_before_somebody_stays_in_their_list(county):
    person = county.actor("S-01").person
    review = submitted(draft_of(county.owner))
    assert count_open(person) == 1
    (row,) = rows(person)
    assert (row.step, row.is_open, row.is_returned) == ("合法性审核", True, None)
    sign(review, county.actor("S-01"))
    (row,) = rows(person)
    assert (row.is_open, row.is_returned) == (False, False)
    assert rows(KEEPER.person) == []


def test_a_body_that_is_not_there_is_said_by_its_kind(monkeypatch, county):
    alone = found_unit("Y", kind=UnitKind.GOVERNMENT, profile=Profile.COUNTY)
    edition = draft_of(alone)
    with pytest.raises(Denied) as caught:
        submitted(edition)
    assert "领导班子" in str(caught.value)
    assert refusal(Invalid, review_at, "review:none") == "APPROVAL-06"
