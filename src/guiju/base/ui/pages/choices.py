"""What readers choose for themselves: the language, light or dark."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guiju.base.ui import language, plain, theme
from guiju.base.ui.needs import needs
from guiju.core.organisation.words import Shell
from guiju.core.terms import Permission

_YEAR = 365 * 24 * 60 * 60


@needs(Permission.PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to the page from which it was chosen."""
    chosen = language.chosen(request.POST.get("language"))
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, chosen)


@needs(Permission.PUBLIC)
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's choice and go back."""
    return _remembered(request, theme.COOKIE, theme.chosen(request.POST.get("theme")))


@needs(Permission.OWN_ACCOUNT)
@require_POST
def choose_shell(request: HttpRequest) -> HttpResponse:
    """Remember the plain or the full shell for this reader and go back."""
    wanted = request.POST.get("shell", "")
    known = {one.value for one in Shell}
    return _remembered(request, plain.cookie_of(request), wanted if wanted in known else "")


def _remembered(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    wanted = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(wanted if is_own else get_script_prefix())
    response.set_cookie(
        cookie,
        value,
        max_age=_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response
