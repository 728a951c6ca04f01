"""One's own account, and where one is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.access import grants
from guiju.base.access.sign_in import library, reads
from guiju.base.access.sign_in.actions import leaving
from guiju.base.access.sign_in.pages.whereto import own_account as whose
from guiju.base.record.actor import Actor
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.OWN_ACCOUNT)
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account and what one can do about it."""
    account, now = whose(request), timezone.now()
    standing = grants.standing(account.person, timezone.localdate(now))
    shown = {
        "account": account,
        "roles": sorted(standing.roles, key=lambda role: role.value),
        "factors": reads.factors(account, at=now),
        "until": reads.password_until(account),
        "now": now,
    }
    return render(request, "access/sign_in/own_account.html", shown)


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, or end one session or all the others."""
    account, this = whose(request), request.session.session_key or ""
    if request.method != "POST":
        shown = {"sessions": reads.sessions(account, this=this), "now": timezone.now()}
        return render(request, "access/sign_in/own_sessions.html", shown)
    wanted = request.POST.get("session", "")
    others = [one for one in library.open_sessions(account) if one.session_key != this]
    going = [one for one in others if wanted in {str(one.pk), "others"}]
    leaving.revoke_sessions(account, going, by=Actor(account.person), at=timezone.now())
    response = HttpResponseRedirect(reverse("access:own_sessions"))
    add_toast(request, response, zh("已收回 {count} 处登录。", count=len(going)))
    return response
