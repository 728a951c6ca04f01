"""An approved edition takes effect on its day; suspending, resuming and repealing one in use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, EventType
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.states import IN_USE
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ObjectionState, ReviewState
from guiju.core.sentence import zh
from guiju.define.approval.events import REPEALED, RESUMED, SUPERSEDED, SUSPENDED, TOOK_EFFECT
from guiju.define.approval.find import hold
from guiju.define.approval.models import Objection, Review
from guiju.define.lists import find
from guiju.define.lists.models import NAME, Edition

_READY = (EditionState.APPROVED, EditionState.PUBLIC_NOTICE)


def effect_day(review: Review, approved: date) -> date:
    """Return from when an edition takes effect, unless an objection is open then.

    The day after its notice, or after its approval where there is none; not before it is wished.
    """
    earliest = (review.notice_to or approved) + timedelta(days=1)
    return max(earliest, review.wished) if review.wished else earliest


def due_editions(on: date) -> list[str]:
    """Return which editions take effect now: their day has come and no objection is open."""
    unanswered = Objection.objects.filter(review=OuterRef("pk"), state=ObjectionState.OPEN.value)
    rows = Review.objects.filter(
        ~Exists(unanswered),
        state=ReviewState.PASSED.value,
        edition__state__in=[one.value for one in _READY],
    ).select_related("edition")
    return [
        one.edition.reference
        for one in rows.order_by("number")
        if one.ended_at and effect_day(one, timezone.localdate(one.ended_at)) <= on
    ]


def take_effect(*, edition: str, by: Actor, at: datetime) -> None:
    """Let an approved edition take effect today; the one before is superseded in the same commit.

    Raises:
        Invalid: EDITION-01.
        Denied: APPROVAL-08 for one that is not approved, APPROVAL-21 before its day or while an
            objection waits for its answer; what ``recording`` raises.
    """
    found, on = find.edition_at(edition), timezone.localdate(at)
    draft = TOOK_EFFECT(
        object=edition,
        name=found.title,
        ordinal=found.ordinal,
        on=str(on),
        digest=found.digest,
    )
    with recording(draft, by=by, at=at):
        held = hold(found, *_READY)
        _require_due(held, on)
        states = [one.value for one in IN_USE]
        old = Edition.objects.filter(unit=held.unit_id, state__in=states).first()
        if old is not None:
            _supersede(old, on, by=by, at=at)
        held.state, held.valid_from, held.changed_at = EditionState.EFFECTIVE.value, on, at
        held.save(update_fields=("state", "valid_from", "changed_at"))


def _require_due(edition: Edition, on: date) -> None:
    rows = Review.objects.filter(edition=edition, state=ReviewState.PASSED.value)
    review = rows.order_by("-ordinal").first()
    if review is None or review.ended_at is None:
        raise Denied("APPROVAL-08", zh("这一版没有走完审签，不能生效。请先送审。"))
    day = effect_day(review, timezone.localdate(review.ended_at))
    waiting = Objection.objects.filter(review=review, state=ObjectionState.OPEN.value).count()
    if day > on or waiting:
        raise Denied(
            "APPROVAL-21",
            zh(
                "这一版 {day} 才能生效，还有 {count} 件异议没有答复。请先答复异议，到日自动生效。",
                day=str(day),
                count=waiting,
            ),
        )


def _supersede(old: Edition, on: date, *, by: Actor, at: datetime) -> None:
    draft = SUPERSEDED(object=old.reference, name=old.title, ordinal=old.ordinal, on=str(on))
    _move(draft, old, IN_USE, EditionState.SUPERSEDED, until=on, by=by, at=at)


def suspend(*, edition: str, reason: str, by: Actor, at: datetime) -> None:
    """Suspend an edition in use.

    Raises:
        Invalid: EDITION-01; APPROVAL-22 without a reason.
        Denied: APPROVAL-08; what ``recording`` raises.
    """
    found = find.edition_at(edition)
    draft = _told(SUSPENDED, found, reason)
    _move(draft, found, {EditionState.EFFECTIVE}, EditionState.SUSPENDED, by=by, at=at)


def resume(*, edition: str, reason: str, by: Actor, at: datetime) -> None:
    """Put a suspended edition into use again.

    Raises:
        Invalid: EDITION-01; APPROVAL-22 without a reason.
        Denied: APPROVAL-08; what ``recording`` raises.
    """
    found = find.edition_at(edition)
    draft = _told(RESUMED, found, reason)
    _move(draft, found, {EditionState.SUSPENDED}, EditionState.EFFECTIVE, by=by, at=at)


def repeal(*, edition: str, reason: str, by: Actor, at: datetime) -> None:
    """Repeal an edition in use from today on; it never comes back.

    Raises:
        Invalid: EDITION-01; APPROVAL-22 without a reason.
        Denied: APPROVAL-08; what ``recording`` raises.
    """
    found, on = find.edition_at(edition), timezone.localdate(at)
    draft = _told(REPEALED, found, reason, on=str(on))
    _move(draft, found, IN_USE, EditionState.REPEALED, until=on, by=by, at=at)


def _move(  # noqa: PLR0913 - keyword-only but for what moves from where to where
    draft: Draft,
    edition: Edition,
    states: Collection[EditionState],
    to: EditionState,
    *,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Let an edition pass from one of these states into another; ``until`` ends its use."""
    with recording(draft, by=by, at=at):
        held = hold(edition, *states)
        held.state, held.changed_at = to.value, at
        if until is not None:
            held.valid_to = until
        held.save(update_fields=("state", "valid_to", "changed_at"))


def _told(event: EventType, edition: Edition, reason: str, **more: str) -> Draft:
    said = reason.strip()
    if not said or len(said) > NAME or not said.isprintable():
        raise Invalid("APPROVAL-22", zh("请写明原因，最多 {most} 个字，不能换行。", most=NAME))
    return event(
        object=edition.reference, name=edition.title, ordinal=edition.ordinal, reason=said, **more
    )
