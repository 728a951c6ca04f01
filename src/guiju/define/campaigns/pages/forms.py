"""Forms 2 to 6, on the page and as files, made from the data (S4 attachments)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.terms import Permission
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.campaigns.pages.frame import address, head, may_at, reached
from guiju.define.campaigns.papers import FORMS, paper_of
from guiju.define.campaigns.reads.sources import approved, source_of
from guiju.exchange.documents import DOCX, write_paper
from guiju.exchange.documents.sheet import XLSX, write_sheet

_WRITERS = {"docx": (DOCX, write_paper), "xlsx": (XLSX, write_sheet)}


@needs(Permission.LISTS_READ)
@require_safe
def forms(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show which forms there are, for the unit and for each post."""
    found = reached(request, identity)
    posts = Ask.objects.filter(campaign=found).order_by("number")
    shown = head(request, found, "campaigns:forms")
    shown |= contents(found, list(dict.fromkeys(posts.values_list("post_name", flat=True))))
    may_name = may_at(request, found, Permission.PERSON_READ)
    shown["approved"] = approved(found.edition, may_name=may_name)
    return render(request, "campaigns/forms.html", shown)


def contents(campaign: Campaign, posts: list[str]) -> dict[str, object]:
    """Return the forms with the addresses of their files."""
    return {
        "forms": [
            (kind, [(ending.upper(), address("campaigns:form", campaign, number, ending))
                    for ending in _WRITERS])
            for number, kind in FORMS.items()
        ],
        "posts": posts,
    }  # fmt: skip


@needs(Permission.LISTS_READ)
@require_safe
def form(request: HttpRequest, identity: UUID, number: int, ending: str) -> HttpResponse:
    """Return a form as a file; ``post`` in the query names the post that it is for."""
    found = reached(request, identity)
    kind = FORMS.get(number)
    if kind is None or ending not in _WRITERS:
        raise Http404
    may_name = may_at(request, found, Permission.PERSON_READ)
    today = timezone.localdate()
    source = source_of(found, kind, request.GET.get("post", ""), on=today, may_name=may_name)
    paper = paper_of(kind, source)
    content_type, write = _WRITERS[ending]
    answer = HttpResponse(write(paper), content_type=content_type)
    whose = f"{paper.title}-{source.post or source.unit}.{ending}"
    header = content_disposition_header(as_attachment=True, filename=whose)
    answer["Content-Disposition"] = header or "attachment"
    return answer
