"""Which days are worked here: the known holidays, amended by the notices that were loaded."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from guiju.base.inbox.clock import Times
from guiju.base.inbox.models import HolidayNotice, Task
from guiju.base.ui.paging import from_instant, to_instant
from guiju.core.calendar import Notice, Span, WorkingCalendar
from guiju.core.terms import LimitUnit
from guiju.exchange.holidays import china


def calendar_now() -> WorkingCalendar:
    """Return the calendar as the loaded notices leave it; one query.

    What is kept in memory is known by the content of the notices, not by when they were
    loaded: it is right in every process at once, and after a transaction that failed.
    """
    known = HolidayNotice.objects.order_by("number").values_list("sha256", flat=True)
    return _amended(tuple(known))


@lru_cache(maxsize=8)
def _amended(hashes: tuple[str, ...]) -> WorkingCalendar:
    calendar = china()
    if hashes:
        for row in HolidayNotice.objects.filter(sha256__in=hashes).order_by("number"):
            calendar = calendar.amended(notice_of(row))
    return calendar


def notice_of(row: HolidayNotice) -> Notice:
    """Return what a loaded notice says."""
    return Notice(frozenset(row.years), _dates(row.off), _dates(row.worked))


def due_at(calendar: WorkingCalendar, start: datetime, limit: Span) -> tuple[datetime, bool]:
    """Return the last instant in time, and whether it is provisional (暂按周末推算).

    Raises:
        Invalid: TIME-01 when the limit is negative.
    """
    due = calendar.due(from_instant(start), limit, offset=offset(start))
    return to_instant(due.at), due.provisional


def times_of(row: Task) -> Times:
    """Return what a task's clock is read from."""
    return Times(
        timezone.localtime(row.started_at),
        timezone.localtime(row.due_at) if row.due_at else None,
        LimitUnit.of(row.limit_unit) if row.limit_unit else None,
    )


def offset(at: datetime) -> int:
    """Return by how many minutes local time is ahead of UTC."""
    ahead = timezone.localtime(at).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def today(at: datetime) -> date:
    """Return the local day."""
    return timezone.localtime(at).date()


def _dates(texts: list[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))
