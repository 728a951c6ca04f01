"""What holds for every page: isolation from other sites, the language, and how a no looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from guiju.base.ui import language
from guiju.base.ui.reader import is_api
from guiju.base.ui.refusing import refused, wrong_method
from guiju.base.ui.toasts import forget_shown
from guiju.core.errors import Refusal

Answer = Callable[[HttpRequest], HttpResponseBase]

_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser could do and no page here may (design.md, promise 6: no location, no device)."""

_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ALLOWED = "guiju_allowed"
_SHARED = "guiju_shared"


@dataclass(frozen=True, slots=True)
class Shared:
    """That everybody gets the same answer: how many seconds it may be kept, its language."""

    seconds: int
    language: str


def share(response: HttpResponseBase, shared: Shared) -> HttpResponseBase:
    """Let caches keep an answer that is the same for everybody; return it.

    It says nothing of the reader, and sets no cookie.
    """
    setattr(response, _SHARED, shared)
    return response


def _shared(response: HttpResponseBase) -> Shared | None:
    return getattr(response, _SHARED, None)


def allow(response: HttpResponse, feature: str) -> HttpResponse:
    """Let one page use what no other may, such as a security key; return the page.

    Raises:
        ValueError: for what is not forbidden elsewhere.
    """
    if feature not in _FEATURES:
        raise ValueError(feature)
    setattr(response, _ALLOWED, feature)
    return response


def _features(response: HttpResponseBase) -> str:
    allowed = getattr(response, _ALLOWED, None)
    return ", ".join(f"{one}=({'self' if one == allowed else ''})" for one in _FEATURES)


class IsolationMiddleware:
    """Keeps pages away from other sites and out of every cache (security.md, section 1)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        response.headers["Permissions-Policy"] = _features(response)
        if shared := _shared(response):
            response.headers["Cache-Control"] = f"public, max-age={shared.seconds}"
            response.cookies.clear()
            response.headers.pop("Vary", None)
        return response


class LanguageMiddleware:
    """Speaks Chinese, unless the reader's cookie says English; the browser is not asked.

    A program has no cookie to choose by: the API goes by ``Accept-Language``.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_api(request):
            by = "Accept-Language"
            chosen = language.accepted(request.headers.get(by, ""))
        else:
            by = "Cookie"
            chosen = language.chosen(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        with translation.override(chosen):
            response = self.get_response(request)
        shared = _shared(response)
        response.headers["Content-Language"] = shared.language if shared else chosen
        patch_vary_headers(response, [by])
        return response


class RefusalMiddleware:
    """Turns a refusal that a view raises into a page with its sentence and code."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return wrong_method(request, response) if response.status_code == 405 else response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer a refusal; leave everything else to Django's own pages."""
        return refused(request, exception) if isinstance(exception, Refusal) else None


class ToastMiddleware:
    """Drops the message after an action once a page has shown it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        forget_shown(request, response)
        return response
