"""What every page of the portal shares: the same answer for everybody, kept by caches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from guiju.base.ui import language
from guiju.base.ui.middleware import Shared, share
from guiju.core.errors import Refusal
from guiju.core.lists.words import EditionState
from guiju.publish.portal.addresses import LANGUAGE
from guiju.publish.portal.reads.issues import NotThere

MINUTES = 5
"""How long caches keep a page; what is withdrawn is gone after that."""

_GONE = (EditionState.SUSPENDED, EditionState.REPEALED)

Page = Callable[..., HttpResponseBase]


def open_page(view: Page) -> Page:
    """Answer in the language of the address; say plainly where there is nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:  # noqa: ANN401 - as Django's
        spoken = language.chosen(request.GET.get(LANGUAGE))
        with translation.override(spoken):
            response = _answered(view, request, *args, **named)
        seconds = MINUTES * 60 if response.status_code == 200 else 60
        return share(response, Shared(seconds, spoken))

    return answer


def private_page(view: Page) -> Page:
    """As ``open_page``, for what somebody sends or gets alone: no cache keeps it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:  # noqa: ANN401 - as Django's
        with translation.override(language.chosen(request.GET.get(LANGUAGE))):
            return _said(view, request, *args, **named)

    return answer


def kept(request: HttpRequest, response: HttpResponse, etag: str, at: datetime) -> HttpResponse:
    """Return an answer with its mark and date, or that nothing has changed since."""
    response.headers["ETag"] = quote_etag(etag)
    response.headers["Last-Modified"] = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    found = get_conditional_response(
        request, etag=response.headers["ETag"], last_modified=int(at.timestamp()), response=response
    )
    return found if isinstance(found, HttpResponse) else response


def _answered(view: Page, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:  # noqa: ANN401
    response = _said(view, request, *args, **named)
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    if "ETag" in response.headers:
        return response
    etag = quote_etag(sha256(response.content).hexdigest())
    response.headers["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _said(view: Page, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:  # noqa: ANN401
    try:
        return view(request, *args, **named)
    except NotThere as nothing:
        was_there = nothing.state is not None or nothing.why is not None
        shown = {
            "was": nothing.state,
            "is_stopped": nothing.state in _GONE,
            "why": nothing.why,
        }
        return render(request, "portal/gone.html", shown, status=410 if was_there else 404)
    except Refusal as refusal:
        return render(request, "portal/refused.html", {"refusal": refusal}, status=400)
