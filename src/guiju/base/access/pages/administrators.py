"""The three administrators: who they are, and the leave of a small body to unite two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.access import reads
from guiju.base.access.actions.roles import merge_administrators, separate_administrators
from guiju.base.access.grants import holding
from guiju.base.access.pages.acting import Act, ReasonForm, acted, sent
from guiju.base.access.pages.finding import way
from guiju.base.access.pages.tabs import tabs
from guiju.base.record.actor import actor_of
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.core.access import ADMINISTRATORS
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission, Role

_METHODS = ["GET", "HEAD", "POST"]
_PAIRS = {
    f"{first}+{second}": (first, second)
    for number, first in enumerate(ADMINISTRATORS)
    for second in ADMINISTRATORS[number + 1 :]
}


class MergeForm(ReasonForm):
    """Which two, and why."""

    roles = forms.ChoiceField(label=zh("由一人兼任的两员"))  # type: ignore[arg-type]
    field_order = ["roles", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101 - tells mypy what stands above
        roles.choices = [(code, say(_together(*pair))) for code, pair in _PAIRS.items()]


def _together(first: Role, second: Role) -> Sentence:
    return zh("{first}和{second}", first=first.label, second=second.label)


@needs(Permission.MATRIX_READ)
@require_safe
def administrators(request: HttpRequest) -> HttpResponse:
    """Show who the three are, and whether two of them may be one person."""
    today = timezone.localdate()
    held = holding(today).filter(role__in=[role.value for role in ADMINISTRATORS])
    grants = reads.shown_grants(held.order_by("pk"), on=today)
    shown = {
        "tabs": tabs(request, "access:administrators"),
        "three": [
            (role, tuple(one for one in grants if one.role is role)) for role in ADMINISTRATORS
        ],
        "merged": reads.merged(),
        "remarks": reads.remarks(),
        "may_change": may(request, Permission.ROLE_GRANT),
    }
    return render(request, "access/administrators.html", shown)


@needs(Permission.ROLE_GRANT)
@require_http_methods(_METHODS)
def merging(request: HttpRequest) -> HttpResponse:
    """Record that two of the three may be one person."""
    act = Act(
        heading=zh("登记两员由一人兼任"),
        verb=zh("登记兼任"),
        consequences=(
            zh("此后可以把这两个角色授予同一个人；另一员仍须由别人担任。"),
            zh("系统运行状况页会一直显示这项兼任和理由，直到撤销。"),
        ),
        done=zh("已登记兼任。"),
        back=reverse("access:administrators"),
        way=way(),
        is_grave=True,
    )

    def do(filled: dict[str, Any]) -> None:
        merge_administrators(
            roles=_PAIRS[filled["roles"]],
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, sent(MergeForm, request), do)


@needs(Permission.ROLE_GRANT)
@require_http_methods(_METHODS)
def separating(request: HttpRequest) -> HttpResponse:
    """End the merge of two administrators."""
    act = Act(
        heading=zh("撤销兼任"),
        verb=zh("撤销兼任"),
        consequences=(zh("此后三员必须由三个不同的人担任。"),),
        done=zh("已撤销兼任。"),
        back=reverse("access:administrators"),
        way=way(),
    )

    def do(filled: dict[str, Any]) -> None:
        separate_administrators(reason=filled["reason"], by=actor_of(request), at=timezone.now())

    return acted(request, act, sent(ReasonForm, request), do)
