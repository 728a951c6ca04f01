"""The chain as a row of dots: who signed, who is asked until when, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from guiju.base.inbox.reads_due import due_by_task
from guiju.core.lists.chains import ChainStep
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ReviewState
from guiju.core.sentence import Sentence, listing, zh
from guiju.define.approval.actions.effect import effect_day
from guiju.define.approval.finding import Plan
from guiju.define.approval.models import Review
from guiju.define.approval.reads.passages import Passage
from guiju.define.lists.models import Edition

Names = Mapping[str, str]
_KEPT_TOGETHER = "\u2060"
"""A word joiner, lest a narrow row breaks a day after its hyphen."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A step in the row.

    Attributes:
        state: ``done``, ``now``, ``wait``, ``back`` or ``vacant``.
        note: who and when, or until when.
    """

    name: Sentence | str
    state: str
    note: Sentence | str

    @property
    def word(self) -> Sentence:
        """The state in a word, for who does not see the dot."""
        return _WORDS[self.state]


_WORDS = {
    "done": zh("已办"),
    "now": zh("正在办"),
    "wait": zh("还没到"),
    "back": zh("退回"),
    "vacant": zh("没有人可签"),
}


def planned(plan: Plan) -> list[Dot]:
    """Return the row of a draft: whom its steps would ask today."""
    dots = [Dot(zh("送审"), "now", "")]
    for one in plan.steps:
        first = one.found.tiers[0] if one.found.tiers else ()
        names = listing([signer.name for signer in first], most=3)
        note = zh("{names}", names=names) if first else zh("没有人可签")
        dots.append(Dot(one.step.name, "wait" if first else "vacant", note))
    return dots


def passed(passage: Passage, edition: Edition, names: Names) -> list[Dot]:
    """Return the row of a passage, with notice and effect behind it."""
    review = passage.review
    submitter = names.get(review.submitter, "")
    dots = [Dot(zh("送审"), "done", _by(submitter, review.submitted_at))]
    dues = due_by_task(one.task for one in passage.seats if one.closed_at is None)
    for place, step in enumerate(passage.chain.steps):
        dots.append(_dot(passage, place, step, names, dues))
    if review.state in (ReviewState.OPEN.value, ReviewState.PASSED.value):
        dots += _behind(review, edition)
    return dots


def _dot(
    passage: Passage, place: int, step: ChainStep, names: Names, dues: Mapping[str, datetime]
) -> Dot:
    seats = {one.number: one for one in passage.seats if one.place == place}
    signs = [one for one in passage.signs if one.seat_id in seats]
    if any(one.is_return for one in signs):
        last = signs[-1]
        return Dot(step.name, "back", _by(names.get(last.person, ""), last.at))
    now = passage.progress
    if place in now.done or (signs and passage.review.state != ReviewState.OPEN.value):
        last = signs[-1]
        return Dot(step.name, "done", _by(names.get(last.person, ""), last.at))
    if place not in now.open:
        return Dot(step.name, "wait", "—")
    waiting = [one for one in seats.values() if one.closed_at is None]
    if not waiting:
        return Dot(step.name, "vacant", zh("今天没有人可签"))
    who = listing([names.get(one.person, "") for one in waiting], most=3)
    due = dues.get(waiting[0].task)
    if due is None:
        return Dot(step.name, "now", zh("{who}", who=who))
    return Dot(step.name, "now", zh("{who} 时限 {day}", who=who, day=short_day(due)))


def _behind(review: Review, edition: Edition) -> list[Dot]:
    state = EditionState.of(edition.state)
    in_use = edition.valid_from is not None
    dots = []
    if review.notice_from and review.notice_to:
        is_over = in_use or state is not EditionState.PUBLIC_NOTICE
        note = zh("{first} 至 {last}", first=_md(review.notice_from), last=_md(review.notice_to))
        dots.append(Dot(zh("公示"), "done" if is_over else "now", note))
    elif review.state == ReviewState.OPEN.value:
        dots.append(Dot(zh("公示"), "wait", "—"))
    if in_use:
        dots.append(Dot(zh("生效"), "done", _md(edition.valid_from)))
    elif review.ended_at is not None:
        day = effect_day(review, timezone.localdate(review.ended_at))
        dots.append(Dot(zh("生效"), "wait", zh("最早 {day}", day=_md(day))))
    else:
        dots.append(Dot(zh("生效"), "wait", "—"))
    return dots


def _by(name: str, at: datetime) -> Sentence:
    return zh("{name} {day}", name=name, day=short_day(at))


def short_day(at: datetime) -> str:
    """Return a day within the year, as the row has room for it: 11-18."""
    return _md(timezone.localdate(at))


def _md(on: date | None) -> str:
    return f"{on:%m}-{_KEPT_TOGETHER}{on:%d}" if on else ""
