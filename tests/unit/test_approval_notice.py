"""Public notice with objections, taking effect, suspending and repealing, clean-up, remarks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from guiju.base.inbox.models import Task
from guiju.base.inbox.states import TaskState
from guiju.base.record import typed
from guiju.base.record.models import Event, Sealed
from guiju.base.record.unsealing import Opening
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.words import EditionState, ItemKind, ReviewVerdict
from guiju.core.lists.words_chains import ObjectionState, ReviewState
from guiju.define.approval import texts
from guiju.define.approval.actions import (
    cleaning,
    effect,
    noticing,
    opening,
    remarking,
    submitting,
)
from guiju.define.approval.actions.remarking import Spot
from guiju.define.approval.jobs import into_effect
from guiju.define.approval.models import Review
from guiju.define.approval.reads.cleanups import reviewed
from guiju.define.approval.reads.objections import objection_by_code, objections_to
from guiju.define.approval.reads.remarks import remarks_of
from guiju.define.lists.actions import drafting
from organised import KEEPER, refusal
from recorded import NOON
from reviewing import SUBMITTER, Chain, draft_of, effective, nothing_found, passed, submitted
from small_edition import LICENCE, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NEXT_DAY = NOON + timedelta(days=1)
LEADER = {"by": KEEPER, "at": NOON + timedelta(days=40)}


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def edition(county):
    return draft_of(county.owner)


@pytest.fixture
def noticed(county, edition):
    review = submitted(edition)
    passed(county, review)
    edition.refresh_from_db()
    return edition


def state(edition):
    edition.refresh_from_db()
    return EditionState.of(edition.state)


def object_to(edition, at=NEXT_DAY, contact="13800138000", by=None):
    return noticing.object_to(
        edition=edition.reference, text="时限比邻县长一倍", contact=contact, by=by, at=at
    )


def answer(row, *, is_upheld, at=NEXT_DAY, by=KEEPER):
    noticing.answer(objection=row.reference, is_upheld=is_upheld, said="说明如下", by=by, at=at)


def test_s2_13_anybody_may_object_during_the_notice_and_not_outside_of_it(noticed):
    assert refusal(Denied, object_to, noticed, NOON) == "APPROVAL-18"
    last = Review.objects.get().notice_to
    row = object_to(noticed, NOON + (last - NOON.date()))
    assert len(row.code) == 12
    assert refusal(Denied, object_to, noticed, NOON + timedelta(days=30)) == "APPROVAL-18"
    assert refusal(Invalid, object_to, noticed, contact="x" * 300) == "APPROVAL-01"


def test_what_an_objector_wrote_is_sealed_under_a_key_of_its_own(noticed):
    row = object_to(noticed)
    assert b"13800138000" not in bytes(row.contact)
    entry = bytes(Event.objects.get(kind="approval.edition.objected").entry).decode()
    assert "邻县" not in entry
    assert set(Sealed.objects.filter(person=row.reference).values_list("path", flat=True)) == {
        "text",
        "contact",
    }
    what = {"objection": row.reference, "by": KEEPER, "at": NEXT_DAY}
    assert refusal(Invalid, opening.open_contact, what=Opening("看"), **what) == "SEALED-01"
    told = opening.open_contact(what=Opening("告知异议的处理结果"), **what)
    assert told == "13800138000"


def test_an_unanswered_objection_keeps_it_from_taking_effect(noticed):
    row = object_to(noticed)
    later = NOON + timedelta(days=30)
    assert into_effect(at=later) == 0
    act = {"edition": noticed.reference, "by": KEEPER, "at": later}
    assert refusal(Denied, effect.take_effect, **act) == "APPROVAL-21"
    task = Task.objects.get(kind="approval.objection")
    assert (task.person, task.limit_amount) == (SUBMITTER.person, 5)
    answer(row, is_upheld=False)
    task.refresh_from_db()
    assert task.state == TaskState.DONE.value
    assert into_effect(at=later) == 1
    assert state(noticed) is EditionState.EFFECTIVE
    assert objection_by_code(row.code.lower()).answer == "说明如下"


def test_an_objection_that_is_upheld_sends_it_back_to_its_draft(noticed):
    first, second = object_to(noticed), object_to(noticed)
    answer(first, is_upheld=True)
    assert state(noticed) is EditionState.DRAFT
    assert Review.objects.get().state == ReviewState.STOPPED.value
    second.refresh_from_db()
    assert second.state == ObjectionState.UPHELD.value
    assert refusal(Denied, answer, second, is_upheld=True) == "APPROVAL-08"
    assert [one.state for one in objections_to(noticed)] == [ObjectionState.UPHELD] * 2
    assert not Task.objects.filter(state=TaskState.OPEN.value, kind="approval.objection").exists()
    assert submitted(noticed).ordinal == 2


def test_an_objection_is_answered_once_and_not_by_who_raised_it(noticed):
    row = object_to(noticed, by=KEEPER)
    assert refusal(Denied, answer, row, is_upheld=False) == "APPROVAL-19"
    answer(row, is_upheld=False, by=SUBMITTER)
    assert refusal(Conflict, answer, row, is_upheld=False, by=SUBMITTER) == "APPROVAL-09"


def test_an_edition_in_use_is_suspended_resumed_and_repealed_with_reasons(county, edition):
    words = {"edition": edition.reference, "reason": "上位法修改", **LEADER}
    assert refusal(Denied, effect.suspend, **words) == "APPROVAL-08"
    effective(county, edition)
    assert refusal(Invalid, effect.suspend, **(words | {"reason": " "})) == "APPROVAL-22"
    effect.suspend(**words)
    assert state(edition) is EditionState.SUSPENDED
    assert refusal(Denied, effect.suspend, **words) == "APPROVAL-08"
    effect.resume(**words)
    assert state(edition) is EditionState.EFFECTIVE
    effect.repeal(**words)
    assert state(edition) is EditionState.REPEALED
    assert edition.valid_to == LEADER["at"].date()
    assert refusal(Denied, effect.resume, **words) == "APPROVAL-08"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {f"approval.edition.{one}" for one in ("suspended", "resumed", "repealed")} <= kinds


def test_s2_12_a_power_that_goes_needs_a_verdict_that_fits_and_keeps_it(county, edition):
    after = effective(county, edition)
    gone = replace(without("powers", LICENCE), number=2)
    second = draft_of(county.owner, gone)
    assert refusal(Invalid, submitted, second, after) == "APPROVAL-24"
    act = {"edition": second.reference, "power": LICENCE, "by": KEEPER, "at": after}
    keep = Decision(ReviewVerdict.KEEP)
    cleaning.judge(decision=keep, **act)
    assert refusal(Invalid, submitted, second, after) == "APPROVAL-24"
    cancel = Decision(ReviewVerdict.CANCEL, "县政府令第41号")
    cleaning.judge(decision=cancel, **act)
    (one,) = [one for one in reviewed(second) if one.power.code == LICENCE]
    assert (one.decision, one.doubts) == (cancel, ())
    submitted(second, after)
    assert refusal(Denied, cleaning.judge, decision=keep, **act) == "EDITION-02"
    act["power"] = "nothing"
    assert refusal(Denied, cleaning.judge, decision=keep, **act) == "EDITION-02"


def test_a_verdict_is_about_a_power_of_the_edition_in_use(county, edition):
    act = {"edition": edition.reference, "power": LICENCE, "by": KEEPER, "at": NOON}
    keep = Decision(ReviewVerdict.KEEP)
    assert refusal(Invalid, cleaning.judge, decision=keep, **act) == "APPROVAL-26"


def test_a_remark_stands_at_its_item_and_its_answer_below_it(edition):
    act = {"edition": edition.reference, "at": NOON}
    spot = Spot(ItemKind.POWER, LICENCE)
    first = remarking.remark(text="时限够吗", spot=spot, by=SUBMITTER, **act)
    whole = remarking.remark(text="总体可以", by=KEEPER, **act)
    remarking.remark(text="够", spot=Spot(answers=first.reference), by=KEEPER, **act)
    placed = remarks_of(edition)
    assert [(one.text, one.is_answer) for one in placed["power", LICENCE]] == [
        ("时限够吗", False),
        ("够", True),
    ]
    assert [one.text for one in placed["", ""]] == ["总体可以"]
    assert "时限够吗" not in str(list(Event.objects.values_list("entry", flat=True)))
    for wrong in (Spot(code="x"), Spot(ItemKind.POWER), Spot(answers="comment:none")):
        assert (
            refusal(Invalid, remarking.remark, text="话", spot=wrong, by=KEEPER, **act)
            == "APPROVAL-25"
        )
    assert refusal(Invalid, remarking.remark, text=" ", by=KEEPER, **act) == "APPROVAL-01"
    assert typed.opened(whole.person, texts.REMARK, whole.text) == "总体可以"


def test_a_draft_that_was_taken_back_may_be_given_up_and_stays(county, edition):
    review = submitted(edition)
    submitting.take_back(review=review.reference, reason="不办了", by=SUBMITTER, at=NOON)
    drafting.discard_draft(edition=edition.reference, reason="不办了", by=KEEPER, at=NOON)
    assert state(edition) is EditionState.GIVEN_UP
    assert Review.objects.get().state == ReviewState.WITHDRAWN.value
