"""Search: powers in use, found by plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.core.lists.asking import MOST_ASKED
from guiju.core.lists.words import PowerKind
from guiju.core.sentence import Sentence
from guiju.core.terms import Permission
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.reads import found
from guiju.publish.portal.reads.issues import identity_of

_KINDS: dict[str, Sentence] = {one.value: one.label for one in PowerKind}


@needs(Permission.PUBLIC)
@require_safe
@open_page
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found."""
    question = " ".join(request.GET.get("q", "")[:MOST_ASKED].replace("\x00", " ").split())
    rows = found.search(question) if question else []
    return render(request, "portal/search.html", search_context(question, rows))


def search_context(question: str, rows: list[found.Found]) -> dict[str, object]:
    """Return what the page shows."""
    told = [(one, identity_of(one.edition), _KINDS.get(one.power.kind)) for one in rows]
    return {"question": question, "rows": told, "is_cut": len(rows) == found.MOST_FOUND}
