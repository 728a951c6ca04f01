"""Running a chain: submitting, parallel signatures, approval, filing, notice, taking effect."""

from dataclasses import replace
from datetime import timedelta

import pytest

from guiju.base.inbox.models import Task
from guiju.base.inbox.states import TaskState
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.canonical import digest
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ReviewState
from guiju.define.approval.actions import signing, submitting
from guiju.define.approval.jobs import into_effect
from guiju.define.approval.models import Seat, SignOff
from guiju.define.lists.reads.whole import whole
from organised import refusal
from recorded import NOON
from reviewing import SUBMITTER, Chain, draft_of, effective, nothing_found, passed, sign, submitted
from small_edition import SOUND, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def edition(county):
    return draft_of(county.owner)


def state(edition):
    edition.refresh_from_db()
    return EditionState.of(edition.state)


def open_people(review):
    return set(Seat.objects.filter(review=review, closed_at=None).values_list("person", flat=True))


def test_s2_20_a_departments_lists_go_to_two_reviewers_at_once_then_to_the_meeting(county, edition):
    review = submitted(edition)
    assert state(edition) is EditionState.IN_REVIEW
    assert edition.digest == review.digest == digest(whole(edition))
    assert open_people(review) == {county.actor("S-01").person, county.actor("B-01").person}
    sign(review, county.actor("S-01"))
    assert open_people(review) == {county.actor("B-01").person}
    sign(review, county.actor("B-01"))
    assert open_people(review) == {county.actor("G-01").person}
    seat = Seat.objects.get(review=review, closed_at=None)
    assert seat.on_behalf == "县政府常务会议"
    sign(review, county.actor("G-01"))
    assert open_people(review) == {county.actor("W-01").person}
    sign(review, county.actor("W-01"), number="备〔2026〕7号")
    review.refresh_from_db()
    assert review.state == ReviewState.PASSED.value
    assert state(edition) is EditionState.PUBLIC_NOTICE
    assert (review.notice_from, review.notice_to) == (
        NOON.date() + timedelta(days=1),
        NOON.date() + timedelta(days=9),  # seven working days
    )
    assert SignOff.objects.get(filing="备〔2026〕7号").filed_on == NOON.date()


def test_each_signature_says_the_digest_that_it_covers(county, edition):
    review = submitted(edition)
    sign(review, county.actor("S-01"))
    entry = bytes(Event.objects.get(kind="approval.edition.signed").entry).decode()
    assert review.digest in entry
    assert "同意" not in entry
    assert SignOff.objects.get().digest == review.digest


def test_s1_20_a_filing_needs_its_number(county, edition):
    review = submitted(edition)
    for code in ("S-01", "B-01", "G-01"):
        sign(review, county.actor(code))
    assert refusal(Invalid, sign, review, county.actor("W-01")) == "APPROVAL-13"
    assert state(edition) is EditionState.IN_REVIEW


def test_everybody_is_asked_by_a_task_with_a_limit_in_working_days(county, edition):
    review = submitted(edition)
    task = Task.objects.get(person=county.actor("S-01").person)
    assert (task.kind, task.view, task.limit_amount) == ("approval.sign", "approval:review", 5)
    assert task.arguments == [edition.reference.partition(":")[2]]
    sign(review, county.actor("S-01"))
    task.refresh_from_db()
    assert task.state == TaskState.DONE.value


def test_what_the_checks_stand_against_is_not_submitted(county, monkeypatch):
    edition = draft_of(county.owner, without("bases", "Y1"))
    monkeypatch.undo()
    assert refusal(Invalid, submitted, edition) == "APPROVAL-02"
    assert state(edition) is EditionState.DRAFT
    nothing_found(monkeypatch)
    submitted(edition)


def test_what_has_become_wrong_since_is_returned_and_not_signed(county, monkeypatch):
    edition = draft_of(county.owner, without("bases", "Y1"))
    review = submitted(edition)
    monkeypatch.undo()
    assert refusal(Denied, sign, review, county.actor("S-01")) == "APPROVAL-23"
    words = {"review": review.reference, "digest": review.digest, "reason": "人员已变动"}
    signing.send_back(**words, by=county.actor("S-01"), at=NOON)
    assert state(edition) is EditionState.DRAFT


def test_an_edition_without_content_or_changes_is_not_submitted(county, edition):
    after = effective(county, edition)
    same = draft_of(county.owner, replace(SOUND, number=2))
    assert refusal(Invalid, submitted, same, after) == "APPROVAL-03"


def test_who_submits_never_signs(county, edition):
    mine = county.actor("S-01")
    refused = refusal(Denied, submitted, edition, by=mine)
    assert refused == "APPROVAL-05"
    review = submitted(edition)
    assert refusal(Denied, sign, review, SUBMITTER) == "APPROVAL-15"


def test_who_is_not_asked_does_not_sign_nor_return(county, edition):
    review = submitted(edition)
    assert refusal(Denied, sign, review, county.actor("G-01")) == "APPROVAL-14"
    words = {"review": review.reference, "digest": review.digest, "reason": "不行"}
    stranger = {"by": county.actor("G-02"), "at": NOON}
    assert refusal(Denied, signing.send_back, **words, **stranger) == "APPROVAL-14"
    sign(review, county.actor("S-01"))
    assert refusal(Denied, sign, review, county.actor("S-01")) == "APPROVAL-14"


def test_nobody_signs_what_they_have_not_seen(county, edition):
    review = submitted(edition)
    review.digest = "0" * 64
    assert refusal(Conflict, sign, review, county.actor("S-01")) == "APPROVAL-17"


def test_a_return_sends_it_back_and_every_signature_lapses_but_stays(county, edition):
    review = submitted(edition)
    sign(review, county.actor("S-01"))
    words = {"review": review.reference, "digest": review.digest}
    at = {"by": county.actor("B-01"), "at": NOON}
    assert refusal(Invalid, signing.send_back, **words, reason=" ", **at) == "APPROVAL-01"
    signing.send_back(**words, reason="编制不符", **at)
    assert state(edition) is EditionState.DRAFT
    assert edition.digest == ""
    assert SignOff.objects.filter(review=review).count() == 2
    assert not Task.objects.filter(kind="approval.sign", state=TaskState.OPEN.value).exists()
    again = submitted(edition)
    assert again.ordinal == 2
    assert open_people(again) == {county.actor("S-01").person, county.actor("B-01").person}


def test_a_submission_is_taken_back_while_nobody_has_signed(county, edition):
    review = submitted(edition)
    words = {"review": review.reference, "reason": "还要补一项", "at": NOON}
    other = county.actor("S-01")
    assert refusal(Denied, submitting.take_back, **words, by=other) == "APPROVAL-11"
    submitting.take_back(**words, by=SUBMITTER)
    assert state(edition) is EditionState.DRAFT
    review = submitted(edition)
    sign(review, county.actor("S-01"))
    words["review"] = review.reference
    assert refusal(Denied, submitting.take_back, **words, by=SUBMITTER) == "APPROVAL-12"


def test_s3_06_it_takes_effect_on_its_day_and_the_one_before_is_superseded(county, edition):
    after = effective(county, edition)
    assert edition.valid_from == after.date()
    second = draft_of(county.owner, replace(SOUND, number=2, duties=()))
    later = effective(county, second, after)
    assert state(edition) is EditionState.SUPERSEDED
    assert (edition.valid_to, second.valid_from) == (later.date(), later.date())


def test_a_wished_day_is_waited_for(county, edition):
    wished = NOON.date() + timedelta(days=60)
    review = submitted(edition, wished=wished)
    passed(county, review)
    assert into_effect(at=NOON + timedelta(days=59)) == 0
    assert into_effect(at=NOON + timedelta(days=60)) == 1
    assert into_effect(at=NOON + timedelta(days=61)) == 0
