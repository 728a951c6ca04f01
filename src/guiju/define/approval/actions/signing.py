"""Signing a step, filing it, returning the edition; after the last signature it is approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from guiju.base.inbox.actions import complete_task
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, Personal
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.chains import ChainStep, is_done
from guiju.core.lists.chains import Sign as Signed
from guiju.core.lists.lint import Finding
from guiju.core.lists.words import EditionState, Severity
from guiju.core.lists.words_chains import ReviewState, SignAction
from guiju.core.sentence import zh
from guiju.define.approval import texts
from guiju.define.approval.actions.asking import open_steps, withdraw_tasks
from guiju.define.approval.actions.mending import ask_to_mend
from guiju.define.approval.actions.noticing import approve
from guiju.define.approval.events import FILED, RETURNED, SIGNED
from guiju.define.approval.find import hold_open, review_at
from guiju.define.approval.models import Review, Seat, SignOff
from guiju.define.approval.reads.passages import Passage, may_sit, passage_of
from guiju.define.lists.models import CODE, Edition
from guiju.define.lists.reads.checks import report_of


@dataclass(frozen=True, slots=True)
class Filing:
    """Under which number something was filed, and when."""

    number: str
    on: date


def sign(
    *,
    review: str,
    digest: str,
    opinion: str = "",
    filing: Filing | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Sign the step that somebody is asked for.

    Args:
        review: its reference.
        digest: of what the signer has seen; a signature covers this and nothing else.
        opinion: what they say to it; may be empty.
        filing: number and day, for a step that files.
        by: who signs, in their own name.
        at: when.

    Raises:
        Invalid: APPROVAL-06; APPROVAL-01 for the opinion; APPROVAL-13 without a filing number.
        Denied: APPROVAL-08, APPROVAL-14 to APPROVAL-16 for who may not sign, APPROVAL-23 while
            the checks find an error; what ``recording`` raises.
        Conflict: APPROVAL-09; APPROVAL-17 when the content is no longer what was seen.
    """
    found, said = review_at(review), texts.checked(opinion, zh("意见"), required=False)
    passage, seat, step = _seat(found, by, at)
    _require_seen(found, digest)
    number = checked_filing(step, filing)
    _require_sound(found, at)
    told = _told(found, passage, seat, said, number, by)
    with recording(told, by=by, at=at):
        held = hold_open(found)
        _require_same(seat, _seat(found, by, at)[1])  # now that nobody else can sign
        row = _signature(seat, found.digest, said, number, by)
        row.at = at
        row.save(force_insert=True)
        over = _over(passage_of(found), seat, step)
        Seat.objects.filter(number__in=[one.number for one in (seat, *over)]).update(closed_at=at)
        complete_task(seat.task, by=by, at=at)
        withdraw_tasks(over, zh("同一环节已有人签署，不必再签。"), by=by, at=at)
        if passage_of(found).progress.state is ReviewState.PASSED:
            approve(found, held, by=by, at=at)
        else:
            open_steps(found, by=by, at=at)


def _require_sound(review: Review, at: datetime) -> None:
    """Refuse to sign what has become wrong since it was submitted: people and statutes change."""
    errors = errors_in(review.edition, timezone.localdate(at))
    if errors:
        raise Denied(
            "APPROVAL-23",
            zh(
                "检查查出 {count} 处须改（{code} 等），暂不能签署同意。请退回，改好后重新送审。",
                count=len(errors),
                code=errors[0].code,
            ),
        )


def errors_in(edition: Edition, on: date) -> tuple[Finding, ...]:
    """Return what keeps an edition in review from being signed on a day."""
    return report_of(edition, on).of(Severity.ERROR)


def send_back(*, review: str, digest: str, reason: str, by: Actor, at: datetime) -> None:
    """Return an edition to its draft; every signature so far lapses and stays visible.

    Raises:
        Invalid: APPROVAL-06; APPROVAL-01 without a reason.
        Denied: APPROVAL-08, APPROVAL-14, APPROVAL-15; what ``recording`` raises.
        Conflict: APPROVAL-09, APPROVAL-17.
    """
    found, why = review_at(review), texts.checked(reason, zh("退回原因"))
    passage, seat, step = _seat(found, by, at)
    _require_seen(found, digest)
    draft = RETURNED(
        object=found.edition.reference,
        step=step.name,
        digest=found.digest,
        lapsed=len(passage.signers()),
        review=review,
        reason=Personal(by.person, why),
    )
    with recording(draft, by=by, at=at):
        held = hold_open(found)
        _require_same(seat, _seat(found, by, at)[1])
        SignOff.objects.create(
            review=found,
            seat=seat,
            person=by.person,
            post=seat.post,
            is_return=True,
            digest=found.digest,
            opinion=vault.lock(by.person, texts.OPINION, why),
            at=at,
        )
        over = list(Seat.objects.filter(review=found, closed_at=None).exclude(number=seat.number))
        Seat.objects.filter(review=found, closed_at=None).update(closed_at=at)
        found.state, found.ended_at = ReviewState.RETURNED.value, at
        found.save(update_fields=("state", "ended_at"))
        held.state, held.digest, held.changed_at = EditionState.DRAFT.value, "", at
        held.save(update_fields=("state", "digest", "changed_at"))
        complete_task(seat.task, by=by, at=at)
        withdraw_tasks(over, zh("已退回起草，不必再签。"), by=by, at=at)
        ask_to_mend(found, by=by, at=at)


def seat_of(passage: Passage, person: str, on: date) -> Seat | None:
    """Return the seat in which somebody may sign now; None where nothing is asked of them.

    Of several the one first asked; whoever submitted has none, and where a chain keeps its steps
    apart, neither has who signed before.
    """
    if passage.review.submitter == person:
        return None
    if passage.chain.is_separated and person in passage.signers():
        return None
    mine = may_sit(passage.open_seats(), person, on)
    return mine[0] if mine else None


def _seat(review: Review, by: Actor, at: datetime) -> tuple[Passage, Seat, ChainStep]:
    """Return what somebody may sign now.

    Raises:
        Denied: APPROVAL-15 for who submitted, APPROVAL-16 for who signed a step before in a
            chain that keeps its steps apart, APPROVAL-14 for everybody else who is not asked.
    """
    passage = passage_of(review)
    if review.submitter == by.person:
        raise Denied("APPROVAL-15", zh("送审的人不能审签自己送的清单。请由其他审签人办理。"))
    if passage.chain.is_separated and by.person in passage.signers():
        raise Denied(
            "APPROVAL-16",
            zh("您已在前面的环节签过，同一人不能签两个环节。请由这个环节的另一人签。"),
        )
    seat = seat_of(passage, by.person, timezone.localdate(at))
    if seat is None:
        raise Denied("APPROVAL-14", zh("现在没有轮到您签的环节，可能已有人签过。请刷新页面查看。"))
    return passage, seat, passage.chain.steps[seat.place]


def _signature(seat: Seat, digest: str, said: str, filing: Filing | None, by: Actor) -> SignOff:
    """Return a signature in a seat, not yet kept."""
    return SignOff(
        review_id=seat.review_id,
        seat=seat,
        person=by.person,
        post=seat.post,
        digest=digest,
        opinion=vault.lock(by.person, texts.OPINION, said),
        filing=filing.number if filing else "",
        filed_on=filing.on if filing else None,
    )


def _require_seen(review: Review, digest: str) -> None:
    """Refuse to act on what is no longer what was read (APPROVAL-17)."""
    if digest != review.digest:
        raise Conflict(
            "APPROVAL-17", zh("内容已经不是您看过的那一份，没有办理。请刷新后重看再办。")
        )


def _require_same(seen: Seat, now: Seat) -> None:
    """Refuse to sign another seat than the one that the event speaks of.

    Raises:
        Conflict: APPROVAL-09.
    """
    if seen.number != now.number:
        raise Conflict("APPROVAL-09", zh("就在刚才，审签有了进展，没有签署。请刷新页面再签。"))


def _over(after: Passage, seat: Seat, step: ChainStep) -> list[Seat]:
    """Return the other seats of a step that is done now."""
    beside = [s for s in after.seats if s.place == seat.place and s.closed_at is None]
    places = {one.number: one for one in after.seats}
    signed = [
        Signed(places[one.seat_id].place, places[one.seat_id].code)
        for one in after.signs
        if not one.is_return
    ]
    if not is_done(step, [one.code for one in beside], seat.place, signed):
        return []
    return [one for one in beside if one.number != seat.number]


def checked_filing(step: ChainStep, filing: Filing | None) -> Filing | None:
    """Return the filing of a step that files; nothing for others.

    Raises:
        Invalid: APPROVAL-13 for a step that files without a number, or one too long.
    """
    if step.action is not SignAction.FILE:
        return None
    number = " ".join(filing.number.split()) if filing else ""
    if filing is None or not number or len(number) > CODE or not number.isprintable():
        raise Invalid(
            "APPROVAL-13",
            zh("备案要写备案号（最多 {most} 个字）和备案日期。请补写。", most=CODE),
        )
    return Filing(number, filing.on)


def _told(
    review: Review, passage: Passage, seat: Seat, said: str, filing: Filing | None, by: Actor
) -> Draft:
    step = passage.chain.steps[seat.place]
    facts = {
        "object": review.edition.reference,
        "step": step.name,
        "action": step.action.value,
        "digest": review.digest,
        "on_behalf": seat.on_behalf,
        "review": review.reference,
        "opinion": Personal(by.person, said),
    }
    if filing is None:
        return SIGNED(**facts)  # type: ignore[arg-type] # object is a text
    return FILED(**facts, filing=filing.number, filed_on=str(filing.on))  # type: ignore[arg-type]
