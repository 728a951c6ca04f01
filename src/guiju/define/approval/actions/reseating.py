"""Asking anew where the person who was asked holds the post no more, or nobody was found."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.utils import timezone

from guiju.base.org.reads.holders import holders_of
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Refusal
from guiju.core.lists.words_chains import ReviewState
from guiju.core.sentence import zh
from guiju.define.approval.actions.asking import open_steps, withdraw_tasks
from guiju.define.approval.events import REPLACED
from guiju.define.approval.find import hold_open
from guiju.define.approval.models import Review, Seat
from guiju.define.approval.reads.passages import passage_of


def reseat(*, by: Actor, at: datetime) -> int:
    """Go through the open reviews and ask anew where it is due; return how many are asked anew."""
    count = 0
    rows = Review.objects.filter(state=ReviewState.OPEN.value).select_related("edition__unit")
    for review in rows.order_by("number"):
        for seat in _gone(review, at):
            with suppress(Refusal):
                _replace(review, seat, by=by, at=at)
                count += 1
        if _waits(review):
            with suppress(Refusal):
                open_steps(review, by=by, at=at)
    return count


def _waits(review: Review) -> bool:
    passage = passage_of(review)
    sitting = {seat.place for seat in passage.seats if seat.closed_at is None}
    return not sitting.issuperset(passage.progress.open)


def _gone(review: Review, at: datetime) -> list[Seat]:
    """Return the seats of people who hold the post no more."""
    seats = list(Seat.objects.filter(review=review, closed_at=None).exclude(post=""))
    held = holders_of({one.post for one in seats}, timezone.localdate(at))
    return [
        one
        for one in seats
        if one.person not in {holder.person for holder in held.get(one.post, ())}
    ]


def _replace(review: Review, seat: Seat, *, by: Actor, at: datetime) -> None:
    step = passage_of(review).chain.steps[seat.place]
    draft = REPLACED(
        object=review.edition.reference,
        step=step.name,
        person=seat.person,
        post=seat.post,
        review=review.reference,
    )
    with recording(draft, by=by, at=at):
        hold_open(review)
        Seat.objects.filter(number=seat.number, closed_at=None).update(closed_at=at)
        withdraw_tasks([seat], zh("已不在这个岗位，改由现任审签。"), by=by, at=at)
        open_steps(review, by=by, at=at)
