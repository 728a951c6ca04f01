"""Loading an official notice on holidays, and moving what falls due otherwise by it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet

from guiju.base.inbox.actions.tasks import require_changed
from guiju.base.inbox.events import LOADED, RECOMPUTED
from guiju.base.inbox.holiday_file import HolidayTable
from guiju.base.inbox.models import HolidayNotice, Task
from guiju.base.inbox.recomputing import Moved, first_day, moved_tasks
from guiju.base.inbox.states import STILL_TO_DO
from guiju.base.inbox.working_days import calendar_now
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, new_reference
from guiju.core.errors import Conflict
from guiju.core.ledger.entry import instant
from guiju.core.sentence import zh


def load_notice(table: HolidayTable, *, by: Actor, at: datetime) -> int:
    """Amend the calendar by a notice; return how many open tasks stand otherwise by it.

    Each of those is an event of the same passage. It never fails for years beyond those
    that are known: what is counted there stays provisional until their notice is loaded.

    Raises:
        Conflict: CALENDAR-08 when the same notice was loaded before.
    """
    row = HolidayNotice(
        reference=new_reference("holidays"),
        title=table.title,
        years=sorted(table.notice.years),
        off=sorted(day.isoformat() for day in table.notice.off),
        worked=sorted(day.isoformat() for day in table.notice.worked),
        sha256=table.sha256,
        loaded_at=at,
        loaded_by=by.person,
    )
    calendar, moved = calendar_now().amended(table.notice), 0
    try:
        with recording(_loaded(row), by=by, at=at, key=_key(table.sha256)) as passage:
            HolidayNotice.objects.bulk_create([row], ignore_conflicts=True)
            for one in moved_tasks(calendar, since=first_day(table.notice)):
                if _unmoved(one).update(due_at=one.due_at, due_provisional=one.provisional):
                    passage.add(_recomputed(one))
                    moved += 1
    except Conflict as refusal:
        if refusal.code != "RECORD-05":
            raise
        raise Conflict(
            "CALENDAR-08",
            zh("这份通知已经载入过，没有重复载入。请在列表里核对。"),
        ) from None
    return moved


def recompute_due(*, by: Actor, at: datetime) -> int:
    """Move what falls due otherwise by the calendar as it is; return how many tasks.

    A newer chinesecalendar package may know a further year, and a task may have been
    assigned in the very moment in which a notice was loaded.
    """
    moved = 0
    for one in list(moved_tasks(calendar_now())):
        with suppress(Conflict), recording(_recomputed(one), by=by, at=at):
            require_changed(
                _unmoved(one).update(due_at=one.due_at, due_provisional=one.provisional)
            )
            moved += 1
    return moved


def _unmoved(one: Moved) -> QuerySet[Task]:
    """Return the task if it still is as it was when the new instant was counted."""
    return Task.objects.filter(number=one.row.number, state__in=STILL_TO_DO, due_at=one.row.due_at)


def _loaded(row: HolidayNotice) -> Draft:
    return LOADED(
        object=row.reference,
        title=row.title,
        years=row.years,
        off=row.off,
        worked=row.worked,
        sha256=row.sha256,
    )


def _recomputed(one: Moved) -> Draft:
    return RECOMPUTED(
        object=one.row.reference,
        matter=one.row.matter,
        before=instant(one.row.due_at) if one.row.due_at else "",
        after=instant(one.due_at),
        provisional=one.provisional,
    )


def _key(sha256: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"guiju:inbox.calendar:{sha256}")
