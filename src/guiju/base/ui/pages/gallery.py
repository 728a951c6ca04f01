"""The gallery: a hall with everything in it, and a page for each exhibit and state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.gallery import STATES, exhibits, find_exhibit
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Tab
from guiju.core.terms import Permission


@needs(Permission.HELP_READ)
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Show what there is."""
    return render(request, "ui/gallery/hall.html", {"exhibits": exhibits(), "states": STATES})


@needs(Permission.HELP_READ)
@require_safe
def exhibit(request: HttpRequest, name: str, state: str = "typical") -> HttpResponse:
    """Show one exhibit in one state."""
    found = find_exhibit(name)
    if found is None or state not in STATES:
        raise Http404
    shown = {**found.show(request, state), "exhibit": found, "state": state}
    if found.is_screen:
        return render(request, found.template, shown)
    shown["tabs"] = [
        Tab(label, reverse("ui:exhibit_state", args=[name, one]), is_current=one == state)
        for one, label in STATES.items()
    ]
    return render(request, "ui/gallery/exhibit.html", shown)
