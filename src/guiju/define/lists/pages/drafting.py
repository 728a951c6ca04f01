"""Beginning an edition, naming it otherwise, giving a draft up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.pages.choosing import Chosen, Found, OrgForm, find_units
from guiju.base.org.reads.known import known_unit
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists import find
from guiju.define.lists.actions import drafting
from guiju.define.lists.models import NAME, Edition
from guiju.define.lists.pages.frame import address, full_name, reached, way
from guiju.exchange.profile_files import BUILT_IN, built_in


class BeginForm(OrgForm):
    """For which unit, by which profile, from what."""

    unit = Chosen(
        find_units,
        label=said(zh("单位")),
        help_text=said(zh("写名称或编号，从提示里选；只能选归您编制的单位")),
    )
    title = text_field(zh("名称"), zh("例如：教育局权责清单"), most=NAME)
    profile = forms.ChoiceField(
        label=said(zh("配置")),
        help_text=said(zh("决定等级、渠道、审批和检查的标准；不选的，用单位自己的")),
        choices=[("", said(zh("用单位自己的"))), *((one, built_in(one).name) for one in BUILT_IN)],
        required=False,
    )
    copy = forms.BooleanField(
        label=said(zh("以本单位上一版为底稿")),
        help_text=said(zh("有上一版的，把它的全部内容复制过来再改；没有的，从空白开始")),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, scope=scope, **kwargs)
        self.scope = scope

    def clean(self) -> None:
        """Find the unit's profile where none was chosen, and the edition to copy."""
        unit: Found | None = self.cleaned_data.get("unit")
        known = known_unit(unit.reference, self.scope) if unit else None
        if known is None:
            return
        own = known.profile.value if known.profile else ""
        self.cleaned_data["by"] = self.cleaned_data.get("profile") or own
        if not self.cleaned_data["by"]:
            words = zh("「{unit}」没有登记配置。请在这里选一个。", unit=known.name)
            self.add_error("profile", ValidationError(say(words)))
        older = Edition.objects.filter(unit_id=known.number).order_by("-ordinal").first()
        self.cleaned_data["older"] = older if self.cleaned_data.get("copy") else None


class DiscardForm(Form):
    """Why a draft is given up."""

    reason = text_field(zh("原因"), most=NAME)


class RenameForm(Form):
    """What it is to be called."""

    title = text_field(zh("名称"), most=NAME)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def beginning(request: HttpRequest) -> HttpResponse:
    """Begin a unit's next edition."""
    form = BeginForm(
        data(request),
        scope=scope_of(request, Permission.LISTS_EDIT),
        on=timezone.localdate(),
        initial={"copy": True},
    )
    act = Act(
        zh("开始编制清单"),
        zh("开始编制"),
        zh("已开始编制。可以导入现有的表格，也可以逐项填写。"),
        reverse("lists:editions") + "?state=open",
        way(None, Crumb(zh("开始编制"))),
    )

    def says(filled: Filled) -> list[Sentence]:
        unit, older = filled["unit"], filled["older"]
        if older is not None:
            return [
                zh(
                    "「{unit}」多一版草稿，内容从「{old}」复制。",
                    unit=unit.name,
                    old=full_name(older),
                )
            ]
        return [zh("「{unit}」多一版空白草稿。", unit=unit.name)]

    begun: list[Edition] = []

    def do(filled: Filled) -> None:
        older = filled["older"]
        begun.append(
            drafting.begin_edition(
                unit=filled["unit"].reference,
                title=filled["title"],
                profile=filled["by"],
                based_on=older.reference if older else "",
                by=actor_of(request),
                at=timezone.now(),
            )
        )

    answer = acted(request, act, form, says=says, do=do)
    if begun:
        answer["Location"] = address("lists:edition", begun[0])
    return answer


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def renaming(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Call a draft something else."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    form = RenameForm(data(request), initial={"title": found.title})
    heading, verb, done = zh("给「{name}」改名", name=found.title), zh("改名"), zh("已改名。")
    act = Act(heading, verb, done, address("lists:edition", found), way(found, Crumb(verb)))

    def says(filled: Filled) -> list[Sentence]:
        return [zh("「{before}」改名为「{after}」。", before=found.title, after=filled["title"])]

    def do(filled: Filled) -> None:
        drafting.rename_edition(
            edition=found.reference,
            title=filled["title"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def discarding(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give a draft up."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    form = DiscardForm(data(request))
    act = Act(
        zh("放弃「{name}」", name=full_name(found)),
        zh("放弃草稿"),
        zh("已放弃草稿。"),
        reverse("lists:editions"),
        way(found, Crumb(zh("放弃草稿"))),
        is_grave=True,
    )

    def says(_filled: Filled) -> list[Sentence]:
        if find.stays(found):
            return [zh("这一版送过审，内容和审签经过都留着供查阅，只是不能再改、不能再送审。")]
        return [
            zh("这版草稿和它的全部内容都会删去，不能恢复；生效中的版本不受影响。"),
            zh("要留一份的，先导出工作簿。"),
        ]

    def do(filled: Filled) -> None:
        drafting.discard_draft(
            edition=found.reference,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)
