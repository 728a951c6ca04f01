"""Founding, correcting, renaming, moving and dissolving units (S3-02)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import reforms, units
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, OrgForm, find_units
from guiju.base.org.pages.reaching import page_of, reached, require_everywhere, today, way
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words import Profile, UnitKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

DOCUMENT = zh("文号")


class UnitForm(OrgForm):
    """What is registered of a unit besides its name and place."""

    code = text_field(zh("单位编号"), zh("本系统内不重复，导入表里用它认单位"), most=40)
    name = text_field(zh("名称"))
    short_name = text_field(zh("简称"), required=False)
    kind = term_field(zh("类别"), UnitKind)
    credit_code = text_field(zh("统一社会信用代码"), most=18, required=False)
    area_code = text_field(zh("行政区划代码"), zh("六位数字"), most=6, required=False)
    profile = term_field(
        zh("配置"),
        Profile,
        zh("标签、流程和时限用哪一套；不选，就沿用上级的"),
        required=False,
        nothing=zh("沿用上级"),
    )
    founded = day_field(zh("设立日期"), required=False)
    is_key = forms.BooleanField(label=said(zh("重点单位")), required=False)

    def row(self, parent: str) -> UnitRow:
        """Return what was filled in as a row of a table."""
        filled = self.cleaned_data
        return UnitRow(
            code=filled["code"],
            name=filled.get("name", ""),
            short_name=filled.get("short_name", ""),
            parent=parent,
            kind=filled["kind"],
            credit_code=filled["credit_code"],
            area_code=filled["area_code"],
            profile=filled["profile"],
            founded=filled["founded"],
        )


class ReformForm(OrgForm):
    """From which day, by what document."""

    on = day_field(zh("生效日期"), zh("不晚于今天"))
    document = text_field(DOCUMENT, required=False)

    def reform(self) -> Reform:
        """Return from which day units change, and by what document."""
        return Reform(self.cleaned_data["on"], self.cleaned_data["document"])


class RenameForm(ReformForm):
    """The new name."""

    name = text_field(zh("名称"))
    short_name = text_field(zh("简称"), required=False)
    field_order = ["name", "short_name", "on", "document"]


class MoveForm(ReformForm):
    """The unit above."""

    parent = Chosen(find_units, label=said(zh("上级单位")), help_text=said(zh("单位名称或编号")))
    field_order = ["parent", "on", "document"]


def unit_act(
    unit: Unit, heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False
) -> Act:
    """Return an act on a unit, which leads back to its page."""
    return Act(heading, verb, done, page_of(unit), way(unit), is_grave=is_grave)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def founding_top(request: HttpRequest) -> HttpResponse:
    """Found a unit at the top, as who may edit everywhere."""
    require_everywhere(request, Permission.ORG_EDIT)
    act = Act(zh("设立顶层单位"), zh("设立单位"), zh("已设立单位。"), reverse("org:tree"), way())
    return _founding(request, act, None)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def founding(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Found a unit below another one."""
    parent = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    heading = zh("在「{unit}」下设立单位", unit=parent.name)
    act = unit_act(parent, heading, zh("设立单位"), zh("已设立单位。"))
    return _founding(request, act, parent)


def _founding(request: HttpRequest, act: Act, parent: Unit | None) -> HttpResponse:
    form = UnitForm(data(request), initial={"founded": today()})
    del form.fields["is_key"]

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起设立「{name}」，{place}。",
                day=day(filled["founded"]) if filled["founded"] else zh("很早以前"),
                name=filled["name"],
                place=zh("隶属「{unit}」", unit=parent.name) if parent else zh("没有上级单位"),
            ),
            zh("新单位还没有岗位和人员；权限管到上级单位的人，同样管到它。"),
        ]

    def do(_filled: Filled) -> None:
        units.found_unit(
            row=form.row(parent.code if parent else ""), by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def changing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct what is registered of a unit."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    known = {
        "code": unit.code,
        "kind": unit.kind,
        "credit_code": unit.credit_code,
        "area_code": unit.area_code,
        "profile": unit.profile,
        "founded": unit.founded_date,
        "is_key": unit.is_key,
    }
    form = UnitForm(data(request), initial=known)
    del form.fields["name"], form.fields["short_name"]
    heading = zh("更正「{unit}」的登记", unit=unit.name)
    act = unit_act(unit, heading, zh("更正登记"), zh("已更正登记。"))

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("只更正登记的内容，名称和隶属关系不变；改名、划转请另行办理。"),
            zh("改动前后的内容都能在「{unit}」的经过里看到。", unit=unit.name),
        ]

    def do(filled: Filled) -> None:
        units.change_unit(
            unit=unit.reference,
            row=form.row(""),
            is_key=filled["is_key"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def renaming(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give a unit another name."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    known = {"name": unit.name, "short_name": unit.short_name, "on": today()}
    form = RenameForm(data(request), initial=known)
    act = unit_act(unit, zh("给「{unit}」改名", unit=unit.name), zh("改名"), zh("已改名。"))

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，「{was}」改称「{name}」。",
                day=day(filled["on"]),
                was=unit.name,
                name=filled["name"],
            ),
            zh("查这一天以前的事，显示的仍是原名。岗位、人员、任职都不变。"),
        ]

    def do(filled: Filled) -> None:
        units.rename_unit(
            unit=unit.reference,
            name=filled["name"],
            short_name=filled["short_name"],
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def moving(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put a unit, with all below it, under another one."""
    scope = scope_of(request, Permission.ORG_EDIT)
    unit = reached(Unit, identity, scope)
    if unit.parent is None and scope != EVERYWHERE:
        raise Http404
    form = MoveForm(data(request), scope=scope, on=today(), initial={"on": today()})
    act = unit_act(unit, zh("划转「{unit}」", unit=unit.name), zh("划转单位"), zh("已划转单位。"))

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，「{unit}」连同全部下级改由「{parent}」管理。",
                day=day(filled["on"]),
                unit=unit.name,
                parent=filled["parent"].name,
            ),
            zh(
                "权限只管到原上级的人，立刻看不到、管不到这些单位；管到新上级的人，立刻能看、能管。"
            ),
        ]

    def do(filled: Filled) -> None:
        units.move_unit(
            unit=unit.reference,
            parent=filled["parent"].reference,
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def dissolving(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Abolish a unit that nobody follows."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    form = ReformForm(data(request), initial={"on": today()})
    heading = zh("撤销「{unit}」", unit=unit.name)
    act = unit_act(unit, heading, zh("撤销单位"), zh("已撤销单位。"), is_grave=True)

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，「{unit}」和它的全部岗位撤销，岗位上的任职同日结束。",
                day=day(filled["on"]),
                unit=unit.name,
            ),
            zh("没有单位承接它的事；有单位承接的，请不要撤销，改办合并。"),
            zh("不能恢复。历史仍可查。"),
        ]

    def do(_filled: Filled) -> None:
        reforms.dissolve_unit(
            unit=unit.reference, reform=form.reform(), by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)
