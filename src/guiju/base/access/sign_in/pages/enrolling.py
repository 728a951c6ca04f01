"""Taking an authenticator app or a security key into use."""

from __future__ import annotations

import json

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guiju.base.access.models import Account
from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions import factors
from guiju.base.access.sign_in.actions.passwords import require_own_password
from guiju.base.access.sign_in.forms import AppForm, EnrolForm, KeyForm
from guiju.base.access.sign_in.pages.second_factor import codes_page
from guiju.base.access.sign_in.pages.whereto import own_account
from guiju.base.ui.forms import refuse
from guiju.base.ui.middleware import allow
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_SECRET = "guiju_app_secret"  # noqa: S105 - where the session keeps one, encrypted


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def enrol_app(request: HttpRequest) -> HttpResponse:
    """Show a fresh secret as a QR code and as text, and take the app into use by its code."""
    account, now = own_account(request), timezone.now()
    form = AppForm(request.POST or None, has_factor=library.has_second_factor(account))
    secret = _secret(request)
    if form.is_bound and form.is_valid():
        try:
            _require_password(request, account, form)
            codes = factors.enrol_app(
                request, account, secret=secret, code=form.cleaned_data["code"], at=now
            )
            del request.session[_SECRET]
            return _enrolled(request, codes)
        except Refusal as refusal:
            refuse(form, refusal)
    shown = {
        "form": form,
        "picture": _picture(library.app_address(account, secret)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    status = 403 if form.is_bound else 200
    return render(request, "access/sign_in/enrol_app.html", shown, status=status)


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def enrol_key(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a new security key, and take it into use."""
    account, now = own_account(request), timezone.now()
    form = KeyForm(request.POST or None, has_factor=library.has_second_factor(account))
    if form.is_bound and form.is_valid():
        try:
            _require_password(request, account, form)
            codes = factors.enrol_key(
                request,
                account,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
                at=now,
            )
            return _enrolled(request, codes)
        except Refusal as refusal:
            refuse(form, refusal)
    shown = {"form": form, "options": json.dumps(library.key_options(account))}
    status = 403 if form.is_bound else 200
    response = render(request, "access/sign_in/enrol_key.html", shown, status=status)
    return allow(response, "publickey-credentials-create")


def _require_password(request: HttpRequest, account: Account, form: EnrolForm) -> None:
    if "password" in form.fields:
        typed = form.cleaned_data["password"]
        require_own_password(request, account, typed, at=timezone.now())


def _enrolled(request: HttpRequest, codes: list[str]) -> HttpResponse:
    if codes:
        return codes_page(request, codes)
    response = HttpResponseRedirect(reverse("access:second_factor"))
    add_toast(request, response, zh("已启用。下次登录时可以用它验证。"))
    return response


def _secret(request: HttpRequest) -> str:
    """Return the secret on offer: one for as long as the page is tried, never in the clear."""
    if request.method == "POST" and _SECRET in request.session:
        return library.unseal(request.session[_SECRET])
    secret = library.new_secret()
    request.session[_SECRET] = library.seal(secret)
    return secret


def _picture(address: str) -> SafeString:
    code = segno.make_qr(address, error="m")
    return SafeString(code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))
