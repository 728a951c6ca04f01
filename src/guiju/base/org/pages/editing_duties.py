"""Laying a statutory duty on a unit or body, handing it over, ending it: by form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import duties
from guiju.base.org.actions.duties import Charge
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Duty
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen, Found, OrgForm, find_bodies, find_units
from guiju.base.org.pages.reaching import reached, today
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


def find_carriers(scope: Scope, on: date, search: str, most: int) -> Sequence[Found]:
    """Return units, and bodies after them, by a part of their name or the code."""
    units = list(find_units(scope, on, search, most))
    return units + list(find_bodies(scope, on, search, most))[: max(0, most - len(units))]


class CarrierForm(OrgForm):
    """Who carries it from which day, by what document."""

    carrier = Chosen(
        find_carriers,
        label=said(zh("承担单位")),
        help_text=said(zh("单位的名称或编号，也可以是领导小组等机构的名称")),
    )
    on = day_field(zh("开始日期"))
    document = text_field(zh("文号"), zh("如机构改革方案、三定规定的文号"), required=False)

    def reform(self) -> Reform:
        """Return from when, by what document."""
        return Reform(self.cleaned_data["on"], self.cleaned_data["document"])


class AssignForm(CarrierForm):
    """Which duty, and for which unit with all below it."""

    kind = term_field(zh("职责"), StatutoryDuty)
    area = Chosen(
        find_units,
        label=said(zh("范围")),
        help_text=said(zh("为哪个单位及其下级承担；全县统一的，填县")),
    )
    field_order = ["kind", "area", "carrier", "on", "document"]


class EndForm(OrgForm):
    """From which day nobody carries it, by what document."""

    on = day_field(zh("结束日期"), zh("从这一天起不再承担"))
    document = text_field(zh("文号"), required=False)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def assigning(request: HttpRequest) -> HttpResponse:
    """Lay a duty on a unit or body."""
    scope = scope_of(request, Permission.ORG_EDIT)
    form = AssignForm(
        data(request),
        scopes={"area": scope, "carrier": EVERYWHERE},
        on=today(),
        initial={"on": today()},
    )

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，{area}及其下级的{duty}由「{carrier}」承担。",
                day=day(filled["on"]),
                area=filled["area"].name,
                duty=filled["kind"].label,
                carrier=filled["carrier"].name,
            ),
            zh("下级单位另有登记的，以下级的登记为准。"),
        ]

    def do(filled: Filled) -> None:
        duties.assign_duty(
            charge=Charge(filled["kind"], filled["area"].reference, filled["carrier"].reference),
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    act = _act(zh("登记法定职责的承担"), zh("登记承担"), zh("已登记承担。"))
    return acted(request, act, form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def handing_over(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let another unit or body carry a duty."""
    row = reached(Duty, identity, scope_of(request, Permission.ORG_EDIT))
    form = CarrierForm(data(request), scope=EVERYWHERE, on=today(), initial={"on": today()})
    kind = StatutoryDuty.of(row.kind).label

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，{area}及其下级的{duty}由「{was}」移交「{carrier}」。",
                day=day(filled["on"]),
                area=row.area.name,
                duty=kind,
                was=row.carrier.name,
                carrier=filled["carrier"].name,
            ),
            zh("此前由「{was}」办的仍然有效；查以前的日子，仍显示由它承担。", was=row.carrier.name),
        ]

    def do(filled: Filled) -> None:
        duties.hand_over_duty(
            duty=row.reference,
            carrier=filled["carrier"].reference,
            reform=form.reform(),
            by=actor_of(request),
            at=timezone.now(),
        )

    heading = zh("移交{area}的{duty}", area=row.area.name, duty=kind)
    return acted(request, _act(heading, zh("移交职责"), zh("已移交职责。")), form, says=says, do=do)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def ending_duty(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End a duty; nobody carries it then."""
    row = reached(Duty, identity, scope_of(request, Permission.ORG_EDIT))
    form = EndForm(data(request), initial={"on": today()})
    kind = StatutoryDuty.of(row.kind).label

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起，「{was}」不再承担{area}的{duty}，也没有单位接替。",
                day=day(filled["on"]),
                was=row.carrier.name,
                area=row.area.name,
                duty=kind,
            ),
            zh("要换单位承担，请改用移交。没有单位承担的职责，法定职责页会一直提示。"),
        ]

    def do(filled: Filled) -> None:
        duties.end_duty(
            duty=row.reference,
            reform=Reform(filled["on"], filled["document"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    heading = zh("终止{area}的{duty}", area=row.area.name, duty=kind)
    act = _act(heading, zh("终止承担"), zh("已终止承担。"), is_grave=True)
    return acted(request, act, form, says=says, do=do)


def _way() -> tuple[Crumb, ...]:
    return (
        Crumb(zh("组织"), reverse("org:tree")),
        Crumb(zh("法定职责"), reverse("org:duties")),
    )


def _act(heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False) -> Act:
    return Act(heading, verb, done, reverse("org:duties"), _way(), is_grave=is_grave)
