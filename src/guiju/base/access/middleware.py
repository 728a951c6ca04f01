"""What stands before every page: who asks, what they may, and the same no for all the rest.

A view without a mark is shown to nobody. Whoever may not see a page gets the answer that
a page gets which does not exist, so that nobody learns what there is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from guiju.base.access import grants, posts
from guiju.base.access.actions.tokens import PREFIX, find_token, note_token_use
from guiju.base.access.models import Account
from guiju.base.access.policies import (
    NOTED_EVERY,
    WHOLE_SESSION,
    AccountState,
    allows,
    without_second_factor,
)
from guiju.base.access.problems import read_only, too_often, unauthorized
from guiju.base.access.tokens import narrowed
from guiju.base.api.rates import seconds_to_wait
from guiju.base.record.actor import Actor
from guiju.base.ui.needs import READING, needs_of
from guiju.base.ui.reader import is_api, is_open
from guiju.core.access import STRANGER, Narrowed, Standing
from guiju.core.errors import Refusal
from guiju.core.terms import Permission

Answer = Callable[[HttpRequest], HttpResponseBase]

SECOND_FACTOR = "second_factor"
"""The session's word for having shown more than a password."""

_BEGAN, _SEEN = "guiju_began", "guiju_seen"
_BEARER = f"Bearer {PREFIX}"
_UNKNOWN = Actor("stranger")


class AccessMiddleware:
    """Puts ``standing`` and ``actor`` on every request, and asks them for what views need."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        request.standing = _standing(request, now)  # type: ignore[attr-defined]
        request.actor = _actor(request.standing, now)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[object, ...],
        _named: dict[str, object],
    ) -> HttpResponseBase | None:
        """Let a view be asked, lead to the sign-in, or say that there is nothing here.

        Raises:
            Http404: for whatever the reader may not see.
        """
        needs = needs_of(view)
        if needs is None:
            raise nothing_here(request)
        permission = needs.of(request.method)
        standing = cast("Standing", request.standing)  # type: ignore[attr-defined]
        if permission is Permission.PUBLIC:
            return None
        if not standing.person:
            return _sign_in_first(request, is_data=needs.is_data)
        if not allows(standing, permission):
            raise nothing_here(request)
        return _limited(request, standing) if is_api(request) else None


def nothing_here(request: HttpRequest) -> Http404:
    """Return what is raised for a page that the reader may not see, or that is not there.

    The page of it must not show by its marked entry in which area the address would lie.
    """
    request.resolver_match = None
    return Http404()


def _limited(request: HttpRequest, standing: Standing) -> HttpResponseBase | None:
    """Say no to whoever asks too often, and to a change by a token that only reads."""
    token = standing if isinstance(standing, Narrowed) else None
    who = token.token if token else standing.person
    if seconds := seconds_to_wait(who, at=timezone.now(), most=settings.API_PER_MINUTE):
        return too_often(seconds)
    if token and token.is_read_only and request.method not in READING:
        return read_only()
    if token:  # no browser sends one by itself, so no other site can forge such a request
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined] # noqa: SLF001 - Django's
    return None


def _standing(request: HttpRequest, now: datetime) -> Standing:
    if is_open(request):
        return STRANGER
    if is_api(request) and "Authorization" in request.headers:
        return _of_token(request, now)
    user = request.user
    if not isinstance(user, Account):
        if SESSION_KEY in request.session:  # of an account that was shut
            logout(request)
        return STRANGER
    if user.state(now) is not AccountState.OPEN or _is_over(request, now):
        logout(request)
        return STRANGER
    full = grants.standing(user.person, timezone.localdate(now))
    if user.must_change_password:
        return Standing(user.person)
    return full if request.session.get(SECOND_FACTOR) else without_second_factor(full)


def _of_token(request: HttpRequest, now: datetime) -> Standing:
    shown = request.headers["Authorization"]
    token = find_token(shown.removeprefix("Bearer "), at=now) if shown.startswith(_BEARER) else None
    if token is None:
        return STRANGER
    with suppress(Refusal):  # while nothing can be recorded, what is there can still be read
        note_token_use(token, at=now)
    return narrowed(grants.standing(token.account.person, timezone.localdate(now)), token)


def _is_over(request: HttpRequest, now: datetime) -> bool:
    """Tell whether a session was left alone for too long or is too old; note that it is used."""
    session, instant = request.session, now.timestamp()
    began = session.get(_BEGAN, instant)
    seen = session.get(_SEEN, instant)
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    if instant - seen > idle.total_seconds() or instant - began > WHOLE_SESSION.total_seconds():
        return True
    if _BEGAN not in session or instant - seen >= NOTED_EVERY.total_seconds():
        session[_BEGAN], session[_SEEN] = began, instant
    return False


def _actor(standing: Standing, now: datetime) -> Actor:
    """Return who acts; their post is looked up only when something asks for it."""
    if not standing.person:
        return _UNKNOWN
    found = SimpleLazyObject(lambda: posts.acting(standing.person, timezone.localdate(now)))
    return cast("Actor", found)


def _sign_in_first(request: HttpRequest, *, is_data: bool) -> HttpResponseBase:
    if is_data or is_api(request):
        return unauthorized()
    address = reverse("access:sign_in")
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
