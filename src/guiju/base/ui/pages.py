"""Pages of the shell itself: choosing the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guiju.base.ui import language

_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to the page from which it was chosen."""
    wanted = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(wanted if is_own else get_script_prefix())
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language.chosen(request.POST.get("language")),
        max_age=_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response
