"""Remarks on an edition, opened and in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from guiju.base.record import typed
from guiju.core.sentence import Sentence
from guiju.define.approval import texts
from guiju.define.approval.models import Comment
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.renumbered import codes_now

MOST_SHOWN = 500
"""Remarks on one edition that are shown, the newest ones."""

Place = tuple[str, str]
"""Table and code of an item; both empty for the edition as a whole."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark.

    Attributes:
        is_answer: whether it stands below the one that it answers.
        who: what its writer is called, once somebody has looked.
    """

    reference: str
    place: Place
    person: str
    text: str | Sentence
    at: datetime
    is_answer: bool
    who: str = ""


def remarks_of(edition: Edition) -> Mapping[Place, tuple[Remark, ...]]:
    """Return the remarks by their places, each with its answers below it; two queries.

    A remark stays where its item is, also when that has another code since.
    """
    now = codes_now(edition)
    rows = Comment.objects.filter(edition=edition).order_by("-number")[:MOST_SHOWN]
    found = sorted(rows, key=lambda one: (one.answers_id or one.number, one.number))
    placed: dict[Place, list[Remark]] = {}
    for one in found:
        told = Remark(
            one.reference,
            (one.kind, now.get((one.kind, one.code), one.code)),
            one.person,
            typed.opened(one.person, texts.REMARK, one.text),
            one.at,
            one.answers_id is not None,
        )
        placed.setdefault(told.place, []).append(told)
    return {place: tuple(told) for place, told in placed.items()}
