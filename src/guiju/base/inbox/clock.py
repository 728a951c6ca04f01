"""How a task stands in time: what is left, in words and as a share of what there was.

Pure: the calendar and the time are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guiju.base.ui import dates
from guiju.base.ui.parts import Clock
from guiju.core.calendar import WorkingCalendar
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit

_HOUR = timedelta(hours=1)
_NEAR = 80
"""Per cent of the time after which the clock takes on a colour."""


@dataclass(frozen=True, slots=True)
class Times:
    """What a task's clock is read from, in local time.

    Attributes:
        started: when the limit began to count.
        due: the last instant in time; None without one.
        unit: in what the limit is counted; None when only the last instant is given.
    """

    started: datetime
    due: datetime | None
    unit: LimitUnit | None = None


def read_clock(times: Times, now: datetime, calendar: WorkingCalendar) -> Clock:
    """Return how a task stands at ``now``; all instants in the same local time."""
    if times.due is None:
        return Clock(zh("无时限"), 0)
    if now > times.due:
        return _late(times.due, now, calendar)
    used = _used(times, times.due, now, calendar)
    working = calendar.working_days_between(now.date(), times.due.date())
    is_near = used >= _NEAR or working <= 1
    return Clock(_left(times, times.due, now, working), used, "near" if is_near else "calm")


def _late(due: datetime, now: datetime, calendar: WorkingCalendar) -> Clock:
    days = calendar.working_days_between(due.date(), now.date())
    hours = (now - due) // _HOUR
    if days:
        says = zh("已超期 {count} 个工作日", count=days)
    elif hours:
        says = zh("已超期 {count} 小时", count=hours)
    else:
        says = zh("已超期，不到 1 小时")
    return Clock(says, 100, "over")


def _left(times: Times, due: datetime, now: datetime, working: int) -> Sentence:
    if times.unit is LimitUnit.HOURS:
        hours = (due - now) // _HOUR
        return zh("还剩 {count} 小时", count=hours) if hours else zh("还剩不到 1 小时")
    if due.date() == now.date():
        return zh("今天 {clock} 到期", clock=_clock(due))
    if times.unit is LimitUnit.DAYS:
        return zh("还剩 {count} 天", count=(due.date() - now.date()).days)
    # A last day that was given as such may be a day off; then none is left that is worked.
    return zh("还剩 {count} 个工作日", count=working) if working else _on(due.date())


def due_words(due: datetime) -> Sentence:
    """Return the last instant in local time as the law calls it: the end of a day is 24:00."""
    return zh("{day} {clock}", day=dates.day(due.date()), clock=_clock(due))


def _on(day: date) -> Sentence:
    return zh("{month}月{day}日到期", month=day.month, day=day.day)


def _clock(due: datetime) -> str:
    """Return the time of day; the law's end of a day is 24:00 (民法典第203条)."""
    end = due + timedelta(microseconds=1)
    return "24:00" if end.date() != due.date() else f"{due:%H:%M}"


def _used(times: Times, due: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    if times.unit is LimitUnit.WORKING_DAYS:
        # A weekend uses up nothing of a limit in working days.
        whole = calendar.working_days_between(times.started.date(), due.date())
        part = calendar.working_days_between(times.started.date(), now.date())
        share = part / whole if whole else 1.0
    else:
        whole_time = (due - times.started) / _HOUR
        share = (now - times.started) / _HOUR / whole_time if whole_time > 0 else 1.0
    return round(100 * min(max(share, 0.0), 1.0))
