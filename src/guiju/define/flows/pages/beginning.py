"""A new flow of a draft: its name, whose it is, and its first steps in one line."""

from __future__ import annotations

from collections.abc import Sequence
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
from guiju.base.ui.reader import scope_of, standing
from guiju.core.errors import Invalid
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.words import ItemKind, Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.flows.samples import Sample, samples, taken
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
    sample = forms.TypedChoiceField(
        label=said(zh("照着哪套流程")),
        help_text=said(zh("同一类权力的现行流程；选了就照它的步骤，不用再写")),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, offered: Sequence[Sample], **more: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **more)
        named = ((one.number, f"{one.name}（{one.unit}）") for one in offered)
        choices = [("", said(zh("不照着别的流程"))), *named]
        self.fields["sample"].choices = choices  # type: ignore[attr-defined] # a choice field
        if not offered:
            del self.fields["sample"]

    def clean(self) -> dict[str, Any]:
        """Refuse steps and a sample at once: only one of them can count."""
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if filled.get("quick") and filled.get("sample"):
            self.add_error(
                "sample", said(zh("步骤已经写在上面了。请删去步骤，或者不照着别的流程。"))
            )
        return filled

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
    power = str(request.POST.get("power", first["power"])).strip()[:CODE]
    scope, person = scope_of(request, Permission.LISTS_READ), standing(request).person
    offered = samples(scope, person, edition, power if power.isprintable() else "")
    initial = first | {"code": _free(edition, first["power"])}
    form = Beginning(data(request), initial=initial, offered=offered)
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
        says=lambda filled: _says(_flow(filled, offered)),
        do=lambda filled: _add(request, edition, _flow(filled, offered), timezone.now()),
    )


def _free(edition: Edition, power: str) -> str:
    """Return a code that no flow bears yet."""
    rows = Item.objects.filter(edition=edition, kind=ItemKind.FLOW.value)
    taken = set(rows.values_list("code", flat=True))
    stem = f"{power[: CODE - 6]}-F" if power else "F"
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem}{n}") not in taken)


def _flow(filled: dict[str, Any], offered: Sequence[Sample]) -> PowerFlow:
    bare = PowerFlow(
        code=filled["code"],
        power=filled["power"],
        name=filled["name"],
        layer=filled["layer"],
        parent=filled["parent"],
        graph=straight_flow(filled["quick"]),
    )
    return taken(filled["sample"], offered, bare) if filled.get("sample") else bare


def _says(flow: PowerFlow) -> list[Sentence]:
    count = len(flow.steps)
    return [zh("在草稿里新增流程「{name}」，{count} 步。", name=flow.name, count=count)]


def _add(request: HttpRequest, edition: Edition, flow: PowerFlow, at: datetime) -> None:
    rows = Item.objects.filter(edition=edition)
    if rows.filter(kind=ItemKind.FLOW.value, code=flow.code).exists():
        raise Invalid(
            "FLOWS-06",
            zh("编码「{code}」已经有流程用了。请换一个编码。", code=flow.code),
        )
    for kind, name in ((ItemKind.POWER, "power"), (ItemKind.FLOW, "parent")):
        code = getattr(flow, name)
        if code and not rows.filter(kind=kind.value, code=code).exists():
            raise Invalid(
                "FLOWS-07",
                zh(
                    "这个版本里没有编码为「{code}」的{kind}。请核对编码。",
                    code=code,
                    kind=kind.label,
                ),
            )
    put_item(
        edition=edition.reference,
        item=flow,
        revision=edition.revision,
        by=actor_of(request),
        at=at,
    )
