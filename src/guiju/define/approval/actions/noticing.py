"""What follows the last signature: approved, public notice, objections and their answers."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.utils import timezone

from guiju.base.inbox.actions import assign_task, complete_task
from guiju.base.inbox.asked import Link, NewTask
from guiju.base.inbox.working_days import calendar_now
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Conflict, Denied
from guiju.core.flow.model import Limit
from guiju.core.lists.values import Period
from guiju.core.lists.words import EditionState, PeriodUnit
from guiju.core.lists.words_chains import ObjectionState, ReviewState
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit
from guiju.define.approval import texts
from guiju.define.approval.actions.mending import ask_to_mend, submitter_of
from guiju.define.approval.events import ANSWERED, APPROVED, NOTICED, OBJECTED, STOPPED
from guiju.define.approval.find import hold, objection_at
from guiju.define.approval.kinds import OBJECTION
from guiju.define.approval.models import Objection, Review, SignOff
from guiju.define.lists import find
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of

ANSWER_LIMIT = Limit(5, LimitUnit.WORKING_DAYS)
"""How long an answer to an objection may take."""

MOST_CONTACT = 200
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def approve(review: Review, held: Edition, *, by: Actor, at: datetime) -> None:
    """Note that the chain is through; public notice begins on the next day, where there is one."""
    edition = review.edition
    draft = APPROVED(
        object=edition.reference,
        name=edition.title,
        ordinal=edition.ordinal,
        digest=review.digest,
    )
    with recording(draft, by=by, at=at):
        review.state, review.ended_at = ReviewState.PASSED.value, at
        review.save(update_fields=("state", "ended_at"))
        held.state, held.changed_at = EditionState.APPROVED.value, at
        held.save(update_fields=("state", "changed_at"))
        on = timezone.localdate(at)
        length = profile_of(edition).public_notice
        if length is not None:
            _notice(review, held, length, on, by=by, at=at)


def _notice(
    review: Review, held: Edition, length: Period, on: date, *, by: Actor, at: datetime
) -> None:
    first, last = notice_days(on, length)
    draft = NOTICED(
        object=review.edition.reference, first=str(first), last=str(last), digest=review.digest
    )
    with recording(draft, by=by, at=at):
        review.notice_from, review.notice_to = first, last
        review.save(update_fields=("notice_from", "notice_to"))
        held.state = EditionState.PUBLIC_NOTICE.value
        held.save(update_fields=("state",))


def notice_days(approved: date, length: Period) -> tuple[date, date]:
    """Return the first and the last day of a public notice; it begins the day after."""
    first = approved + timedelta(days=1)
    return first, max(first, _last_day(approved, length))


def _last_day(approved: date, length: Period) -> date:
    match length.unit:
        case PeriodUnit.WORKING_DAYS:
            return calendar_now().add_working_days(approved, length.amount)
        case PeriodUnit.DAYS:
            return approved + timedelta(days=length.amount)
        case PeriodUnit.MONTHS:
            return _months_later(approved, length.amount)
        case PeriodUnit.YEARS:
            return _months_later(approved, 12 * length.amount)


def _months_later(day: date, months: int) -> date:
    """Return the day of that number so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    first = date(day.year + year, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def object_to(
    *, edition: str, text: str, contact: str = "", by: Actor | None, at: datetime
) -> Objection:
    """Object to an edition that is in public notice; anybody may, with or without a name (S2-13).

    What they write and how they are reached is sealed under a key of the objection's own. It
    must be answered before the edition takes effect.

    Args:
        edition: its reference.
        text: what is wrong.
        contact: how an answer reaches them; may be empty.
        by: who objects, where they have signed in.
        at: when.

    Returns:
        The objection; by its ``code`` whoever objected asks how it stands.

    Raises:
        Invalid: EDITION-01; APPROVAL-01 for the texts.
        Denied: APPROVAL-18 outside the days of the notice; what ``recording`` raises.
    """
    found, on = find.edition_at(edition), timezone.localdate(at)
    said = texts.checked(text, zh("异议"))
    reached = texts.checked(contact, zh("联系方式"), required=False, most=MOST_CONTACT)
    review = Review.objects.filter(edition=found).order_by("-ordinal").first()
    review = _require_noticed(found, review, on)
    reference = new_reference("objection")
    row = Objection(
        reference=reference,
        review=review,
        code="".join(secrets.choice(_ALPHABET) for _ in range(12)),
        person=by.person if by else "",
        text=vault.lock(reference, texts.OBJECTION, said),
        contact=vault.lock(reference, texts.CONTACT, reached) if reached else None,
        at=at,
    )
    draft = OBJECTED(
        object=edition,
        objection=reference,
        text=Personal(reference, said),
        contact=Personal(reference, reached),
    )
    with recording(draft, by=by or Actor(reference), at=at):
        hold(found, EditionState.PUBLIC_NOTICE)
        row.task = _ask_to_answer(review, row, by=by or Actor(reference), at=at)
        row.save(force_insert=True)
    return row


def _require_noticed(edition: Edition, review: Review | None, on: date) -> Review:
    is_noticed = edition.state == EditionState.PUBLIC_NOTICE.value
    if review is None or not is_noticed or not review.notice_from or not review.notice_to:
        raise Denied("APPROVAL-18", zh("这一版现在没有在公示，不收异议。请看公示日期。"))
    if not review.notice_from <= on <= review.notice_to:
        raise Denied(
            "APPROVAL-18",
            zh(
                "这一版的公示从 {first} 到 {last}，今天不收异议。",
                first=str(review.notice_from),
                last=str(review.notice_to),
            ),
        )
    return review


def _ask_to_answer(review: Review, row: Objection, *, by: Actor, at: datetime) -> str:
    """Give whoever submitted the task to answer."""
    edition = review.edition
    says = zh("答复对「{name}」第 {ordinal} 版的异议", name=edition.title, ordinal=edition.ordinal)
    wanted = NewTask(
        OBJECTION,
        says,
        submitter_of(review),
        about=edition.reference,
        limit=ANSWER_LIMIT,
        link=Link("approval:review", (edition.reference.partition(":")[2],)),
        origin=row.reference,
    )
    return assign_task(wanted, by=by, at=at)


def answer(*, objection: str, is_upheld: bool, said: str, by: Actor, at: datetime) -> None:
    """Answer an objection; one that is upheld sends the edition back to its draft.

    Raises:
        Invalid: APPROVAL-07; APPROVAL-01 without an answer.
        Denied: APPROVAL-08; APPROVAL-19 for who objected; what ``recording`` raises.
        Conflict: APPROVAL-09 when it was answered already.
    """
    found, text = objection_at(objection), texts.checked(said, zh("答复"))
    if found.person == by.person:
        raise Denied("APPROVAL-19", zh("提出异议的人不能自己答复。请由其他编制人员答复。"))
    state = ObjectionState.UPHELD if is_upheld else ObjectionState.DISMISSED
    draft = ANSWERED(
        object=found.review.edition.reference,
        objection=objection,
        state=state.value,
        answer=Personal(by.person, text),
    )
    with recording(draft, by=by, at=at):
        held = hold(found.review.edition, EditionState.PUBLIC_NOTICE)
        done = Objection.objects.filter(number=found.number, state=ObjectionState.OPEN.value)
        changed = done.update(
            state=state.value,
            answer=vault.lock(by.person, texts.ANSWER, text),
            answered_by=by.person,
            answered_at=at,
        )
        if not changed:
            raise Conflict("APPROVAL-09", zh("这件异议刚刚有人答复，没有重复答复。请刷新查看。"))
        complete_task(found.task, by=by, at=at)
        if is_upheld:
            _stop(found, held, by=by, at=at)
            if by.person != found.review.submitter:
                ask_to_mend(found.review, by=by, at=at)


def _stop(objection: Objection, held: Edition, *, by: Actor, at: datetime) -> None:
    review = objection.review
    draft = STOPPED(
        object=review.edition.reference,
        objection=objection.reference,
        digest=review.digest,
        lapsed=SignOff.objects.filter(review=review, is_return=False).count(),
        review=review.reference,
    )
    with recording(draft, by=by, at=at):
        review.state, review.ended_at = ReviewState.STOPPED.value, at
        review.save(update_fields=("state", "ended_at"))
        held.state, held.digest, held.changed_at = EditionState.DRAFT.value, "", at
        held.save(update_fields=("state", "digest", "changed_at"))
        others = Objection.objects.filter(review=review, state=ObjectionState.OPEN.value)
        for one in others:
            _close_with_it(one, by=by, at=at)


def _close_with_it(one: Objection, *, by: Actor, at: datetime) -> None:
    """Answer what is still open with the same outcome: the edition it was about is gone."""
    text = str(zh("这一版已因另一件异议退回起草；修改时一并考虑。"))
    draft = ANSWERED(
        object=one.review.edition.reference,
        objection=one.reference,
        state=ObjectionState.UPHELD.value,
        answer=Personal(by.person, text),
    )
    with recording(draft, by=by, at=at):
        one.state, one.answered_by, one.answered_at = ObjectionState.UPHELD.value, by.person, at
        one.answer = vault.lock(by.person, texts.ANSWER, text)
        one.save(update_fields=("state", "answered_by", "answered_at", "answer"))
        complete_task(one.task, by=by, at=at)
