"""What the reader was told, and noting that it was read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guiju.base.inbox import actions, reads
from guiju.base.inbox.actions.notices import MOST_AT_ONCE
from guiju.base.inbox.pages.workbench import tabs_of
from guiju.base.record.actor import actor_of
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import read_cursor
from guiju.base.ui.reader import standing
from guiju.core.terms import Permission


@needs(Permission.INBOX_USE)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show a page of notices, the newest first."""
    person = standing(request).person
    cursor = read_cursor(request.GET, parts=2)
    now = timezone.now()
    page, unread = reads.notices(person, at=now, cursor=cursor), reads.unread_count(person)
    context = {
        "page": page,
        "tabs": tabs_of(request, "inbox:notices", unread),
        "has_unread": any(one.is_unread for one in page.rows),
        "now": now,
    }
    return render(request, "inbox/notices.html", context)


@needs(Permission.INBOX_USE)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that the notices on the page were read."""
    sent = request.POST.getlist("notice")[:MOST_AT_ONCE]
    numbers = {int(text) for text in sent if text.isascii() and text.isdecimal() and len(text) < 19}
    person = standing(request).person
    actions.read_notices(person, numbers=numbers, by=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(reverse("inbox:notices"))
