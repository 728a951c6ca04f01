"""One's own tokens of the API: making one, which is shown once, and ending one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.access import own_tokens, places
from guiju.base.access.actions.tokens import MOST_NAME, issue_token, revoke_token
from guiju.base.access.matrix import routes
from guiju.base.access.pages.acting import Act, acted
from guiju.base.access.sign_in.pages.whereto import own_account
from guiju.base.record.actor import actor_of
from guiju.base.ui.forms import Form, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.core.access import Standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission

USUAL = timedelta(days=90)
"""How long a token is good unless its maker says otherwise."""

_METHODS = ["GET", "HEAD", "POST"]


class TokenForm(Form):
    """For what, what it may at most, where, and until when."""

    name = forms.CharField(
        label=said(zh("给哪个程序用")),
        help_text=said(zh("写清楚，日后才知道能不能作废")),
        max_length=MOST_NAME,
    )
    is_read_only = forms.BooleanField(label=said(zh("只读，不能办理任何事")), required=False)
    permissions = forms.MultipleChoiceField(
        label=said(zh("权限")),
        help_text=said(zh("只选这个程序用得着的")),
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ChoiceField(
        label=said(zh("限于哪个单位")),
        help_text=said(zh("包括其下级；不选，就是本人能看的全部。本人的任务和账号不受此限")),
        required=False,
    )
    last_day = forms.DateField(
        label=said(zh("用到哪一天")),
        help_text=said(zh("最长一年；到期自动失效")),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, reader: Standing, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        permissions, unit = self.fields["permissions"], self.fields["unit"]
        assert isinstance(permissions, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
        assert isinstance(unit, forms.ChoiceField)  # noqa: S101 - as above
        permissions.choices = [(one.value, say(one.label)) for one in offered(reader)]
        unit.choices = [("", say(zh("不限"))), *_units(reader)]


def offered(reader: Standing) -> tuple[Permission, ...]:
    """Return what a token of somebody may be given: what they may and the API asks for."""
    asked = {
        route.needs.of(method) for route in routes() if route.needs for method in route.methods
    }
    return tuple(one for one in Permission if one in asked and reader.may(one))


def _units(reader: Standing) -> list[tuple[str, str]]:
    """Return the units to choose from, within what the reader sees of the organisation."""
    scope, units = reader.scope(Permission.ORG_READ), places.offered()
    if not scope:
        return []
    known = places.paths(unit for unit, _ in units)
    return [(unit, name) for unit, name in units if unit in known and scope.covers(known[unit])]


def _way(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(zh("我的账号"), reverse("access:own_account")), *more)


@needs(Permission.OWN_ACCOUNT)
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's own tokens."""
    now = timezone.now()
    rows = own_tokens.tokens_of(own_account(request), at=now)
    shown = {
        "good": [one for one in rows if one.is_good],
        "over": [one for one in rows if not one.is_good],
        "may_make": bool(offered(standing(request))),
        "may_read_help": standing(request).may(Permission.HELP_READ),
        "way": _way(Crumb(zh("接口令牌"))),
        "now": now,
    }
    return render(request, "access/tokens.html", shown)


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(_METHODS)
def making(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, once: only its hash is kept."""
    account, reader, today = own_account(request), standing(request), timezone.localdate()
    form = TokenForm(
        request.POST if request.method == "POST" else None,
        reader=reader,
        initial={"is_read_only": True, "last_day": today + USUAL},
    )
    act = Act(
        heading=zh("新建接口令牌"),
        verb=zh("新建令牌"),
        consequences=(
            zh("拿到令牌的程序可以用您的名义做所选的事，记录里写的是您。"),
            zh("令牌只显示一次。您失去的权限，令牌同时失去；账号停用，令牌一并失效。"),
        ),
        done=zh("已新建令牌。"),
        again=zh("令牌刚才已经新建，没有重复办理。没有记下的，请作废后再建。"),
        back=reverse("access:tokens"),
        way=_way(Crumb(zh("接口令牌"), reverse("access:tokens"))),
    )

    def do(filled: dict[str, Any]) -> HttpResponse:
        row, secret = issue_token(
            account=account,
            name=filled["name"],
            permissions=[Permission.of(code) for code in filled["permissions"]],
            expires_at=_end(filled["last_day"]),
            standing=reader,
            by=actor_of(request),
            at=timezone.now(),
            unit=filled["unit"],
            is_read_only=filled["is_read_only"],
        )
        address = request.build_absolute_uri("/api/v1/openapi.json")
        shown = {"token": row, "secret": secret, "address": address, "way": act.way}
        return render(request, "access/token.html", shown)

    return acted(request, act, form, do)


def _end(last_day: Any) -> datetime:  # noqa: ANN401 - as the form gives it
    return timezone.make_aware(datetime.combine(last_day, time.max))


@needs(Permission.OWN_ACCOUNT)
@require_http_methods(_METHODS)
def ending(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    token = own_tokens.own_token(own_account(request), identity)
    if token is None:
        raise Http404
    act = Act(
        heading=zh("作废令牌「{name}」", name=token.name),
        verb=zh("作废令牌"),
        consequences=(zh("正在用它的程序从下一次请求起就被拒绝，不能恢复。"),),
        done=zh("已作废令牌。"),
        back=reverse("access:tokens"),
        way=_way(Crumb(zh("接口令牌"), reverse("access:tokens"))),
        is_grave=True,
    )

    def do(_filled: dict[str, Any]) -> None:
        revoke_token(token=token, by=actor_of(request), at=timezone.now())

    return acted(request, act, Form(request.POST if request.method == "POST" else None), do)
