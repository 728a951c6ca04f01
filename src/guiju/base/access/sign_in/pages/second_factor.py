"""One's own second factor: what there is, removing it, and recovery codes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from guiju.base.access.models import Account
from guiju.base.access.sign_in import library, reads
from guiju.base.access.sign_in.actions import factors
from guiju.base.access.sign_in.actions.passwords import require_own_password
from guiju.base.access.sign_in.forms import OwnPasswordForm
from guiju.base.access.sign_in.pages.whereto import own_account
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import refuse
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.OWN_ACCOUNT)
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show what the account can show besides its password."""
    return _shown(request, own_account(request), OwnPasswordForm(), status=200)


@needs(Permission.OWN_ACCOUNT)
@require_POST
@sensitive_post_parameters("password")
def remove(request: HttpRequest, identity: int) -> HttpResponse:
    """Take an app or a key out of use."""
    account, now = own_account(request), timezone.now()
    form = OwnPasswordForm(request.POST)
    if form.is_valid():
        try:
            require_own_password(request, account, form.cleaned_data["password"], at=now)
            factors.remove_factor(
                account,
                identity=identity,
                is_needed=reads.needs_second_factor(account, at=now),
                at=now,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            response = HttpResponseRedirect(reverse("access:second_factor"))
            add_toast(request, response, zh("已停用。"))
            return response
    return _shown(request, account, form, status=403)


@needs(Permission.OWN_ACCOUNT)
@require_POST
@sensitive_post_parameters("password")
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, once."""
    account, now = own_account(request), timezone.now()
    form = OwnPasswordForm(request.POST)
    if form.is_valid() and library.has_second_factor(account):
        try:
            require_own_password(request, account, form.cleaned_data["password"], at=now)
            return codes_page(request, factors.renew_codes(account, at=now))
        except Refusal as refusal:
            refuse(form, refusal)
    return _shown(request, account, form, status=403)


@needs(Permission.OWN_ACCOUNT)
@require_POST
@sensitive_post_parameters()
def codes_file(request: HttpRequest) -> HttpResponse:
    """Send the codes that the page has just shown as a file; only to who knows them."""
    account = own_account(request)
    codes = request.POST.getlist("code")
    if not library.are_codes_of(account, codes):
        return HttpResponseRedirect(reverse("access:second_factor"))
    lines = "".join(f"{code}\r\n" for code in codes)
    return download(lines.encode(), "guiju-recovery-codes.txt", "text/plain; charset=utf-8")


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Return the page that shows recovery codes, which no address leads back to."""
    return render(request, "access/sign_in/codes.html", {"codes": codes})


def _shown(
    request: HttpRequest, account: Account, form: OwnPasswordForm, *, status: int
) -> HttpResponse:
    now = timezone.now()
    shown = {"factors": reads.factors(account, at=now), "form": form, "now": now}
    return render(request, "access/sign_in/second_factor.html", shown, status=status)
