"""Changing one's password, and setting the first one by a one-time link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from guiju.base.access.actions.links import find_link, use_link
from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions import entering, passwords
from guiju.base.access.sign_in.forms import ChangePasswordForm, NewPasswordForm
from guiju.base.access.sign_in.pages.whereto import after_sign_in, own_account
from guiju.base.ui.forms import refuse
from guiju.base.ui.needs import needs
from guiju.base.ui.refusing import refused
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def change(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    account, now = own_account(request), timezone.now()
    form = ChangePasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            passwords.change_password(
                request,
                account,
                old=given["password"],
                new=(given["new"], given["again"]),
                at=now,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            home = HttpResponseRedirect(reverse("access:own_account"))
            response = after_sign_in(request, home, at=now)
            add_toast(request, response, zh("密码已修改。其他地方的登录都已失效。"))
            return response
    shown = {"form": form, "must": account.must_change_password}
    status = 403 if form.is_bound else 200
    return render(request, "access/sign_in/password.html", shown, status=status)


@needs(Permission.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("token")
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a link that works once, and sign in with it."""
    now = timezone.now()
    link = find_link(token, at=now)
    if link is None:
        return _no_link(request, token)
    form = NewPasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            account = passwords.set_password_by_link(
                token, new=(given["new"], given["again"]), at=now
            )
            library.leave(request)  # whoever else was signed in here
            inside = entering.after_password(request, account, onward=get_script_prefix(), at=now)
            return after_sign_in(request, inside, at=now)
        except Refusal as refusal:
            refuse(form, refusal)
    shown = {"form": form, "login_name": link.account.login_name}
    status = 403 if form.is_bound else 200
    return render(request, "access/sign_in/one_time_link.html", shown, status=status)


def _no_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        use_link(token, at=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal)
    return HttpResponseRedirect(request.path)
