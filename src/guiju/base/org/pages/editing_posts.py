"""Founding, correcting and abolishing posts (S0-06, S0-07, S0-09)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.actions import posts
from guiju.base.org.actions.posts import incompatible
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Post, Unit
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import OrgForm
from guiju.base.org.pages.editing_units import unit_act
from guiju.base.org.pages.reaching import page_of, reached, today, way
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.dates import day
from guiju.base.ui.fields import day_field, term_field, terms_field, text_field
from guiju.base.ui.forms import data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.columns import MOST_YEARS
from guiju.core.organisation.rows import PostRow
from guiju.core.organisation.words import Function, LeaderLevel
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


class PostForm(OrgForm):
    """What is registered of a post."""

    code = text_field(zh("岗位编号"), zh("本系统内不重复，导入表里用它认岗位"), most=40)
    name = text_field(zh("名称"))
    level = term_field(zh("领导层级"), LeaderLevel)
    is_key = forms.BooleanField(label=said(zh("关键岗位")), required=False)
    most_years = forms.IntegerField(
        label=said(zh("最长任期（年）")),
        help_text=said(zh("快到期时列入轮岗名单；没有限制的，不填")),
        min_value=1,
        max_value=MOST_YEARS,
        required=False,
    )
    functions = terms_field(zh("分工"), Function, zh("任职人分管什么"))
    barred = terms_field(zh("不得兼管"), Function, zh("任职人不得直接分管什么"))
    incompatible = text_field(
        zh("不相容岗位编号"),
        zh("不能由同一人担任的岗位；几个编号用顿号隔开"),
        most=2000,
        required=False,
    )
    duties = forms.CharField(
        label=said(zh("职责")),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    founded = day_field(zh("设立日期"), required=False)

    def row(self, unit: str) -> PostRow:
        """Return what was filled in as a row of a table."""
        filled = self.cleaned_data
        codes = filled["incompatible"].replace("，", "、").replace(",", "、").split("、")
        return PostRow(
            code=filled["code"],
            unit=unit,
            name=filled["name"],
            is_key=filled["is_key"],
            level=filled["level"],
            most_years=filled["most_years"],
            functions=tuple(filled["functions"]),
            incompatible=tuple(dict.fromkeys(code.strip() for code in codes if code.strip())),
            barred=tuple(filled["barred"]),
            duties=filled["duties"].replace("\r\n", "\n"),
            founded=filled["founded"],
        )


class AbolishForm(OrgForm):
    """From which day, by what document."""

    on = day_field(zh("撤销日期"), zh("从这一天起没有这个岗位"))
    document = text_field(zh("文号"), required=False)


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def founding(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Found a post in a unit."""
    unit = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    form = PostForm(data(request), initial={"founded": today(), "level": LeaderLevel.STAFF})
    heading = zh("在「{unit}」设立岗位", unit=unit.name)
    act = unit_act(unit, heading, zh("设立岗位"), zh("已设立岗位。"))

    def says(filled: Filled) -> list[Sentence]:
        told = [zh("「{unit}」多一个岗位「{post}」。", unit=unit.name, post=filled["name"])]
        return [*told, *_consequences(filled), zh("任命以前，它列入空缺。")]

    def do(_filled: Filled) -> None:
        posts.found_post(row=form.row(unit.code), by=actor_of(request), at=timezone.now())

    return acted(request, act, form, says=says, do=do)


def _consequences(filled: Filled) -> list[Sentence]:
    told = []
    if filled["is_key"]:
        told.append(zh("列入关键岗位，任职人列入关键人员。"))
    if filled["most_years"]:
        told.append(zh("在这个岗位满 {years} 年的，列入到期轮岗。", years=filled["most_years"]))
    if filled["incompatible"]:
        told.append(zh("此后谁也不能同时担任它和这些岗位：{codes}。", codes=filled["incompatible"]))
    return told


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def changing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct what is registered of a post."""
    post = reached(Post, identity, scope_of(request, Permission.ORG_EDIT))
    form = PostForm(data(request), initial=_known(post))
    act = Act(
        zh("更正「{post}」的登记", post=post.name),
        zh("更正登记"),
        zh("已更正登记。"),
        page_of(post),
        way(post.unit, post),
    )

    def says(filled: Filled) -> list[Sentence]:
        now = zh("立即按新的登记核对任职、委托和轮岗；改动前后的内容都能在经过里看到。")
        return [now, *_consequences(filled)]

    def do(_filled: Filled) -> None:
        posts.change_post(
            post=post.reference, row=form.row(""), by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, form, says=says, do=do)


def _known(post: Post) -> dict[str, object]:
    return {
        "code": post.code,
        "name": post.name,
        "level": post.leader_level,
        "is_key": post.is_key,
        "most_years": post.longest_tenure_years,
        "functions": post.functions,
        "barred": post.barred_functions,
        "incompatible": "、".join(incompatible(post)),
        "duties": post.duties,
        "founded": post.founded_date,
    }


@needs(Permission.ORG_EDIT)
@require_http_methods(METHODS)
def abolishing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Abolish a post that nobody holds."""
    post = reached(Post, identity, scope_of(request, Permission.ORG_EDIT))
    form = AbolishForm(data(request), initial={"on": today()})
    act = Act(
        zh("撤销岗位「{post}」", post=post.name),
        zh("撤销岗位"),
        zh("已撤销岗位。"),
        page_of(post),
        way(post.unit, post),
        is_grave=True,
    )

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh(
                "自{day}起没有「{post}」这个岗位，不能再任命；历任的记录保留。",
                day=day(filled["on"]),
                post=post.name,
            ),
            zh("不能恢复；以后需要时请另设。"),
        ]

    def do(filled: Filled) -> None:
        posts.abolish_post(
            post=post.reference,
            reform=Reform(filled["on"], filled["document"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)
