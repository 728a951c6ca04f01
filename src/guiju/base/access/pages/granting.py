"""Granting a role and taking it back: first what it will allow, then the act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.access import places, reads
from guiju.base.access.actions.roles import grant_role, revoke_role
from guiju.base.access.models import Account
from guiju.base.access.pages.acting import Act, ReasonForm, acted, sent
from guiju.base.access.pages.finding import found_account, found_grant, page_of, way
from guiju.base.record.actor import actor_of
from guiju.base.ui.confirming import Confirmation, ask, is_confirmed
from guiju.base.ui.dates import day
from guiju.base.ui.forms import Form
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.access import ADMINISTRATORS, ROLES, SECOND_FACTOR
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission, Role

_METHODS = ["GET", "HEAD", "POST"]


class GrantForm(Form):
    """Which role, where, and from when until when."""

    role = forms.ChoiceField(label=zh("角色"))  # type: ignore[arg-type]
    unit = forms.ChoiceField(
        label=zh("范围"),  # type: ignore[arg-type]
        help_text=zh("包括所选单位的全部下级；三员只能选整个系统"),  # type: ignore[arg-type]
        required=False,
    )
    start = forms.DateField(
        label=zh("开始日期"),  # type: ignore[arg-type]
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    end = forms.DateField(
        label=zh("结束日期"),  # type: ignore[arg-type]
        help_text=zh("长期有效的，不填"),  # type: ignore[arg-type]
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        roles = self.fields["role"]
        units = self.fields["unit"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101 - tells mypy what stands above
        assert isinstance(units, forms.ChoiceField)  # noqa: S101 - as above
        roles.choices = [(one.value, say(one.label)) for one in Role]
        units.choices = [("", say(zh("整个系统"))), *places.offered()]


@needs(Permission.ROLE_GRANT)
@require_http_methods(_METHODS)
def granting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Grant a role to an account's person, after saying what it allows."""
    account = found_account(identity)
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        initial={"start": timezone.localdate()},
    )
    act = Act(
        heading=zh("授予{name}角色", name=account.display_name),
        verb=zh("下一步"),
        consequences=(),
        done=zh("已授予角色。"),
        back=page_of(account),
        way=way(account),
    )
    if form.is_bound and form.is_valid() and not is_confirmed(request):
        return ask(request, _confirmation(account, form.cleaned_data))

    def do(filled: dict[str, Any]) -> None:
        grant_role(
            person=account.person,
            role=Role.of(filled["role"]),
            unit=filled["unit"],
            start=filled["start"],
            end=filled["end"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, do)


def _confirmation(account: Account, filled: dict[str, Any]) -> Confirmation:
    role = Role.of(filled["role"])
    place = _place(filled["unit"])
    return Confirmation(
        heading=zh("授予{name}角色「{role}」？", name=account.display_name, role=role.label),
        verb=zh("授予角色"),
        consequences=tuple(_consequences(role, place, filled)),
        back=page_of(account),
    )


def _place(unit: str) -> Sentence:
    if not unit:
        return zh("整个系统")
    return zh("{unit}及其下级", unit=places.names([unit])[unit])


def _consequences(role: Role, place: Sentence, filled: dict[str, Any]) -> list[Sentence]:
    said = [
        zh(
            "范围：{place}；自{start}起，到{until}。",
            place=place,
            start=day(filled["start"]),
            until=day(filled["end"]) if filled["end"] else zh("收回为止"),
        ),
        zh(
            "此人可以：{permissions}。",
            permissions=listing(one.label for one in Permission if one in ROLES[role]),
        ),
    ]
    if role in SECOND_FACTOR:
        said.append(zh("这个角色必须有第二重验证；没有启用以前，授予了也不起作用。"))
    if role in ADMINISTRATORS:
        said.append(zh("三员必须分设：此人不能再担任另外两员。"))
    return said


@needs(Permission.ROLE_GRANT)
@require_http_methods(_METHODS)
def revoking(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take a role back."""
    grant = found_grant(identity)
    (shown,) = reads.shown_grants([grant], on=timezone.localdate())
    role = shown.role.label if shown.role else grant.role
    back = reverse("access:account", args=[shown.account]) if shown.account else ""
    act = Act(
        heading=zh("收回{name}的角色「{role}」", name=shown.name, role=role),
        verb=zh("收回角色"),
        consequences=(
            zh("这个角色给的权限立刻失效，从下一次点击起就看不到、办不了。"),
            zh("此前用这个角色办过的事仍然有效。"),
        ),
        done=zh("已收回角色。"),
        back=back or reverse("access:roles"),
        way=way(),
        is_grave=True,
    )

    def do(filled: dict[str, Any]) -> None:
        revoke_role(grant=grant, reason=filled["reason"], by=actor_of(request), at=timezone.now())

    return acted(request, act, sent(ReasonForm, request), do)
