"""权力标签: one power on one page, like a nutrition label (S3-49, ui.md)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from guiju.base.record.actor import actor_of
from guiju.base.record.exported import note_export
from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import may
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import address, reached
from guiju.define.views.pages import shown
from guiju.define.views.pages.frame import frame, sheet_link
from guiju.define.views.pages.papers import sheet_paper
from guiju.define.views.reads.sealed import sealed_of
from guiju.define.views.reads.sheets import FoundSheet, HeldPost, sheet_for
from guiju.exchange.documents import DOCX, Paper, write_paper

MOST_PARTS = 60
"""Sub-items that a page names; the others stand in the table of powers."""


@needs(Permission.LISTS_READ)
@require_safe
def power(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Show the page, or send it as a document."""
    edition = reached(request, identity)
    found = sheet_for(edition, code, timezone.localdate())
    if found is None:
        raise Http404
    sealed = sealed_of(edition)
    if request.GET.get("format") == "docx":
        return document(request, sheet_paper(edition, found, sealed), filters=code, count=1)
    name = found.sheet.power.name or code
    context = frame(request, edition, "views:powers", Crumb(name)) | sheet_context(
        found, with_names=may(request, Permission.PERSON_READ)
    )
    main = found.sheet.main
    context |= {
        "main_at": sheet_link(edition, main.code) if main else "",
        "parts": [
            (one.title or one.code, one.code, sheet_link(edition, one.code))
            for one in found.parts[:MOST_PARTS]
        ],
        "more_parts": max(0, len(found.parts) - MOST_PARTS),
        "number": shown.record_number(sealed),
        "event_at": reverse("record:event", args=[sealed.key])
        if sealed and may(request, Permission.RECORD_READ)
        else "",
    }
    context["links"] = {
        "all": address("lists:item", edition, ItemKind.POWER.value, code),
        "history": address("lists:history", edition),
    }
    return render(request, "views/power.html", context)


def sheet_context(found: FoundSheet, *, with_names: bool) -> dict[str, object]:
    """Return what the template shows of a power."""
    sheet, profile = found.sheet, found.profile
    grade = sheet.grade
    return {
        "found": found,
        "sheet": sheet,
        "power": sheet.power,
        "about": shown.about(sheet, profile),
        "grade": grade,
        "grade_label": zh("{grade}风险", grade=profile.grade_label(grade)) if grade else None,
        "proof": shown.proof_badge(found),
        "faults": found.proof.faults[:1] if found.proof else (),
        "people": shown.people(found),
        "are_enough": shown.are_enough(found),
        "bases": shown.bases(sheet),
        "held": [_held(one, with_names=with_names) for one in found.held],
        "limits": shown.limits(sheet),
        "is_over": shown.is_over(sheet),
        "picture": shown.picture(sheet),
        "risks": [
            (one, profile.grade_label(one.risk.grade) if one.risk.grade else "")
            for one in sheet.risks
        ],
        "tiers": shown.tiers(sheet.standards),
        "fee": shown.fee(sheet.power.fee),
        "publication": shown.publication(sheet.power.publication),
    }


def _held(post: HeldPost, *, with_names: bool) -> dict[str, object]:
    """Return a post with its holders; names only for whoever may know people."""
    names = (*post.holders, *post.deputies)
    return {
        "name": post.name,
        "link": page_of("org:post", post.reference),
        "holders": "、".join(post.holders) if with_names else "",
        "deputies": "、".join(post.deputies) if with_names else "",
        "count": len(names),
        "vacant": Badge("warn", zh("空缺")) if post.is_vacant else None,
        "with_names": with_names,
    }


def document(request: HttpRequest, paper: Paper, *, filters: str, count: int) -> HttpResponse:
    """Send a document; that it was taken away is an event."""
    name = zh("{name}", name=paper.title)
    note_export(
        name=name,
        filters=filters,
        form="docx",
        count=count,
        by=actor_of(request),
        at=timezone.now(),
    )
    header = content_disposition_header(as_attachment=True, filename=f"{paper.title}.docx")
    return HttpResponse(
        write_paper(paper),
        content_type=DOCX,
        headers={"Content-Disposition": header or "attachment"},
    )
