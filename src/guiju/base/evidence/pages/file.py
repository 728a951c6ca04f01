"""One kept file: what it is, what it says about people and places, and taking it out."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.evidence import reads
from guiju.base.evidence.models import StoredFile
from guiju.base.record.scopes import units_in
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.terms import Permission


@needs(Permission.FILES_READ)
@require_safe
def file(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what is known of a file."""
    shown = {"file": reads.file_shown(found_file(request, identity)), "now": timezone.now()}
    return render(request, "evidence/file.html", shown)


@needs(Permission.FILES_READ, is_data=True)
@require_safe
def content(request: HttpRequest, identity: UUID, which: str) -> FileResponse:
    """Send the clean copy or the original, never to be shown inside our own origin."""
    row = found_file(request, identity)
    is_clean = which == "clean"
    if is_clean and not row.clean_sha256:
        raise Http404
    response = FileResponse(
        reads.open_content(row, clean=is_clean),
        as_attachment=True,
        filename=row.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def found_file(request: HttpRequest, identity: UUID) -> StoredFile:
    """Return the file that an address names, if its reader may see it.

    Raises:
        Http404: when there is none for them.
    """
    units = units_in(standing(request).scope(Permission.FILES_READ))
    row = reads.stored_file(identity, units=units, own=standing(request).person)
    if row is None:
        raise Http404
    return row
