"""With which shell the people of a unit begin, and their unit on its first page (S3-02)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import units
from guiju.base.org.models import Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import OrgForm
from guiju.base.org.pages.editing_units import unit_act
from guiju.base.org.pages.reaching import reached, today
from guiju.base.org.reads.shells import staffing_of
from guiju.base.org.reads.units import unit_page
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Filled
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import data, said
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.plain import PlainEntry
from guiju.base.ui.reader import may, scope_of, standing
from guiju.core.organisation.words import Shell
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


class ShellForm(OrgForm):
    """Which shell."""

    shell = forms.ChoiceField(
        label=said(zh("登录后使用")),
        help_text=said(zh("简明界面：几个大按钮，字大，表格列少；全部栏目仍在菜单里")),
        choices=[(one.value, said(one.label)) for one in Shell],
        widget=forms.RadioSelect,
    )


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def choosing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Choose with which shell the people of a unit begin."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    found = unit_page(unit.reference, scope_of(request, Permission.ORG_EDIT), on=today())
    now = found.shell if found else Shell.FULL
    form = ShellForm(data(request), initial={"shell": now.value})
    heading = zh("选择「{unit}」使用的界面", unit=unit.name)
    act = unit_act(unit, heading, zh("选择界面"), zh("已选择界面。"))

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "「{unit}」和没有另选的下级单位，人员下次登录起使用{shell}。",
                unit=unit.name,
                shell=Shell.of(filled["shell"]).label,
            ),
            zh("本人可以随时在菜单里改用另一种，以本人的选择为准。权限和能办的事都不变。"),
        ]

    def do(filled: Filled) -> None:
        units.choose_shell(
            unit=unit.reference,
            shell=Shell.of(filled["shell"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


def own_unit(request: HttpRequest) -> PlainEntry | None:
    """Offer the reader's own unit: who holds which post, and what is vacant."""
    found = staffing_of(standing(request).person, today())
    if found is None or not scope_of(request, Permission.ORG_READ).covers(found.path):
        return None
    badge = Badge("warn", zh("{count} 个空缺", count=found.vacant)) if found.vacant else None
    says = zh("{unit}，{posts} 个岗位，看谁在什么岗位。", unit=found.name, posts=found.posts)
    return PlainEntry(zh("我的单位"), page_of("org:unit", found.reference), says, badge)


def lending(request: HttpRequest) -> PlainEntry | None:
    """Offer to let somebody stand in, to whom that is open."""
    if not may(request, Permission.DELEGATE_OWN):
        return None
    says = zh("出门、请假以前，请同事代办；到期自动失效。")
    return PlainEntry(zh("请人代办"), reverse("org:delegations_own"), says)
