"""工作台: what needs me now, and beside it the open item with its actions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.inbox import reads
from guiju.base.inbox.kinds import FOLLOW_UP, kind_label
from guiju.base.inbox.people import colleagues_of
from guiju.base.inbox.policies import may_complete, may_direct
from guiju.base.inbox.reads import Inbox, TaskShown
from guiju.base.inbox.working_days import today
from guiju.base.ui import dates
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import read_cursor
from guiju.base.ui.parts import Tab
from guiju.base.ui.reader import may, standing
from guiju.core.access import Standing
from guiju.core.calendar import WorkingCalendar
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

WEEKDAYS = (
    zh("星期一"),
    zh("星期二"),
    zh("星期三"),
    zh("星期四"),
    zh("星期五"),
    zh("星期六"),
    zh("星期日"),
)


@needs(Permission.INBOX_USE)
@require_safe
def workbench(request: HttpRequest) -> HttpResponse:
    """Show the list and the open item; without a choice the most urgent one is open."""
    return shown(request, chosen=request.GET.get("task", ""))


def shown(request: HttpRequest, *, chosen: str, refusal: Refusal | None = None) -> HttpResponse:
    """Show the workbench, with what was refused if something was.

    Raises:
        Http404: the chosen task does not exist or is not for this reader.
        Invalid: PAGE-02 for a place in the list that is none.
    """
    reader, now = standing(request), timezone.now()
    cursor = None if refusal else read_cursor(request.GET, parts=2)
    found = reads.inbox(reader.person, at=now, cursor=cursor)
    task = _open(found, reader, chosen, now)
    unread = reads.unread_count(reader.person)
    context = {
        "page": found.page,
        "count": found.count,
        "task": task,
        "is_chosen": bool(chosen),
        "day_line": day_line(now, found.calendar),
        "tabs": tabs_of(request, "inbox:workbench", unread),
        "refusal": refusal,
        "typed": request.POST.get("note", "") if refusal else "",
        "now": now,
    }
    if task is not None:
        context |= _may(task, found, reader, now)
    return render(request, "inbox/workbench.html", context, status=_status(refusal))


def _status(refusal: Refusal | None) -> int:
    return 400 if refusal else 200


def _open(found: Inbox, reader: Standing, chosen: str, now: datetime) -> TaskShown | None:
    """Return the task that is open: the chosen one, else the first of the list."""
    if not chosen:
        return found.page.rows[0] if found.page.rows else None
    try:
        identity = UUID(chosen)
    except ValueError:
        raise Http404 from None
    task = next((one for one in found.page.rows if one.identity == identity), None)
    task = task or reads.task_shown(reader, identity, at=now)
    if task is None:
        raise Http404
    return task


def _may(task: TaskShown, found: Inbox, reader: Standing, now: datetime) -> dict[str, object]:
    """Return which actions stand beside the open task."""
    is_mine = may_complete(reader.person, task.whose, found.away)
    may_hand_on = task.is_to_do and (is_mine or may_direct(reader, task.whose))
    is_follow_up = task.kind == kind_label(FOLLOW_UP)
    return {
        "may_complete": task.is_to_do and is_mine,
        "may_withdraw": task.is_to_do and may_direct(reader, task.whose),
        "colleagues": colleagues_of(reader.person, at=now) if may_hand_on else (),
        "may_reassign": may_hand_on,
        "address": _address(task),
        "late_task": task.about.partition(":")[2] if is_follow_up else "",
        "may_read_record": reader.may(Permission.RECORD_READ),
    }


def _address(task: TaskShown) -> str:
    """Return where the task is dealt with; nothing when that page is no more."""
    if task.link is None:
        return ""
    try:
        return reverse(task.link.view, args=task.link.arguments)
    except NoReverseMatch:
        return ""


def tabs_of(request: HttpRequest, current: str, unread: int) -> tuple[Tab, ...]:
    """Return the pages of the workbench that are open to the reader; unread notices counted."""
    pages = [
        ("inbox:workbench", zh("要我办的"), None),
        ("inbox:notices", zh("通知"), unread or None),
    ]
    if may(request, Permission.TASK_ASSIGN):
        pages.append(("inbox:assigned", zh("我交办的"), None))
    if may(request, Permission.CALENDAR_EDIT):
        pages.append(("inbox:holidays", zh("节假日"), None))
    return tuple(Tab(label, reverse(view), view == current, count) for view, label, count in pages)


def day_line(now: datetime, calendar: WorkingCalendar) -> Sentence:
    """Return today's date and whether it is a working day."""
    day = today(now)
    kind = zh("工作日") if calendar.is_working(day) else zh("休息日，工作日时限不计")
    if calendar.is_provisional(day, day):
        kind = zh("{kind}（暂按周末推算）", kind=kind)
    return zh(
        "{day} {weekday} · {kind}", day=dates.day(day), weekday=WEEKDAYS[day.weekday()], kind=kind
    )
