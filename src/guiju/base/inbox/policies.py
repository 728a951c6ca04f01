"""Who may do what with a task, and when somebody is reminded of one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guiju.base.inbox.clock import Times
from guiju.base.inbox.people import Absence
from guiju.base.inbox.states import NoticeKind
from guiju.core.access import Standing
from guiju.core.calendar import WorkingCalendar
from guiju.core.terms import LimitUnit, Permission


@dataclass(frozen=True, slots=True)
class Whose:
    """To whom a task belongs: the person, in a post, and the place of the unit."""

    person: str
    post: str
    path: str
    by: str
    escalated_to: str = ""


def stands_in(person: str, task: Whose, away: Iterable[Absence]) -> bool:
    """Tell whether ``person`` does this task for somebody who is absent."""
    return any(
        one.absent == task.person and one.substitute == person and one.covers(task.post)
        for one in away
    )


def may_complete(person: str, task: Whose, away: Iterable[Absence]) -> bool:
    """Tell whether ``person`` has to do it, or does it for somebody who is absent."""
    return bool(person) and (person == task.person or stands_in(person, task, away))


def may_direct(standing: Standing, task: Whose) -> bool:
    """Tell whether ``standing`` may withdraw a task or hand it on from above.

    Whoever gave it, whoever was told that it is late, and whoever may assign tasks there.
    """
    return bool(standing.person) and (
        standing.person in {task.by, task.escalated_to}
        or standing.may(Permission.TASK_ASSIGN, task.path)
    )


def may_see(standing: Standing, task: Whose, away: Iterable[Absence]) -> bool:
    """Tell whether a task may be opened at all."""
    return may_complete(standing.person, task, away) or may_direct(standing, task)


@dataclass(frozen=True, slots=True)
class Ladder:
    """When somebody is reminded, and when their superior is told.

    The steps of the provincial supervision of powers (江苏省 行政权力网上公开透明运行系统):
    a reminder on the last promised working day, a warning after it, the red card at two
    working days over.

    Attributes:
        before: working days before the last day on which to remind.
        after: working days after it on which to remind.
        every: after those, remind each time so many more working days have passed.
        escalate: working days after it from which the superior is told.
    """

    before: frozenset[int] = frozenset({0, 1})
    after: frozenset[int] = frozenset({1, 2, 3})
    every: int = 5
    escalate: int = 2


LADDER = Ladder()
MOST_BEFORE = 10
"""Working days before the last day on which somebody may choose to be reminded."""


def ladder_of(before: int | None) -> Ladder:
    """Return when to remind of a task for which somebody chose; the usual where nobody did."""
    return LADDER if before is None else Ladder(before=frozenset({0, min(before, MOST_BEFORE)}))


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is due: of what kind, for which day."""

    kind: NoticeKind
    day: date


def reminder_due(
    times: Times,
    now: datetime,
    calendar: WorkingCalendar,
    ladder: Ladder = LADDER,
) -> Reminder | None:
    """Return the reminder of a task that is due on this day, if there is one.

    On days off nobody is reminded of a limit in days; one in hours runs on (民法典第201条).

    Args:
        times: when the limit began, the last instant in time, in what it is counted.
        now: the time, local like those.
        calendar: which days are worked.
        ladder: when to remind.
    """
    started, due = times.started, times.due
    if due is None:
        return None
    if times.unit is LimitUnit.HOURS and now <= due:
        is_near = now >= due - (due - started) / 4
        return Reminder(NoticeKind.BEFORE, due.date()) if is_near else None
    if not calendar.is_working(now.date()):
        return None
    days = calendar.working_days_between(due.date(), now.date())
    if now <= due:
        is_due = -days in ladder.before and now.date() > started.date()
        return Reminder(NoticeKind.BEFORE, now.date()) if is_due else None
    is_due = days in ladder.after or days == 0 or days % ladder.every == 0
    return Reminder(NoticeKind.OVERDUE, now.date()) if is_due else None


def is_to_escalate(
    due: datetime, now: datetime, calendar: WorkingCalendar, ladder: Ladder = LADDER
) -> bool:
    """Tell whether a task is so late that the superior must know."""
    if now <= due:
        return False
    return calendar.working_days_between(due.date(), now.date()) >= ladder.escalate


def earliest_due(now: datetime, ladder: Ladder = LADDER) -> datetime:
    """Return until when a task must be due for any reminder to be thinkable now.

    Between two working days there are never more than 30 days, even with long holidays.
    """
    return now + timedelta(days=30 * max(ladder.before, default=0) + 1)


def reminder_days(last: date, before: int, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Return the day so many working days before the last one of a limit, and the last one."""
    early = last
    passed = 0
    while passed < before:
        early -= timedelta(days=1)
        passed += calendar.is_working(early)
    return (early, last)
