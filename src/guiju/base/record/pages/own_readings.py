"""谁看过我的信息: what of the reader's own sealed data was opened, by whom, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record.unsealing import readings_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.terms import Permission


@needs(Permission.INBOX_USE)
@require_safe
def own_readings(request: HttpRequest) -> HttpResponse:
    """Show who read what about oneself; nobody else's is ever shown here."""
    now = timezone.now()
    found = readings_of(standing(request).person, on=timezone.localdate(now))
    shown = {"readings": found.rows, "now": now, "is_cut": found.is_cut}
    return render(request, "record/own_readings.html", shown)
