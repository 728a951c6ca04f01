"""我的排查: what I am asked, my powers, what I proposed; and saying that I have finished."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.core.lists.words_campaigns import ProposalState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.campaigns.actions.contributing import answer
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.campaigns.pages.frame import address, head, path_to, reached
from guiju.define.campaigns.reads.campaigns import asks_in, my_asks
from guiju.define.campaigns.reads.drafts import Draft
from guiju.define.campaigns.reads.proposals import Mine, mine
from guiju.define.campaigns.texts import MOST_TEXT
from guiju.define.lists.pages.frame import area_tabs, full_name, way
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole

_TONES = {
    ProposalState.OPEN: "wait",
    ProposalState.MERGED: "good",
    ProposalState.REJECTED: "calm",
}


@needs(Permission.RISK_REPORT)
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Show what the reader is asked, what is open first."""
    found = my_asks(standing(request).person)
    found.sort(key=lambda one: one.closed_at is not None)
    label = zh("我的排查")
    shown = {
        "tabs": area_tabs(request, "campaigns:mine"),
        "way": way(None, Crumb(label)),
        "heading": label,
        "asks": [
            (one, address("campaigns:answer", one.campaign), full_name(one.campaign.edition))
            for one in found
        ],
    }
    return render(request, "campaigns/mine.html", shown)


@needs(Permission.RISK_REPORT)
@require_safe
def answering(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the reader's powers with their steps and risks, and what the reader proposed."""
    found = reached(request, identity)
    asks = asks_in(found, standing(request).person)
    shown = head(request, found, "", Crumb(zh("我的排查")))
    shown |= contents(found, asks, mine(found, standing(request).person))
    return render(request, "campaigns/answer.html", shown)


def contents(campaign: Campaign, asks: list[Ask], proposed: list[Mine]) -> dict[str, object]:
    """Return what the page shows; the whole draft is read once."""
    draft = Draft(whole(campaign.edition))
    return contents_of(draft, campaign, asks, proposed)


def contents_of(
    draft: Draft, campaign: Campaign, asks: list[Ask], proposed: list[Mine]
) -> dict[str, object]:
    """Return what the page shows of a draft."""
    propose = address("campaigns:propose", campaign)
    risks = draft.living
    shown = []
    for ask in asks:
        names = {ask.post_name, f"{ask.unit_name}{ask.post_name}"}
        powers = [
            (
                power,
                list(
                    {one.step: one for one in draft.spots(power.code) if one.post in names}.values()
                ),
                [one for one in risks if one.power == power.code],
                f"{propose}?power={power.code}&post={ask.post_name}",
            )
            for power in draft.powers_of(names)
        ]
        finish = address("campaigns:finish", campaign, ask.number)
        shown.append((ask, powers, finish, f"{propose}?post={ask.post_name}"))
    words = profile_of(campaign.edition)
    return {
        "asked": shown,
        "proposed": [
            (one, Badge(_TONES[one.state], one.state.label), words.channels.get(one.channel, ""))
            for one in proposed
        ],
        "propose_at": propose,
        "others": [(one.code, one.name) for one in draft.lists.powers[:300]],
        "profile": words,
    }


class FinishForm(Form):
    """Why nothing was found, where nothing was."""

    reason = forms.CharField(
        label=said(zh("没有发现风险的理由")),
        help_text=said(zh("提出过风险的可以不写；没有提出的，写明逐项查过什么。不要写人名。")),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


@needs(Permission.RISK_REPORT)
@require_http_methods(METHODS)
def finishing(request: HttpRequest, identity: UUID, number: int) -> HttpResponse:
    """Say that one has finished."""
    found = reached(request, identity)
    me = standing(request).person
    ask = next((one for one in asks_in(found, me) if one.number == number), None)
    if ask is None:
        raise Http404
    count = len(mine(found, me))

    def says(_filled: Filled) -> list[Sentence]:
        if count:
            return [zh("您提出了 {count} 个风险，任务办结。之后想到的仍可以补充。", count=count)]
        return [zh("答复「没有发现风险」和写的理由，任务办结。之后想到的仍可以补充。")]

    def do(filled: Filled) -> None:
        answer(
            ask=number,
            person=ask.person,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    back = address("campaigns:answer", found)
    act = Act(
        zh("完成「{post}」的排查", post=ask.post_name),
        zh("完成排查"),
        zh("已答复，任务办结。"),
        back,
        path_to(found, Crumb(zh("我的排查"), back), Crumb(zh("完成"))),
    )
    return acted(request, act, FinishForm(data(request)), says=says, do=do)
