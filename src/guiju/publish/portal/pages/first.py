"""The first page: one search box, what is in effect and what is in public notice, the units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.lists.words import EditionState
from guiju.core.terms import Permission
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import Listed, listed
from guiju.publish.portal.reads.issues import today

NEWEST = 8


@needs(Permission.PUBLIC)
@require_safe
@open_page
def first(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "portal/first.html", first_context(today(), timezone.localdate()))


def first_context(issues: Sequence[Issue], on: date) -> dict[str, object]:
    """Return what the page shows of these editions."""
    told = [listed(one, on) for one in issues]
    in_effect = [one for one in told if one.state is EditionState.EFFECTIVE]
    noticed = [one for one in told if one.state is EditionState.PUBLIC_NOTICE]
    return {
        "newest": sorted(in_effect, key=_since, reverse=True)[:NEWEST],
        "notices": sorted(noticed, key=lambda one: one.issue.notice_to or date.max),
        "units": in_effect,
        "powers": sum(one.powers for one in in_effect),
    }


def _since(one: Listed) -> tuple[date, int]:
    return one.issue.edition.valid_from or date.min, one.issue.pk or 0
