"""How anyone checks that a published edition is what was approved, and the files for it."""

from __future__ import annotations

import sys
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record import proving
from guiju.base.ui.downloads import download
from guiju.base.ui.needs import needs
from guiju.core.terms import Permission
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import Listed, listed
from guiju.publish.portal.reads import proofs
from guiju.publish.portal.reads.issues import issue_at


@needs(Permission.PUBLIC)
@require_safe
@open_page
def how(request: HttpRequest) -> HttpResponse:
    """Say how to check."""
    return render(request, "portal/verify.html")


@needs(Permission.PUBLIC)
@require_safe
@open_page
def proof(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what proves an edition."""
    issue = issue_at(identity)
    one = listed(issue, timezone.localdate())
    shown = proof_context(one, proofs.sealed_of(issue), proving.covered())
    return render(request, "portal/proof.html", shown)


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def bundle(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give all files that prove an edition; until it is sealed say that it takes a moment."""
    issue = issue_at(identity, whole=True)
    packed = proofs.bundle(issue, _readme(issue))
    if packed is None:
        return render(request, "portal/soon.html", status=503)
    return download(packed, f"proof-{issue.digest[:12]}.zip", "application/zip")


def proof_context(
    one: Listed, sealed: dict[str, int | None], covered: int = sys.maxsize
) -> dict[str, object]:
    """Return what the page shows; ``covered`` is how many entries a checkpoint covers."""
    return {
        "one": one,
        "sealed": sealed,
        "is_sealed": all(n is not None and n < covered for n in sealed.values()),
    }


def _readme(issue: Issue) -> str:
    return render_to_string("portal/readme.html", {"issue": issue})
