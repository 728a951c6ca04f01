"""A new flow of a draft: its name, whose it is, and its first steps in one line."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, acted
from guiju.base.ui.fields import term_field, text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Invalid
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.words import ItemKind, Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions.editing import put_item
from guiju.define.lists.find import require_draft
from guiju.define.lists.models import CODE, NAME, Edition, Item
from guiju.define.lists.pages.frame import address, reached, way
from guiju.exchange.lists.straight import straight_flow


class Beginning(Form):
    """What a flow begins with."""

    code = text_field(zh("编码"), zh("本单位流程里不重复的编码"), most=CODE)
    name = text_field(zh("流程名称"), most=NAME)
    power = text_field(zh("权力编码"), zh("属于哪一项权力"), most=CODE, required=False)
    layer = term_field(zh("流程层面"), Layer)
    parent = text_field(
        zh("上层流程编码"), zh("科室、岗位的流程写明细化哪一套"), most=CODE, required=False
    )
    quick = text_field(
        zh("步骤"),
        zh("按先后写，中间用「→」隔开，例如：受理→审核→决定；以后可以再改"),
        most=2000,
        required=False,
    )

    def clean_quick(self) -> str:
        """Refuse what tells no order."""
        text: str = self.cleaned_data["quick"]
        if text and straight_flow(text) is None:
            raise forms.ValidationError(
                said(zh("请至少写两步，中间用「→」隔开，例如：受理→审核→决定。"))
            )
        return text


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def begin(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Add a flow to a draft, and go on to its step table."""
    edition = reached(request, identity, Permission.LISTS_EDIT)
    require_draft(edition)
    first = {"power": request.GET.get("power", "")[:CODE], "layer": Layer.UNIT}
    form = Beginning(data(request), initial=first | {"code": _free(edition, first["power"])})
    code = str(request.POST.get("code", "")).strip() or "-"
    act = Act(
        heading=zh("新增流程"),
        verb=zh("新增流程"),
        done=zh("已新增流程，请接着填步骤表。"),
        back=address("flows:edit", edition, code)
        if form.is_bound
        else address("lists:edition", edition),
        way=way(edition, Crumb(zh("新增流程"))),
    )
    return acted(
        request,
        act,
        form,
        says=_says,
        do=lambda filled: _add(request, edition, filled, timezone.now()),
    )


def _free(edition: Edition, power: str) -> str:
    """Return a code that no flow bears yet."""
    rows = Item.objects.filter(edition=edition, kind=ItemKind.FLOW.value)
    taken = set(rows.values_list("code", flat=True))
    stem = f"{power[: CODE - 6]}-F" if power else "F"
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem}{n}") not in taken)


def _says(filled: dict[str, Any]) -> list[Sentence]:
    graph = straight_flow(filled["quick"])
    count = len(PowerFlow(code="", graph=graph).steps)
    return [zh("在草稿里新增流程「{name}」，{count} 步。", name=filled["name"], count=count)]


def _add(request: HttpRequest, edition: Edition, filled: dict[str, Any], at: datetime) -> None:
    rows = Item.objects.filter(edition=edition)
    if rows.filter(kind=ItemKind.FLOW.value, code=filled["code"]).exists():
        raise Invalid(
            "FLOWS-06",
            zh("编码「{code}」已经有流程用了。请换一个编码。", code=filled["code"]),
        )
    for kind, name in ((ItemKind.POWER, "power"), (ItemKind.FLOW, "parent")):
        code = filled[name]
        if code and not rows.filter(kind=kind.value, code=code).exists():
            raise Invalid(
                "FLOWS-07",
                zh(
                    "这个版本里没有编码为「{code}」的{kind}。请核对编码。",
                    code=code,
                    kind=kind.label,
                ),
            )
    flow = PowerFlow(
        code=filled["code"],
        power=filled["power"],
        name=filled["name"],
        layer=filled["layer"],
        parent=filled["parent"],
        graph=straight_flow(filled["quick"]),
    )
    put_item(
        edition=edition.reference,
        item=flow,
        revision=edition.revision,
        by=actor_of(request),
        at=at,
    )
