"""What the reader may do with an edition now: buttons of its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from guiju.base.ui.reader import standing
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import SignAction
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.approval.actions.signing import errors_in, seat_of
from guiju.define.approval.reads.passages import Passage
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address


@dataclass(frozen=True, slots=True)
class Offer:
    """A button; ``why_not`` says why it cannot be pressed now."""

    label: Sentence
    link: str
    is_main: bool = False
    is_grave: bool = False
    why_not: Sentence | None = None


VERBS = {
    SignAction.EXAMINE: zh("审核通过"),
    SignAction.DECIDE: zh("审定通过"),
    SignAction.APPROVE: zh("批准"),
    SignAction.FILE: zh("登记备案"),
}


def offers(
    request: HttpRequest, edition: Edition, passage: Passage | None, on: date
) -> list[Offer]:
    """Return the buttons that the reader has now."""
    person, state = standing(request).person, EditionState.of(edition.state)
    may_edit = standing(request).may(Permission.LISTS_EDIT, edition.unit.path)
    found: list[Offer] = []
    if state is EditionState.DRAFT and may_edit:
        found.append(Offer(zh("送审"), address("approval:submit", edition), is_main=True))
    if state is EditionState.IN_REVIEW and passage is not None:
        found += _of_reviewer(edition, passage, person, on)
        if passage.review.submitter == person and not passage.signs:
            found.append(Offer(zh("撤回送审"), address("approval:take_back", edition)))
    if state is EditionState.PUBLIC_NOTICE and passage is not None:
        first, last = passage.review.notice_from, passage.review.notice_to
        if first and last and first <= on <= last:
            found.append(Offer(zh("提出异议"), address("approval:object", edition)))
    return found


def _of_reviewer(edition: Edition, passage: Passage, person: str, on: date) -> list[Offer]:
    seat = seat_of(passage, person, on)
    if seat is None:
        return []
    errors = len(errors_in(edition, on))
    why_not = zh("有 {count} 项须改，暂不能通过。", count=errors) if errors else None
    verb = VERBS[passage.chain.steps[seat.place].action]
    return [
        Offer(zh("退回"), address("approval:send_back", edition)),
        Offer(verb, address("approval:sign", edition), is_main=True, why_not=why_not),
    ]
