"""Putting a draft before those who sign, and taking it back while nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, Personal, new_reference
from guiju.core.errors import Denied, Invalid, Refusal
from guiju.core.lists.canonical import digest
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ReviewState
from guiju.core.plain import plain
from guiju.core.sentence import listing, zh
from guiju.define.approval import texts
from guiju.define.approval.actions.asking import open_steps, withdraw_tasks
from guiju.define.approval.actions.mending import note_mended
from guiju.define.approval.events import SUBMITTED, TAKEN_BACK
from guiju.define.approval.find import hold_open, review_at
from guiju.define.approval.finding import Plan, PlannedStep, asked, plan_of, vacancy
from guiju.define.approval.models import Review, Seat, SignOff
from guiju.define.approval.reads.changes import before
from guiju.define.approval.reads.cleanups import is_open, reviewed
from guiju.define.lists import find
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.checks import report_of
from guiju.define.lists.reads.comparing import difference_of
from guiju.define.lists.reads.whole import whole

_MOST_NAMED = 3


def submit(
    *,
    edition: str,
    revision: int | None,
    chosen: Mapping[int, str],
    wished: date | None,
    by: Actor,
    at: datetime,
) -> Review:
    """Submit a draft: it is frozen, its digest is what everybody signs, the first step opens.

    Args:
        edition: the draft's reference.
        revision: the revision that whoever submits has seen; None for any.
        chosen: by place of a step, the post that is in charge where several could be.
        wished: from when it shall take effect at the earliest; None for as soon as it may.
        by: who submits; never one of those who sign.
        at: when.

    Raises:
        Invalid: EDITION-01; APPROVAL-02 while checks stand against it, APPROVAL-03 for one that
            holds or changes nothing, APPROVAL-10 where it is not said who is in charge,
            APPROVAL-24 while a clean-up has not said why a power goes.
        Denied: EDITION-02; APPROVAL-04 without a chain, APPROVAL-05 where nobody could sign a
            step; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found, on = find.edition_at(edition), timezone.localdate(at)
    find.require_draft(found)
    plan = _ready(found, chosen, by, on)
    review = _review(found, plan, chosen, by, at)
    review.wished = wished
    with recording(_told(found, plan, review), by=by, at=at):
        seen = found.revision if revision is None else revision
        held = find.hold_draft(found, seen, at)
        held.revision = seen
        held.state, held.digest = EditionState.IN_REVIEW.value, review.digest
        held.save(update_fields=("state", "digest", "changed_at"))
        review.save(force_insert=True)
        note_mended(found, by=by, at=at)
        open_steps(review, by=by, at=at)
    return review


def _told(found: Edition, plan: Plan, review: Review) -> Draft:
    return SUBMITTED(
        object=found.reference,
        name=found.title,
        ordinal=found.ordinal,
        chain=plan.chain.name,
        digest=review.digest,
        review=review.reference,
        wished=str(review.wished or ""),
    )


def hindrances(edition: Edition, on: date) -> list[Refusal]:
    """Return all that keeps a draft from being submitted today, whoever submits it.

    Who may not sign what they submit themselves is found out when they do.
    """
    found: list[Refusal] = []
    for require in (partial(_require_sound, on=on), _require_content, _require_verdicts):
        try:
            require(edition)
        except Refusal as refusal:
            found.append(refusal)
    try:
        plan = required_plan(edition, on)
    except Refusal as refusal:
        return [*found, refusal]
    return found + [Vacant(step) for step in plan.steps if not step.found.tiers]


class Vacant(Denied):
    """Nobody could sign a step; with the step, so that a page can lead to where it is set up."""

    def __init__(self, planned: PlannedStep) -> None:
        missing = vacancy(planned.step, planned.found)
        super().__init__("APPROVAL-05", zh("现在不能送审：{missing}。", missing=missing))
        self.planned = planned


def _ready(edition: Edition, chosen: Mapping[int, str], by: Actor, on: date) -> Plan:
    """Return the chain of an edition that may be submitted; raises as ``submit``."""
    _require_sound(edition, on)
    _require_content(edition)
    _require_verdicts(edition)
    plan = required_plan(edition, on)
    _require_signers(plan, chosen, by)
    return plan


def _review(
    edition: Edition, plan: Plan, chosen: Mapping[int, str], by: Actor, at: datetime
) -> Review:
    """Return the passage that begins, not yet kept, with the digest of what is submitted."""
    return Review(
        reference=new_reference("review"),
        edition=edition,
        ordinal=Review.objects.filter(edition=edition).count() + 1,
        chain=plan.chain.code,
        plan=plain(plan.chain),
        chosen={str(place): post for place, post in chosen.items()},
        digest=digest(whole(edition)),
        submitter=by.person,
        post=by.post,
        unit=by.unit,
        state=ReviewState.OPEN.value,
        submitted_at=at,
    )


def take_back(*, review: str, reason: str, by: Actor, at: datetime) -> None:
    """Take a submitted edition back to a draft, while nobody has signed it.

    Raises:
        Invalid: APPROVAL-06; APPROVAL-01 without a reason.
        Denied: APPROVAL-11 for somebody else than who submitted, APPROVAL-12 when somebody
            signed; APPROVAL-08; what ``recording`` raises.
        Conflict: APPROVAL-09.
    """
    found, why = review_at(review), texts.checked(reason, zh("原因"))
    if found.submitter != by.person:
        raise Denied("APPROVAL-11", zh("只有送审人本人能撤回。其他人要改，请由审签人退回。"))
    draft = TAKEN_BACK(
        object=found.edition.reference,
        digest=found.digest,
        review=review,
        reason=Personal(by.person, why),
    )
    with recording(draft, by=by, at=at):
        held = hold_open(found)
        if SignOff.objects.filter(review=found).exists():
            raise Denied(
                "APPROVAL-12", zh("已经有人签署，不能再撤回。要改，请让还没签的审签人退回。")
            )
        seats = list(Seat.objects.filter(review=found, closed_at=None))
        Seat.objects.filter(review=found, closed_at=None).update(closed_at=at)
        found.state, found.ended_at = ReviewState.WITHDRAWN.value, at
        found.save(update_fields=("state", "ended_at"))
        held.state, held.digest, held.changed_at = EditionState.DRAFT.value, "", at
        held.save(update_fields=("state", "digest", "changed_at"))
        withdraw_tasks(seats, zh("送审人已撤回，不必再签。"), by=by, at=at)


def required_plan(edition: Edition, on: date) -> Plan:
    """Return the chain that an edition goes through.

    Raises:
        Denied: APPROVAL-04 where its profile has none.
    """
    plan = plan_of(edition, on)
    if plan is None or not plan.steps:
        raise Denied(
            "APPROVAL-04",
            zh("这个单位用的配置没有适用的审签流程。请在配置里写明由谁审、谁定，再送审。"),
        )
    return plan


def _require_sound(edition: Edition, on: date) -> None:
    blocking = report_of(edition, on).blocking
    if blocking:
        raise Invalid(
            "APPROVAL-02",
            zh(
                "还有 {count} 处须改或须说明，不能送审，例如 {codes}。"
                "请在「检查」里逐处改好或写明理由。",
                count=len(blocking),
                codes=listing(sorted({one.code for one in blocking}), most=_MOST_NAMED),
            ),
        )


def _require_content(edition: Edition) -> None:
    old = before(edition)
    if not edition.items.exists() or (old is not None and not _changes(old, edition)):
        raise Invalid(
            "APPROVAL-03", zh("这一版还没有内容，或与正在使用的版本完全相同。请先修改再送审。")
        )


def _changes(old: Edition, new: Edition) -> bool:
    """Tell whether anything but its number differs."""
    found = difference_of(old, new)
    return bool(found.items) or any(one.path != "number" for one in found.head)


def _require_verdicts(edition: Edition) -> None:
    """Refuse while a clean-up has not said why a power goes, or says what does not fit (S2-12)."""
    open_ones = [one for one in reviewed(edition) if is_open(one)]
    if open_ones:
        raise Invalid(
            "APPROVAL-24",
            zh(
                "有 {count} 项权力不在新版里或去向不清，例如「{name}」。"
                "请在「清理」里逐项写明保留、取消、下放、整合还是转移，以及依据，再送审。",
                count=len(open_ones),
                name=open_ones[0].power.name[:40],
            ),
        )


def _require_signers(plan: Plan, chosen: Mapping[int, str], by: Actor) -> None:
    missing = []
    for one in plan.steps:
        posts = {choice.post for choice in one.choices}
        if posts and chosen.get(one.place) not in posts:
            raise Invalid(
                "APPROVAL-10",
                zh("「{step}」有几位领导可签。请选明由哪一位分管领导签。", step=one.step.name),
            )
        if not asked(one.found, {by.person}, chosen.get(one.place, "")):
            missing.append(vacancy(one.step, one.found))
    if missing:
        raise Denied("APPROVAL-05", zh("现在不能送审：{missing}。", missing=listing(missing)))
