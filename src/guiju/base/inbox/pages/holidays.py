"""The calendar: which notices were loaded, and loading another one after looking at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guiju.base.inbox import actions, reads
from guiju.base.inbox.holiday_file import MOST_BYTES, HolidayTable, read_holidays
from guiju.base.inbox.pages.workbench import WEEKDAYS, day_line, tabs_of
from guiju.base.inbox.recomputing import first_day, moved_tasks
from guiju.base.inbox.states import DayKind
from guiju.base.inbox.working_days import calendar_now
from guiju.base.record.actor import actor_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.errors import Conflict, Refusal
from guiju.core.sentence import Sentence
from guiju.core.terms import Permission


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a notice speaks of.

    Attributes:
        changes: whether it was judged otherwise until now.
    """

    date: date
    weekday: Sentence
    kind: DayKind
    changes: bool


@needs(Permission.CALENDAR_EDIT)
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """Show the loaded notices and the form for another one."""
    return _shown(request)


@needs(Permission.CALENDAR_EDIT)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what a notice would change, before anything is changed."""
    try:
        table = _table(request)
    except Refusal as refusal:
        return _shown(request, refusal)
    calendar = calendar_now()
    moved = list(moved_tasks(calendar.amended(table.notice), since=first_day(table.notice)))
    context = {
        "table": table,
        "days": _days(table),
        "years": sorted(table.notice.years),
        "moved": sum(one.is_other_day for one in moved),
        "settled": sum(not one.is_other_day for one in moved),
    }
    return render(request, "inbox/preview.html", context)


@needs(Permission.CALENDAR_EDIT)
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load the notice that was looked at."""
    try:
        actions.load_notice(_table(request), by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return _shown(request, refusal)
    return HttpResponseRedirect(reverse("inbox:holidays"))


def _shown(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    calendar = calendar_now()
    context = {
        "tabs": tabs_of(request, "inbox:holidays", reads.unread_count(standing(request).person)),
        "notices": reads.holiday_notices(),
        "known": _known(calendar.years),
        "day_line": day_line(timezone.now(), calendar),
        "refusal": refusal,
        "typed": {name: request.POST.get(name, "") for name in ("title", "years", "days")},
        "now": timezone.now(),
    }
    return render(request, "inbox/holidays.html", context, status=_status(refusal))


def _known(years: frozenset[int]) -> tuple[int, int]:
    """Return the first known year and the last before one that is not known."""
    first = min(years)
    return first, next(year for year in count(first) if year + 1 not in years)


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    return 409 if isinstance(refusal, Conflict) else 400


def _table(request: HttpRequest) -> HolidayTable:
    """Read the file that was sent, or else what was typed."""
    sent = request.FILES.get("file")
    content = sent.read(MOST_BYTES + 1) if sent else request.POST.get("days", "").encode()
    return read_holidays(
        content, title=request.POST.get("title", ""), years=request.POST.get("years", "")
    )


def _days(table: HolidayTable) -> list[Day]:
    calendar = calendar_now()
    marked = [(day, DayKind.OFF) for day in table.notice.off]
    marked += [(day, DayKind.WORKED) for day in table.notice.worked]
    return [
        Day(
            day,
            WEEKDAYS[day.weekday()],
            kind,
            calendar.is_working(day) != (kind is DayKind.WORKED),
        )
        for day, kind in sorted(marked)
    ]
