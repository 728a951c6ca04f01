"""Reminders before and after the last day, telling the superior, and the day's digest.

Everything here may be done by several workers at once and again after a crash: what was
told is known by its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.actions.tasks import assign_task, require_changed
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.clock import read_clock
from guiju.base.inbox.events import ESCALATED
from guiju.base.inbox.kinds import FOLLOW_UP
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.people import Absence, absences, superior
from guiju.base.inbox.policies import (
    MOST_BEFORE,
    earliest_due,
    is_to_escalate,
    ladder_of,
    reminder_due,
)
from guiju.base.inbox.states import STILL_TO_DO, NoticeKind, TaskState
from guiju.base.inbox.working_days import calendar_now, times_of
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.core.calendar import WorkingCalendar
from guiju.core.errors import Conflict
from guiju.core.flow.model import Limit
from guiju.core.ledger.entry import instant
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit

FOLLOW_UP_LIMIT = Limit(5, LimitUnit.WORKING_DAYS)
"""How long a superior may take to see to it: supervisors are supervised (epower: 5 days)."""

_AT_ONCE = 500


def remind_due(*, at: datetime) -> int:
    """Remind everybody whose time runs out or is over, and whoever stands in for them.

    Tasks that are late enough go to the superior as a task of their own.

    Returns:
        How many were told.
    """
    calendar, told = calendar_now(), 0
    for rows in _batches(at):
        away = absences({row.person for row in rows}, at=at)
        waiting = [one for row in rows for one in _tellings(row, at, calendar, away)]
        known = _known({telling.key for telling in waiting})
        told += sum(tell(one, by=SYSTEM, at=at) for one in waiting if one.key not in known)
        for row in rows:
            if row.state == TaskState.OPEN and _is_too_late(row, at, calendar):
                told += _escalate(row, at=at)
    return told


def send_digests(*, at: datetime) -> int:
    """Tell everybody once on a working day how much there is to do; return how many were told.

    Only those hear of it of whose tasks one is late or due within the next days.
    """
    now, calendar = timezone.localtime(at), calendar_now()
    if not calendar.is_working(now.date()):
        return 0
    late, soon = Q(due_at__lt=at), Q(due_at__lt=earliest_due(at))
    rows = (
        Task.objects.filter(state__in=STILL_TO_DO)
        .values("person")
        .annotate(
            count=Count("number"),
            late=Count("number", filter=late),
            soon=Count("number", filter=soon),
        )
        .filter(soon__gt=0)
        .order_by("person")
    )
    tellings = [
        Telling(
            row["person"],
            NoticeKind.DIGEST,
            _digest(row["count"], row["late"]),
            f"digest:{now.date()}:{row['person']}",
            about=row["person"],
        )
        for row in rows.iterator()
    ]
    known = _known({one.key for one in tellings})
    return sum(tell(one, by=SYSTEM, at=at) for one in tellings if one.key not in known)


def _digest(count: int, late: int) -> Sentence:
    if late:
        return zh("今天要办 {count} 件，其中 {late} 件已超期。", count=count, late=late)
    return zh("今天要办 {count} 件。", count=count)


def _batches(at: datetime) -> Iterator[list[Task]]:
    """Go through the tasks of which a reminder is thinkable, by number."""
    last = 0
    near = Q(due_at__lt=earliest_due(at))
    chosen = Q(remind_before__isnull=False, due_at__lt=earliest_due(at, ladder_of(MOST_BEFORE)))
    rows = Task.objects.filter(near | chosen, state__in=STILL_TO_DO)
    while some := list(rows.filter(number__gt=last).order_by("number")[:_AT_ONCE]):
        yield some
        last = some[-1].number


def _is_too_late(row: Task, at: datetime, calendar: WorkingCalendar) -> bool:
    times = times_of(row)
    return times.due is not None and is_to_escalate(times.due, timezone.localtime(at), calendar)


def _tellings(
    row: Task, at: datetime, calendar: WorkingCalendar, away: tuple[Absence, ...]
) -> Iterator[Telling]:
    """Say who is to be reminded of a task today; nobody when it is not due for it."""
    now, times = timezone.localtime(at), times_of(row)
    reminder = reminder_due(times, now, calendar, ladder_of(row.remind_before))
    if reminder is None:
        return
    left = read_clock(times, now, calendar).words
    says = zh("{left}：{task}", left=left, task=row.reference)
    instead = {one.substitute for one in away if one.absent == row.person and one.covers(row.post)}
    for person in sorted({row.person, *instead}):
        key = f"{reminder.kind}:{row.reference}:{reminder.day}:{person}"
        yield Telling(person, reminder.kind, says, key, row.reference, row.about)


def _known(keys: set[str]) -> set[str]:
    return set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))


def _escalate(row: Task, *, at: datetime) -> int:
    """Make it a task of the superior to see to it; return how many were told."""
    above = superior(row.person, row.post, at=at)
    if not above:
        return 0
    draft = ESCALATED(
        object=row.reference,
        matter=row.matter,
        to=above,
        person=row.person,
        due=instant(row.due_at) if row.due_at else "",
    )
    follow_up = NewTask(
        FOLLOW_UP,
        zh("督促办理超期的任务：{task}", task=row.reference),
        Holder(above, unit=row.unit, path=row.path),
        about=row.reference,
        matter=row.matter,
        limit=FOLLOW_UP_LIMIT,
        origin=f"escalated:{row.reference}",
    )
    telling = Telling(
        row.person,
        NoticeKind.ESCALATED,
        zh("已超期，已报上级督办：{task}", task=row.reference),
        f"escalated:{row.reference}",
        row.reference,
        row.about,
    )
    with suppress(Conflict), recording(draft, by=SYSTEM, at=at):
        require_changed(
            Task.objects.filter(pk=row.pk, state=TaskState.OPEN).update(
                state=TaskState.ESCALATED, escalated_at=at, escalated_to=above
            )
        )
        assign_task(follow_up, by=SYSTEM, at=at)
        tell(telling, by=SYSTEM, at=at)
        return 1
    return 0
