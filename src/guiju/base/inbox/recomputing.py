"""Which open tasks fall due at another time under another calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from guiju.base.inbox.models import Task
from guiju.base.inbox.states import STILL_TO_DO
from guiju.base.inbox.working_days import due_at
from guiju.core.calendar import Notice, WorkingCalendar
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit

_AT_ONCE = 500
_A_DAY = timedelta(days=1)
"""More than any time zone is away from UTC."""

_COLUMNS = (
    *("number", "reference", "matter", "started_at", "limit_amount", "limit_unit"),
    *("due_at", "due_provisional"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A task whose last instant is another one now, or is settled at last.

    Attributes:
        row: the task as it stands.
        due_at: the last instant under the new calendar.
        provisional: whether that still rests on weekends alone.
    """

    row: Task
    due_at: datetime
    provisional: bool

    @property
    def is_other_day(self) -> bool:
        """Whether the last instant itself changes, not only its being provisional."""
        return self.due_at != self.row.due_at


def moved_tasks(calendar: WorkingCalendar, *, since: date | None = None) -> Iterator[Moved]:
    """Yield the open tasks that stand otherwise under ``calendar``, by number.

    Args:
        calendar: the new one.
        since: the first day of which it says something new: what was due before cannot move.
    """
    rows = Task.objects.filter(
        state__in=STILL_TO_DO, limit_unit__in=(LimitUnit.DAYS, LimitUnit.WORKING_DAYS)
    )
    if since is not None:
        rows = rows.filter(due_at__gte=datetime.combine(since, time.min, UTC) - _A_DAY)
    rows = rows.only(*_COLUMNS).order_by("number")
    last = 0
    while some := list(rows.filter(number__gt=last)[:_AT_ONCE]):
        last = some[-1].number
        for row in some:
            limit = Limit(row.limit_amount or 0, LimitUnit.of(row.limit_unit))
            due, provisional = due_at(calendar, row.started_at, limit)
            if (due, provisional) != (row.due_at, row.due_provisional):
                yield Moved(row, due, provisional)


def first_day(notice: Notice) -> date:
    """Return the first day of which a notice says something."""
    return min([*notice.off, *notice.worked, *(date(year, 1, 1) for year in notice.years)])
