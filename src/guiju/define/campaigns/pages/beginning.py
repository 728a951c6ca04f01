"""Beginning a campaign, ending it, urging who has not answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.inbox.actions.office import urge_task
from guiju.base.inbox.clock import due_words
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.org.reads.staffing import StaffedPost, staffing
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.flow.model import Limit
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Channel
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import LimitUnit, Permission
from guiju.define.campaigns.actions.beginning import MOST_DAYS, Plan, begin_campaign, close_campaign
from guiju.define.campaigns.models import Ask
from guiju.define.campaigns.pages.frame import address, path_to, reached
from guiju.define.campaigns.reads.campaigns import progress_of
from guiju.define.lists.models import NAME
from guiju.define.lists.pages import frame
from guiju.define.lists.profiles import profile_of


class BeginForm(Form):
    """What it is called, who is asked, by which channels, until when."""

    name = text_field(zh("名称"), zh("例如：2026 年廉政风险排查"), most=NAME)
    days = forms.IntegerField(
        label=said(zh("几个工作日内完成")), min_value=1, max_value=MOST_DAYS, initial=10
    )
    channels = forms.TypedMultipleChoiceField(
        label=said(zh("查找渠道")),
        help_text=said(zh("本单位配置里的渠道；每个风险都记下从哪些渠道来")),
        coerce=Channel.of,
        widget=forms.CheckboxSelectMultiple,
    )
    posts = forms.MultipleChoiceField(
        label=said(zh("请哪些岗位排查")),
        help_text=said(zh("今天有人任职的岗位；每人收到一件任务")),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's
        posts: tuple[StaffedPost, ...],
        profile: Profile,
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.reference: one for one in posts if one.holders}
        for name, choices in (
            ("posts", [(one.reference, say(_post(one))) for one in self.known.values()]),
            ("channels", [(one.value, word) for one, word in profile.channels.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
            field.choices = choices
            field.initial = [value for value, _ in choices]


def _post(one: StaffedPost) -> Sentence:
    names = [holder.name for holder in one.holders]
    return zh("{unit} {post}（{people}）", unit=one.unit_name, post=one.name, people=listing(names))


@needs(Permission.CAMPAIGN_RUN)
@require_http_methods(METHODS)
def beginning(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Begin a campaign about a draft."""
    found = frame.reached(request, identity, Permission.CAMPAIGN_RUN)
    if not frame.is_draft(found):
        raise Http404
    now = timezone.now()
    posts = staffing(found.unit.path, timezone.localdate(now))
    form = BeginForm(data(request), posts=posts, profile=profile_of(found))

    def says(filled: Filled) -> list[Sentence]:
        due, _ = due_at(calendar_now(), now, Limit(filled["days"], LimitUnit.WORKING_DAYS))
        asked = [_post(form.known[one]) for one in filled["posts"]]
        return [
            zh("请 {count} 个岗位的人排查：{whom}。",
               count=len(asked), whom=listing(asked, most=20)),
            zh("期限：{due}。每人的工作台多一件任务，到期前提醒。",
               due=due_words(timezone.localtime(due))),
            zh("不设指标：没有发现风险也是答复，写明理由就行。"),
        ]  # fmt: skip

    def do(filled: Filled) -> None:
        plan = Plan(filled["name"], filled["posts"], filled["channels"], filled["days"])
        begin_campaign(edition=found.reference, plan=plan, by=actor_of(request), at=now)

    act = Act(
        zh("开始风险排查"),
        zh("开始排查"),
        zh("已开始排查，任务已送到各人的工作台。"),
        frame.address("campaigns:of_edition", found),
        frame.way(found, Crumb(zh("开始风险排查"))),
    )
    return acted(request, act, form, says=says, do=do)


@needs(Permission.CAMPAIGN_RUN)
@require_http_methods(METHODS)
def closing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End a campaign."""
    found = reached(request, identity, Permission.CAMPAIGN_RUN)
    waiting = progress_of(found).waiting

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("没有答复的 {count} 人不用再答复，任务撤回；谁没有答复一直看得到。",
               count=len(waiting)),
            zh("结束后不能再提出、归并、定级；要继续，另开始一次。"),
        ]  # fmt: skip

    def do(_filled: Filled) -> None:
        close_campaign(campaign=found.reference, by=actor_of(request), at=timezone.now())

    act = Act(
        zh("结束「{name}」", name=found.name),
        zh("结束排查"),
        zh("排查已结束。"),
        address("campaigns:campaign", found),
        path_to(found, Crumb(zh("结束"))),
        is_grave=True,
    )
    return acted(request, act, Form(data(request)), says=says, do=do)


class UrgeForm(Form):
    """A word to who is urged."""

    note = text_field(zh("说一句"), most=200, required=False)


@needs(Permission.CAMPAIGN_RUN)
@require_http_methods(METHODS)
def urging(request: HttpRequest, identity: UUID, number: int) -> HttpResponse:
    """Urge somebody who has not answered; an event, once a day."""
    found = reached(request, identity, Permission.CAMPAIGN_RUN)
    ask = Ask.objects.filter(campaign=found, number=number, closed_at=None).first()
    if ask is None:
        raise Http404

    def says(_filled: Filled) -> list[Sentence]:
        return [zh("「{unit} {post}」收到一条催办通知。", unit=ask.unit_name, post=ask.post_name)]

    def do(filled: Filled) -> None:
        urge_task(ask.task, note=filled["note"], by=actor_of(request), at=timezone.now())

    act = Act(
        zh("催办 {post}", post=ask.post_name),
        zh("催办"),
        zh("已催办。"),
        address("campaigns:campaign", found),
        path_to(found, Crumb(zh("催办"))),
    )
    return acted(request, act, UrgeForm(data(request)), says=says, do=do)
