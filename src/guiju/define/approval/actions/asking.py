"""Opening the steps of a chain: whoever is found on the day is asked by a task in their inbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from guiju.base.inbox.actions import Telling, assign_task, tell, withdraw_task
from guiju.base.inbox.asked import Holder, Link, NewTask
from guiju.base.inbox.states import NoticeKind
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.org.reads.signers import Signer
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.core.flow.model import Limit
from guiju.core.ledger.entry import instant
from guiju.core.lists.chains import ChainStep
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit
from guiju.define.approval.events import ASKED, VACANT
from guiju.define.approval.finding import asked, found_for
from guiju.define.approval.kinds import SIGN
from guiju.define.approval.models import Review, Seat
from guiju.define.approval.reads.passages import passage_of
from guiju.define.lists.models import Edition


def open_steps(review: Review, *, by: Actor, at: datetime) -> None:
    """Ask for every step that is open and asks nobody yet.

    A step that nobody could sign is noted as vacant and told to whoever submitted; it is tried
    again every day (``jobs``).
    """
    passage = passage_of(review)
    sitting = {seat.place for seat in passage.seats if seat.closed_at is None}
    barred = {review.submitter} | (passage.signers() if passage.chain.is_separated else set())
    for place in passage.progress.open:
        if place not in sitting:
            _open_step(review, place, passage.chain.steps[place], barred, by=by, at=at)


def _open_step(
    review: Review, place: int, step: ChainStep, barred: Collection[str], *, by: Actor, at: datetime
) -> None:
    edition = review.edition
    found = found_for(step, edition.unit.reference, timezone.localdate(at))
    people = asked(found, barred, review.chosen.get(str(place), ""))
    for one in people:
        _ask(review, place, step, one, by=by, at=at)
    if not people:
        _note_vacancy(review, place, step, by=by, at=at)


def _ask(
    review: Review, place: int, step: ChainStep, signer: Signer, *, by: Actor, at: datetime
) -> None:
    count = Seat.objects.filter(review=review).count()
    limit = Limit(step.limit, LimitUnit.WORKING_DAYS)
    due, _ = due_at(calendar_now(), at, limit)
    code = f"{place}-{count + 1}"
    draft = ASKED(
        object=review.edition.reference,
        step=step.name,
        person=signer.person,
        post=signer.post,
        how=signer.how.value,
        on_behalf=signer.on_behalf,
        due=instant(due),
        review=review.reference,
    )
    wanted = NewTask(
        SIGN,
        _asks(review.edition, step),
        Holder(signer.person, signer.post, signer.unit, signer.path),
        about=review.edition.reference,
        limit=limit,
        started_at=at,
        link=Link("approval:review", (review.edition.reference.partition(":")[2],)),
        origin=f"{review.reference}:{code}",
    )
    with recording(draft, by=by, at=at):
        Seat.objects.create(
            review=review,
            code=code,
            place=place,
            person=signer.person,
            post=signer.post,
            unit=signer.unit,
            path=signer.path,
            how=signer.how.value,
            on_behalf=signer.on_behalf,
            task=assign_task(wanted, by=by, at=at),
            opened_at=at,
        )


def _asks(edition: Edition, step: ChainStep) -> Sentence:
    return zh(
        "{step}：{name} · 第 {ordinal} 版",
        step=step.name,
        name=edition.title,
        ordinal=edition.ordinal,
    )


def _note_vacancy(review: Review, place: int, step: ChainStep, *, by: Actor, at: datetime) -> None:
    """Say once a day that a step waits for somebody to be appointed."""
    says = zh(
        "「{name}」停在「{step}」：今天没有人可签。请联系组织人事任命或写明代理。",
        name=review.edition.title,
        step=step.name,
    )
    key = f"vacant:{review.reference}:{place}:{timezone.localdate(at)}"
    telling = Telling(
        review.submitter, NoticeKind.CHANGED, says, key, about=review.edition.reference
    )
    draft = VACANT(object=review.edition.reference, step=step.name, review=review.reference)
    with recording(draft, by=by, at=at):
        tell(telling, by=SYSTEM, at=at)


def withdraw_tasks(seats: Collection[Seat], note: Sentence, *, by: Actor, at: datetime) -> None:
    """Take back what people were asked whose seats are closed."""
    for seat in seats:
        withdraw_task(seat.task, note=str(note), by=by, at=at)
