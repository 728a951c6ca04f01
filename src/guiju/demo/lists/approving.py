"""Taking the example's editions through their chains, with the people who hold the posts."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from guiju.base.inbox.working_days import calendar_now
from guiju.base.record.actor import Actor
from guiju.core.lists.words_chains import ReviewState, SignAction
from guiju.define.approval.actions.effect import effect_day, take_effect
from guiju.define.approval.actions.signing import Filing, sign
from guiju.define.approval.actions.submitting import required_plan, submit
from guiju.define.approval.models import Review, Seat
from guiju.define.approval.reads.passages import passage_of
from guiju.define.lists.find import edition_at


class Stage(Enum):
    """How far an edition is taken."""

    SUBMITTED = "submitted"
    HALF_SIGNED = "half_signed"
    NOTICED = "noticed"
    EFFECTIVE = "effective"


_OPINIONS = {
    SignAction.EXAMINE: "依据齐全，流程可行，同意。",
    SignAction.DECIDE: "同意，按程序报批。",
    SignAction.APPROVE: "会议研究同意。",
    SignAction.FILE: "准予备案。",
}


def take_through(edition: str, *, by: Actor, at: datetime, until: Stage) -> datetime:
    """Submit a draft and let everybody sign who is asked, a working day after the other.

    Args:
        edition: the draft's reference.
        by: who submits it.
        at: when; everybody who signs must hold their post in the days after.
        until: how far it is taken.

    Returns:
        When the last of it happened.

    Raises:
        Invalid, Denied, Conflict: what ``submit``, ``sign`` and ``take_effect`` raise, such as
            APPROVAL-02 for an edition against which checks stand.
    """
    plan = required_plan(edition_at(edition), timezone.localdate(at))
    chosen = {one.place: one.choices[0].post for one in plan.steps if one.choices}
    review = submit(edition=edition, revision=None, chosen=chosen, wished=None, by=by, at=at)
    if until is Stage.SUBMITTED:
        return at
    while (seat := _next_seat(review)) is not None:
        at = _next_working_day(at)
        _sign(review, seat, at)
        if until is Stage.HALF_SIGNED:
            return at
    if until is Stage.EFFECTIVE:
        review.refresh_from_db()
        on = effect_day(review, timezone.localdate(at))
        at += on - timezone.localdate(at)
        take_effect(edition=edition, by=by, at=at)
    return at


def _next_seat(review: Review) -> Seat | None:
    review.refresh_from_db()
    if review.state != ReviewState.OPEN.value:
        return None
    return next(iter(passage_of(review).open_seats()), None)


def _sign(review: Review, seat: Seat, at: datetime) -> None:
    action = passage_of(review).chain.steps[seat.place].action
    on = timezone.localdate(at)
    filing = Filing(f"示纪备〔{on.year}〕{review.number}号", on)
    sign(
        review=review.reference,
        digest=review.digest,
        opinion=_OPINIONS[action],
        filing=filing if action is SignAction.FILE else None,
        by=Actor(seat.person, post=seat.post, unit=seat.unit),
        at=at,
    )


def _next_working_day(at: datetime) -> datetime:
    on = timezone.localdate(at)
    return at + (calendar_now().add_working_days(on, 1) - on) + timedelta(minutes=7)
