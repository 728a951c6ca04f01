"""Copying a profile for a unit, beginning a next version, giving a draft up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.pages.choosing import Chosen, OrgForm, find_units
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import day_field, text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import way
from guiju.define.profiles.actions import copying
from guiju.define.profiles.models import NAME, OwnProfile
from guiju.define.profiles.pages.frame import LIST, address, path_to, reached, version_name
from guiju.define.profiles.reads.held import base_of, profile_with
from guiju.define.profiles.reads.profiles import copyable, draft_in, versions_of
from guiju.exchange.profile_files import built_in

_FIRST = zh("从这天起开始编制的清单用它；启用时还可以改")


class CopyForm(OrgForm):
    """Which profile, for which unit, under which name, from which day."""

    origin = forms.ChoiceField(label=said(zh("复制哪一套")))
    unit = Chosen(
        find_units,
        label=said(zh("单位")),
        help_text=said(zh("写名称或编号，从提示里选；这个单位和它的下级都用")),
    )
    name = text_field(zh("名称"), zh("例如：教育系统"), most=NAME)
    first_day = day_field(zh("从哪天起"), _FIRST)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, scope=scope, **kwargs)
        field: Any = self.fields["origin"]
        field.choices = copyable(scope)


class DayForm(Form):
    """From which day."""

    first_day = day_field(zh("从哪天起"), _FIRST)


class ReasonForm(Form):
    """Why."""

    reason = text_field(zh("原因"), most=copying.MOST_REASON)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def copy_page(request: HttpRequest) -> HttpResponse:
    """Copy a profile."""
    form = CopyForm(
        data(request),
        scope=scope_of(request, Permission.PROFILE_EDIT),
        on=timezone.localdate(),
        initial={
            "origin": request.GET.get("origin", ""),
            "first_day": timezone.localdate(),
        },
    )
    act = Act(
        zh("复制配置"),
        zh("复制"),
        zh("已复制成草稿。请逐项改好，再启用。"),
        reverse(LIST),
        way(None, Crumb(zh("配置"), reverse(LIST)), Crumb(zh("复制"))),
    )

    made: list[OwnProfile] = []

    def do(filled: Filled) -> None:
        made.append(
            copying.copy_profile(
                unit=filled["unit"].reference,
                origin=filled["origin"],
                name=filled["name"],
                first_day=filled["first_day"],
                by=actor_of(request),
                at=timezone.now(),
            )
        )

    answer = acted(request, act, form, says=_copies, do=do)
    if made:
        answer["Location"] = address("profiles:version", made[0], 1)
    return answer


def _copies(filled: Filled) -> Sequence[Sentence]:
    told = profile_with(filled["origin"])
    return [
        zh(
            "「{unit}」多一套配置草稿「{name}」，内容从「{origin}」复制。",
            unit=filled["unit"].name,
            name=filled["name"],
            origin=told.name if told else filled["origin"],
        ),
        zh(
            "启用以后，「{unit}」和它的下级新编的清单，凡按「{base}」编的，都用它。",
            unit=filled["unit"].name,
            base=built_in(base_of(filled["origin"])).name,
        ),
        zh("草稿对任何清单都没有影响。"),
    ]


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def begin_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Begin a profile's next version."""
    profile = reached(request, identity, Permission.PROFILE_EDIT)
    form = DayForm(data(request), initial={"first_day": timezone.localdate()})
    heading = zh("给「{name}」起草新的一版", name=profile.name)
    act = Act(
        heading,
        zh("起草新版"),
        zh("已起草新的一版，内容与上一版相同。请逐项改好，再启用。"),
        address("profiles:profile", profile),
        path_to(profile, Crumb(zh("起草新版"))),
    )

    def says(_filled: Filled) -> Sequence[Sentence]:
        return [
            zh("多一版草稿，内容从最近启用的一版复制。"),
            zh("现行的版本和已经开始编制的清单都不受影响。"),
        ]

    def do(filled: Filled) -> None:
        copying.begin_version(
            profile=profile.reference,
            first_day=filled["first_day"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def discard_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give a draft up."""
    profile = reached(request, identity, Permission.PROFILE_EDIT)
    versions = versions_of(profile)
    draft = draft_in(versions)
    is_only = len(versions) == 1
    verb = zh("放弃草稿")
    act = Act(
        zh("放弃「{name}」的草稿", name=profile.name),
        verb,
        zh("已放弃草稿。"),
        reverse(LIST) if is_only else address("profiles:profile", profile),
        path_to(profile, Crumb(verb)),
        is_grave=True,
    )

    def says(_filled: Filled) -> Sequence[Sentence]:
        what = version_name(draft) if draft else verb
        gone = zh("{version}草稿会删去，不能恢复。要留一份的，先下载文件。", version=what)
        if is_only:
            return [gone, zh("它只有这一版，整套配置也一并删去。")]
        return [gone, zh("已启用的版本不受影响。")]

    def do(filled: Filled) -> None:
        copying.discard_draft(
            profile=profile.reference,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, ReasonForm(data(request)), says=says, do=do)
