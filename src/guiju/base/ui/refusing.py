"""Pages that say no: what is wrong, where, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from guiju.core.errors import Conflict, Denied, Invalid, Refusal

_STATUS = {Invalid: 400, Denied: 403, Conflict: 409}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page of a refusal: 400 for Invalid, 403 for Denied, 409 for Conflict."""
    status = _STATUS.get(type(refusal), 400)
    return render(request, "ui/refusal.html", {"refusal": refusal}, status=status)


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """Give words to Django's empty answer to a request of the wrong kind (405)."""
    page = render(request, "ui/wrong_method.html", status=405)
    page.headers["Allow"] = response.headers["Allow"]
    return page
