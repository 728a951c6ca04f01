"""Signing in by login name and password, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guiju.base.access.models import Account
from guiju.base.access.sign_in.actions import entering, leaving
from guiju.base.access.sign_in.forms import SignInForm
from guiju.base.access.sign_in.pages.whereto import after_sign_in, onward
from guiju.base.ui.forms import refuse
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "login_name")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let somebody in."""
    if isinstance(request.user, Account):
        return HttpResponseRedirect(onward(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            answer = entering.sign_in(
                request,
                login_name=form.cleaned_data["login_name"],
                password=form.cleaned_data["password"],
                onward=onward(request),
                at=now,
            )
            return after_sign_in(request, answer, at=now)
        except Refusal as refusal:
            refuse(form, refusal)
    shown = {"form": form, "next": onward(request), "provider": settings.SIGN_IN_PROVIDER}
    status = 403 if form.is_bound else 200
    return render(request, "access/sign_in/sign_in.html", shown, status=status)


@needs(Permission.PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; who is signed out already is led to the same page."""
    if isinstance(request.user, Account):
        leaving.sign_out(request, request.user, at=timezone.now())
    response = HttpResponseRedirect(reverse("access:sign_in"))
    add_toast(request, response, zh("已退出登录。公用的电脑上，请把浏览器也关上。"))
    return response
