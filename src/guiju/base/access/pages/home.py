"""The first page: to what the reader's work begins with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.navigation import entries
from guiju.base.ui.needs import needs
from guiju.core.terms import Permission


@needs(Permission.OWN_ACCOUNT)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first area that is open to the reader; to their account where none is."""
    first = next(iter(entries(request)), None)
    return HttpResponseRedirect(reverse(first.view if first else "access:own_account"))
