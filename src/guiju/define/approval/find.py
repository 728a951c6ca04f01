"""Finding what an act is about, and keeping the edition still while it is done."""

from __future__ import annotations

from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ReviewState
from guiju.core.sentence import zh
from guiju.define.approval.models import Objection, Review
from guiju.define.lists.models import Edition


def review_at(reference: str) -> Review:
    """Return the review with this reference, its edition and the edition's unit.

    Raises:
        Invalid: APPROVAL-06 when there is none.
    """
    found = Review.objects.select_related("edition__unit").filter(reference=reference).first()
    if found is None:
        raise Invalid("APPROVAL-06", zh("没有找到这次审签。请回到「送我审签的」，重新打开。"))
    return found


def objection_at(reference: str) -> Objection:
    """Return the objection with this reference, its review, edition and unit.

    Raises:
        Invalid: APPROVAL-07 when there is none.
    """
    rows = Objection.objects.select_related("review__edition__unit")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Invalid("APPROVAL-07", zh("没有找到这件异议。请刷新审核页面，重新打开。"))
    return found


def hold(edition: Edition, *states: EditionState) -> Edition:
    """Let nobody else move an edition before the door closes; return it as it is now.

    Raises:
        Denied: APPROVAL-08 where it is in none of these states.
    """
    now = Edition.objects.select_for_update().filter(number=edition.number).first()
    found = EditionState.of(now.state) if now else None
    if now is None or found not in states:
        raise Denied(
            "APPROVAL-08",
            zh(
                "「{name}」第 {ordinal} 版现在是「{state}」，不能这样办。请刷新页面查看。",
                name=edition.title,
                ordinal=edition.ordinal,
                state=found.label if found else "—",
            ),
        )
    return now


def hold_open(review: Review) -> Edition:
    """Hold the edition of a review that is still open.

    Raises:
        Denied: APPROVAL-08.
        Conflict: APPROVAL-09 when the review ended meanwhile.
    """
    held = hold(review.edition, EditionState.IN_REVIEW)
    now = Review.objects.filter(number=review.number).values_list("state", flat=True).first()
    if now != ReviewState.OPEN.value:
        raise Conflict("APPROVAL-09", zh("这次审签刚刚结束，没有再签。请刷新页面查看。"))
    return held
