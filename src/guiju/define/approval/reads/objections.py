"""Objections to an edition: what they say, how they were answered; and for who raised one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guiju.base.record import typed
from guiju.core.lists.words_chains import ObjectionState
from guiju.core.sentence import Sentence
from guiju.define.approval import texts
from guiju.define.approval.models import Objection, Review
from guiju.define.lists.models import Edition


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection; ``has_contact`` tells that an answer can reach somebody."""

    reference: str
    code: str
    text: str | Sentence
    has_contact: bool
    state: ObjectionState
    at: datetime
    answer: str | Sentence
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """The days of an edition's public notice."""

    first: date
    last: date


def objections_to(edition: Edition) -> tuple[ObjectionShown, ...]:
    """Return all objections to an edition, the newest first; one query."""
    rows = Objection.objects.filter(review__edition=edition).order_by("-number")
    return tuple(map(_shown, rows))


def objection_by_code(code: str) -> ObjectionShown | None:
    """Return an objection to whoever knows its code, such as who raised it; one query."""
    row = Objection.objects.filter(code=code.strip().upper()).first()
    return _shown(row) if row else None


def notice_of(edition: Edition) -> NoticeDays | None:
    """Return the days of an edition's public notice; None for none; one query."""
    rows = Review.objects.filter(edition=edition, notice_to__isnull=False).order_by("-ordinal")
    found = rows.first()
    if found is None or found.notice_from is None or found.notice_to is None:
        return None
    return NoticeDays(found.notice_from, found.notice_to)


def _shown(one: Objection) -> ObjectionShown:
    return ObjectionShown(
        one.reference,
        one.code,
        typed.opened(one.reference, texts.OBJECTION, one.text),
        one.contact is not None,
        ObjectionState.of(one.state),
        one.at,
        typed.opened(one.answered_by, texts.ANSWER, one.answer) if one.answered_by else "",
        one.answered_by,
        one.answered_at,
    )
