"""What will happen when somebody submits or signs, and to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from guiju.base.org.reads.signers import Signer
from guiju.base.ui.dates import day
from guiju.core.lists.chains import ChainStep, Sign, progress, stages
from guiju.core.lists.words_chains import ReviewState
from guiju.core.sentence import Sentence, listing, zh
from guiju.define.approval.actions.noticing import notice_days
from guiju.define.approval.finding import Plan, asked, found_for, vacancy
from guiju.define.approval.models import Seat
from guiju.define.approval.reads.passages import Passage
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of


def after_submitting(plan: Plan, chosen: Mapping[int, str], submitter: str) -> list[Sentence]:
    """Say what a submission does."""
    found = [zh("内容锁定，送审期间谁也不能改；要改，由审签人退回，或在还没有人签时撤回。")]
    for place in stages(plan.chain.steps)[0]:
        one = plan.steps[place]
        people = asked(one.found, {submitter}, chosen.get(place, ""))
        found.append(_asks(one.step, people) if people else vacancy(one.step, one.found))
    rest = [one.step.name for one in plan.steps if one.place not in stages(plan.chain.steps)[0]]
    if rest:
        found.append(zh("之后依次：{steps}。", steps=listing(rest)))
    return found


def after_signing(passage: Passage, seat: Seat, edition: Edition, now: datetime) -> list[Sentence]:
    """Say what a signature does: whom it asks next, or that the edition is approved."""
    signed = [
        Sign(one.place, one.code)
        for one in passage.seats
        if one.number in {sign.seat_id for sign in passage.signs}
    ]
    asked_now = {
        place: {one.code for one in passage.seats if one.place == place}
        for place in range(len(passage.chain.steps))
    }
    after = progress(passage.chain.steps, asked_now, [*signed, Sign(seat.place, seat.code)])
    if after.state is ReviewState.PASSED:
        return _approved(edition, now)
    sitting = {one.place for one in passage.seats}
    found = []
    barred = {passage.review.submitter}
    if passage.chain.is_separated:
        barred |= passage.signers() | {seat.person}
    for place in after.open:
        step = passage.chain.steps[place]
        if place in sitting:
            found.append(zh("「{step}」还在等其他人签。", step=step.name))
            continue
        who = found_for(step, edition.unit.reference, timezone.localdate(now))
        people = asked(who, barred, passage.review.chosen.get(str(place), ""))
        found.append(_asks(step, people) if people else vacancy(step, who))
    return found


def _asks(step: ChainStep, people: Sequence[Signer]) -> Sentence:
    return zh(
        "「{step}」转交{people}，时限 {limit} 个工作日。",
        step=step.name,
        people=listing([f"{one.name}（{one.post_name or one.on_behalf}）" for one in people]),
        limit=step.limit,
    )


def _approved(edition: Edition, now: datetime) -> list[Sentence]:
    today = timezone.localdate(now)
    length = profile_of(edition).public_notice
    if length is None:
        return [zh("这是最后一个环节：签署后即为批准，次日起生效。")]
    first, last = notice_days(today, length)
    return [
        zh("这是最后一个环节：签署后即为批准。"),
        zh(
            "自动公示 {first} 至 {last}；没有未答复的异议，{effect}起生效。",
            first=day(first),
            last=day(last),
            effect=day(last + timedelta(days=1)),
        ),
    ]
