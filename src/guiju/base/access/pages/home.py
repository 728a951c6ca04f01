"""The first page: to what the reader's work begins with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.navigation import entries, front
from guiju.base.ui.needs import needs
from guiju.base.ui.plain import is_plain, offered
from guiju.base.ui.reader import reader, standing
from guiju.core.terms import Permission


@needs(Permission.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the plain shell's entries, or go to the first area that is open to the reader.

    To their account where none is; who has not signed in goes to what is public.
    """
    if not standing(request).person:
        return HttpResponseRedirect(reverse(front()))
    if is_plain(request):
        who = reader(request)
        shown = {"large": offered(request), "name": who.name if who else ""}
        return render(request, "ui/plain_home.html", shown)
    first = next(iter(entries(request)), None)
    return HttpResponseRedirect(reverse(first.view if first else "access:own_account"))
