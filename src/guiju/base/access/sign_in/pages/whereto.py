"""Where somebody goes after signing in, and whose account a page is about."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from guiju.base.access.models import Account
from guiju.base.access.sign_in import reads
from guiju.base.access.sign_in.actions.entering import SECOND_FACTOR_FLAG


def own_account(request: HttpRequest) -> Account:
    """Return the account that is signed in.

    Raises:
        Http404: when none is.
    """
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def onward(request: HttpRequest) -> str:
    """Return the page of ours that was wanted before signing in, or the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_own and wanted.startswith("/") else get_script_prefix()


def after_sign_in(request: HttpRequest, answer: HttpResponse, *, at: datetime) -> HttpResponse:
    """Return where to go: to a new password or a second factor first, where one is due."""
    account = request.user
    if not isinstance(account, Account):
        return answer  # the second factor is asked for next
    if account.must_change_password:
        return HttpResponseRedirect(reverse("access:password"))
    if not request.session.get(SECOND_FACTOR_FLAG) and reads.needs_second_factor(account, at=at):
        return HttpResponseRedirect(reverse("access:second_factor"))
    return answer
