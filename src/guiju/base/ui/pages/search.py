"""Search: what Ctrl K opens, and a page of its own without script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui import palette as finding
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.terms import Permission


@needs(Permission.HELP_READ)
@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """Show what is found, or give it to the script (``as=json``)."""
    typed = request.GET.get("q", "")
    groups = finding.find(request, typed)
    if request.GET.get("as") == "json":
        return JsonResponse({"groups": [_told(group) for group in groups]})
    shown = {"groups": groups, "typed": typed[: finding.MOST_TYPED]}
    return render(request, "ui/search.html", shown)


def _told(group: finding.Group) -> dict[str, object]:
    hits = [
        {"label": say(hit.label), "link": hit.link, "note": say(hit.note)} for hit in group.hits
    ]
    return {"label": say(group.label), "hits": hits}
