"""A published edition: whose, which, since when, its powers by kind, what is not public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.terms import Permission
from guiju.publish.portal.addresses import at
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import listed, missing
from guiju.publish.portal.reads.issues import (
    NotThere,
    current_of,
    groups_of,
    identity_of,
    issue_at,
    of_unit,
)
from guiju.publish.portal.reads.powers import PowerPage, powers_of
from guiju.publish.portal.reads.proofs import sealed_of

_LARGEST = 2**31 - 1


@needs(Permission.PUBLIC)
@require_safe
@open_page
def edition(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the page."""
    issue = issue_at(identity)
    kind, after = request.GET.get("kind", "")[:40].replace("\x00", ""), _after(request)
    page = powers_of(issue, kind, after)
    context = edition_context(issue, page, of_unit(issue), timezone.localdate())
    sealed = sealed_of(issue)
    return render(
        request, "portal/edition.html", context | {"kind": kind, "after": after, "sealed": sealed}
    )


@needs(Permission.PUBLIC)
@require_safe
@open_page
def current(_request: HttpRequest, unit: UUID) -> HttpResponse:
    """Lead to what is in effect of a unit; the address stays the same from edition to edition."""
    found = current_of(unit)
    if found is None:
        raise NotThere
    return HttpResponseRedirect(at("edition", identity_of(found.edition.reference)))


def edition_context(
    issue: Issue, page: PowerPage, others: Sequence[Issue], on: date
) -> dict[str, object]:
    """Return what the page shows."""
    return {
        "one": listed(issue, on),
        "groups": groups_of(issue),
        "page": page,
        "missing": missing(issue),
        "others": [listed(other, on) for other in others if other.pk != issue.pk],
        "has_changes": issue.groups is not None and issue.edition.ordinal > 1,
    }


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 11
    return min(int(text), _LARGEST) if is_number else -1
