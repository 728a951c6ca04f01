"""Telling people that a tenure is near its end or over (S0-09): the holder, and who is above."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.people import superior
from guiju.base.inbox.states import NoticeKind
from guiju.base.inbox.working_days import today
from guiju.base.org.reads.rotation import RotationRow, rotation_due
from guiju.base.record.actor import SYSTEM
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.words_bodies import RotationState
from guiju.core.sentence import Sentence, zh


def remind_rotations(*, at: datetime) -> int:
    """Tell of each tenure once before its end and once after; return how many were told."""
    rows = rotation_due(EVERYWHERE, on=today(at))
    return sum(tell(one, by=SYSTEM, at=at) for row in rows for one in _tellings(row, at))


def _tellings(row: RotationRow, at: datetime) -> Iterator[Telling]:
    is_over = row.state is RotationState.OVERDUE
    kind = NoticeKind.OVERDUE if is_over else NoticeKind.BEFORE
    key = f"org.rotation:{row.post}:{row.person}:{row.due}:{row.state.value}"
    says = _over(row) if is_over else _before(row)
    for whom in dict.fromkeys([row.person, superior(row.person, row.post, at=at)]):
        if whom:
            yield Telling(whom, kind, says, f"{key}:{whom}", about=row.post)


def _before(row: RotationRow) -> Sentence:
    return zh(
        "{person}在「{post}」的最长任期到 {due} 满 {years} 年，请提前安排轮岗。",
        person=row.person,
        post=row.post,
        due=str(row.due),
        years=row.years,
    )


def _over(row: RotationRow) -> Sentence:
    return zh(
        "{person}在「{post}」的最长任期 {years} 年已在 {due} 期满，还没有轮岗。",
        person=row.person,
        post=row.post,
        due=str(row.due),
        years=row.years,
    )
