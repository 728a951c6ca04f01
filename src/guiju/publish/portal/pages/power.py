"""A power as everybody may see it: what it is, who handles it, how, how long, where to complain."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.lists.profile import Profile
from guiju.core.lists.sheet import PowerSheet
from guiju.core.terms import Permission
from guiju.define.lists.profiles import profile_of
from guiju.define.views.pages import shown
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import listed
from guiju.publish.portal.reads.issues import issue_at
from guiju.publish.portal.reads.powers import sheet_at


@needs(Permission.PUBLIC)
@require_safe
@open_page
def power(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Show the page."""
    issue = issue_at(identity)
    sheet = sheet_at(issue, code)
    context = power_context(issue, sheet, profile_of(issue.edition), timezone.localdate())
    return render(request, "portal/power.html", context)


def power_context(issue: Issue, sheet: PowerSheet, profile: Profile, on: date) -> dict[str, object]:
    """Return what the page shows."""
    risks = [
        (one, profile.grade_label(one.risk.grade) if one.risk.grade else "") for one in sheet.risks
    ]
    return {
        "one": listed(issue, on),
        "sheet": sheet,
        "power": sheet.power,
        "about": shown.about(sheet, profile),
        "bases": shown.bases(sheet),
        "limits": shown.limits(sheet),
        "picture": shown.picture(sheet),
        "tiers": shown.tiers(sheet.standards),
        "fee": shown.fee(sheet.power.fee),
        "risks": risks,
    }
