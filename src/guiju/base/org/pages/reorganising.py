"""Merging units and splitting one: nothing is lost, all that was stays to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import reforms
from guiju.base.org.actions.reforms import Parts
from guiju.base.org.models import Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, find_units
from guiju.base.org.pages.editing_units import ReformForm, unit_act
from guiju.base.org.pages.reaching import reached, today
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words import UnitKind
from guiju.core.sentence import Sentence, quoted, zh
from guiju.core.terms import Permission

_MOST_PARTS = 4
_MOST_SHARED = 300
_NEW = "new"


class MergeForm(ReformForm):
    """With which others, into which one: one that goes on, or a new one."""

    second = Chosen(
        find_units,
        label=said(zh("一并合并的单位")),
        help_text=said(zh("单位名称或编号；只并入一个单位的，不填")),
        required=False,
    )
    third = Chosen(find_units, label=said(zh("一并合并的第三个单位")), required=False)
    how = forms.ChoiceField(
        label=said(zh("合并成")),
        choices=[("old", said(zh("并入已有的单位"))), (_NEW, said(zh("成立新单位")))],
        widget=forms.RadioSelect,
    )
    target = Chosen(
        find_units,
        label=said(zh("接收的单位")),
        help_text=said(zh("并入已有的单位时填写名称或编号")),
        required=False,
    )
    code = text_field(zh("单位编号"), zh("成立新单位时填写"), most=40, required=False)
    name = text_field(zh("名称"), zh("成立新单位时填写"), required=False)
    kind = term_field(zh("类别"), UnitKind, zh("成立新单位时选择"), required=False)
    field_order = ["second", "third", "how", "target", "code", "name", "kind", "on", "document"]

    def clean(self) -> None:
        """Ask for what the chosen way needs."""
        filled = super().clean() or self.cleaned_data
        way = filled.get("how")
        needed = ("code", "name", "kind") if way == _NEW else ("target",) if way else ()
        for field in needed:
            if field not in self.errors and not filled.get(field):
                self.add_error(field, forms.ValidationError("", code="required"))

    def into(self) -> UnitRow | str:
        """Return the new unit, or the reference of the one that goes on."""
        filled = self.cleaned_data
        if filled["how"] == _NEW:
            return UnitRow(code=filled["code"], name=filled["name"], kind=filled["kind"])
        return str(filled["target"].reference)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def merging(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Merge a unit, with others, into one that goes on or a new one."""
    scope = scope_of(request, Permission.ORG_EDIT)
    unit = reached(Unit, identity, scope)
    form = MergeForm(data(request), scope=scope, on=today(), initial={"on": today(), "how": "old"})
    heading = zh("合并「{unit}」", unit=unit.name)
    act = unit_act(unit, heading, zh("合并单位"), zh("已合并单位。"), is_grave=True)

    def says(filled: Filled) -> list[Sentence]:
        others = [one.name for one in (filled["second"], filled["third"]) if one]
        name = filled["name"] if filled["how"] == _NEW else filled["target"].name
        return [
            zh(
                "自{day}起，{olds}并为「{name}」；原单位和它的岗位撤销，岗位上的任职同日结束。",
                day=day(filled["on"]),
                olds=quoted([unit.name, *others]),
                name=name,
            ),
            zh("下级单位、人员、领导小组等机构转到「{name}」。", name=name),
            zh("新岗位和任职要另行办理，请接着做。原单位不能恢复，历史仍可查。"),
        ]

    def do(filled: Filled) -> None:
        others = [one.reference for one in (filled["second"], filled["third"]) if one]
        reforms.merge_units(
            units=[unit.reference, *others],
            into=form.into(),
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


class SplitForm(ReformForm):
    """The new units, and who goes where."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        for number in range(1, _MOST_PARTS + 1):
            required = number <= 2
            self.fields |= {
                f"code_{number}": text_field(
                    zh("第 {number} 个新单位的编号", number=number), most=40, required=required
                ),
                f"name_{number}": text_field(
                    zh("第 {number} 个新单位的名称", number=number), required=required
                ),
                f"kind_{number}": term_field(
                    zh("第 {number} 个新单位的类别", number=number), UnitKind, required=required
                ),
            }
        places = [
            (str(number - 1), said(zh("第 {number} 个新单位", number=number)))
            for number in range(1, _MOST_PARTS + 1)
        ]
        for reference, name in _shared(unit):
            self.fields[f"share_{reference}"] = forms.ChoiceField(
                label=said(zh("{name}归到", name=name)), choices=places
            )

    def parts(self) -> Parts:
        """Return the new units, and who goes where."""
        filled = self.cleaned_data
        rows = [
            UnitRow(
                code=filled[f"code_{number}"],
                name=filled[f"name_{number}"],
                kind=filled[f"kind_{number}"],
            )
            for number in range(1, _MOST_PARTS + 1)
            if filled[f"code_{number}"]
        ]
        share = {
            name.removeprefix("share_"): int(value)
            for name, value in filled.items()
            if name.startswith("share_")
        }
        return Parts(rows, share)


def _shared(unit: Unit) -> Iterator[tuple[str, str]]:
    """Yield the sub-units and people that must go somewhere, reference and name."""
    below = unit.children.filter(abolished_date=None).order_by("code")
    yield from below.values_list("reference", "name")[:_MOST_SHARED]
    people = unit.people.filter(left_date=None, erased_at=None).order_by("code")
    yield from people.values_list("reference", "name")[:_MOST_SHARED]


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def splitting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Split a unit into new ones."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    form = SplitForm(data(request), unit=unit, initial={"on": today()})
    heading = zh("分设「{unit}」", unit=unit.name)
    act = unit_act(unit, heading, zh("分设单位"), zh("已分设单位。"), is_grave=True)

    def says(filled: Filled) -> list[Sentence]:
        names = [row.name for row in form.parts().rows]
        return [
            zh(
                "自{day}起，「{unit}」分设为{names}；原单位和它的岗位撤销，岗位上的任职同日结束。",
                day=day(filled["on"]),
                unit=unit.name,
                names=quoted(names),
            ),
            zh("下级单位和人员按所选归到新单位；领导小组等机构归到第 1 个。"),
            zh("新岗位和任职要另行办理，请接着做。原单位不能恢复，历史仍可查。"),
        ]

    def do(_filled: Filled) -> None:
        reforms.split_unit(
            unit=unit.reference,
            parts=form.parts(),
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)
