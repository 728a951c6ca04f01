"""Signing in at the provider: going there, and coming back."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from guiju.base.access.models import Account
from guiju.base.access.sign_in import lockout, refusals
from guiju.base.access.sign_in.actions import entering
from guiju.base.access.sign_in.actions.failing import count_stranger
from guiju.base.access.sign_in.address import address_of
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.forms import SignInForm
from guiju.base.access.sign_in.identity import Identity
from guiju.base.access.sign_in.openid import asking
from guiju.base.access.sign_in.openid.metadata import Silent
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.base.access.sign_in.pages.whereto import after_sign_in, onward
from guiju.base.ui.needs import needs
from guiju.core.errors import Refusal
from guiju.core.terms import Permission

_ASKED = "guiju_asked_provider"


@needs(Permission.PUBLIC)
@require_GET
def leave_for_provider(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    provider = _provider()
    if isinstance(request.user, Account):
        return HttpResponseRedirect(onward(request))
    back = request.build_absolute_uri(reverse("access:back_from_provider"))
    try:
        address, asked = asking.ask_provider(
            provider, back=back, onward=onward(request), at=timezone.now()
        )
    except Silent as silent:
        return _refused(request, refusals.provider_silent(provider.name, silent.reason))
    request.session[_ASKED] = asked.kept()
    return HttpResponseRedirect(address)


@needs(Permission.PUBLIC)
@require_GET
@sensitive_variables("identity")
def back_from_provider(request: HttpRequest) -> HttpResponse:
    """Let in who comes back from the provider, where an account fits; an answer is good once."""
    provider, now = _provider(), timezone.now()
    kept = request.session.pop(_ASKED, None)
    asked = asking.Asked(**kept) if kept else None
    try:
        identity = _identified(request, provider, asked)
        inside = entering.enter_as(request, identity, onward=kept["onward"], at=now)
    except Refusal as refusal:
        return _refused(request, refusal)
    return after_sign_in(request, inside, at=now)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the sign-in page, on which the next try begins, with what was wrong."""
    shown = {"form": SignInForm(), "provider": settings.SIGN_IN_PROVIDER, "refusal": refusal}
    return render(request, "access/sign_in/sign_in.html", shown, status=403)


def _provider() -> Provider:
    if settings.SIGN_IN_PROVIDER is None:
        raise Http404
    return settings.SIGN_IN_PROVIDER


def _identified(request: HttpRequest, provider: Provider, asked: asking.Asked | None) -> Identity:
    """Return who came back.

    Raises:
        Denied: SIGNIN-02 to SIGNIN-05; ACCESS-61.
    """
    now, address = timezone.now(), address_of(request)
    answer = {name: request.GET[name] for name in request.GET}
    if asked is None or not asking.is_answer(asked, answer, provider, at=now):
        raise refusals.unasked()
    if "error" in answer or not answer.get("code"):
        raise refusals.not_let_through(provider.name)
    lockout.require_open(lockout.known("", address), now)
    try:
        return asking.identify(provider, asked, answer["code"], at=now)
    except Silent as silent:
        raise refusals.provider_silent(provider.name, silent.reason) from None
    except asking.Doubtful:
        count_stranger(address, Factor.OPENID, is_known=False, at=now)
        raise refusals.doubtful(provider.name) from None
