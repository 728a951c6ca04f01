"""归并: what was proposed side by side, by power and step; several make one risk, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.profile import Profile
from guiju.core.lists.proposals import Cluster, Place, Proposal, gathered
from guiju.core.lists.risks import Risk
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.campaigns.actions.consolidating import Wording, merge, reject
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.pages.frame import address, head, path_to, reached
from guiju.define.campaigns.reads.drafts import Draft
from guiju.define.campaigns.reads.proposals import chosen, waiting
from guiju.define.campaigns.texts import MOST_TEXT
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole

PART = 30
"""So many places one page shows."""


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A power and step with its proposals and the risks that the draft has there."""

    power: str
    step: str
    clusters: tuple[Cluster, ...]
    risks: tuple[Risk, ...]
    key: int


@needs(Permission.LISTS_EDIT)
@require_safe
def board(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what waits, in its places."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    shown = head(request, found, "campaigns:board")
    draft = Draft(whole(found.edition))
    shown |= contents(gathered(waiting(found)), draft, profile_of(found.edition))
    shown["merge_at"] = address("campaigns:merge", found)
    shown["reject_at"] = address("campaigns:reject", found)
    return render(request, "campaigns/board.html", shown)


def contents(places: Sequence[Place], draft: Draft, profile: Profile) -> dict[str, object]:
    """Return what the page shows of places; the first ``PART`` of them."""
    powers, steps = draft.powers, draft.step_names()
    shown = []
    for key, place in enumerate(places[:PART]):
        power = powers.get(place.power)
        risks = tuple(
            one
            for one in draft.living
            if place.power and (one.power, one.step) == (place.power, place.step)
        )
        post = place.clusters[0].proposals[0].risk.post
        name = power.name if power else post or say(zh("岗位"))
        step = steps.get((place.flow, place.step), "")
        shown.append(PlaceShown(name, step, place.clusters, risks, key))
    return {
        "places": shown,
        "more": max(len(places) - PART, 0),
        "channel_words": {one.value: say(word) for one, word in profile.channels.items()},
        "profile": profile,
    }


class MergeForm(Form):
    """How the risk is to read, and whether it goes into one that is there."""

    proposals = forms.CharField(widget=forms.HiddenInput, max_length=12_000)
    onto = forms.ChoiceField(label=said(zh("归入哪个风险")), required=False)
    text = forms.CharField(
        label=said(zh("风险点")),
        help_text=said(zh("可以改写；渠道、类别合在一起，几率和危害取重的。不要写人名。")),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
    manifestation = forms.CharField(
        label=said(zh("表现形式")),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, risks: Sequence[Risk], **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        field = self.fields["onto"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
        known = [(one.code, f"{one.code} {one.text[:40]}") for one in risks]
        field.choices = [("", say(zh("新的一个风险"))), *known]


def _wanted(request: HttpRequest, campaign: Campaign) -> list[Proposal]:
    """Return the proposals that were ticked, or are carried along by the form."""
    ticked = request.GET.getlist("proposal") or request.POST.get("proposals", "").split()
    return chosen(campaign, [f"proposal:{one}" for one in ticked])


def _identities(found: Sequence[Proposal]) -> str:
    return " ".join(one.identity for one in found)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def merging(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Make one risk of the proposals that were ticked."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    wanted = _wanted(request, found)
    draft = Draft(whole(found.edition))
    first = wanted[0].risk if wanted else Risk(code="")
    form = MergeForm(
        data(request),
        risks=draft.known_texts(first.power, first.post),
        initial={
            "proposals": _identities(wanted),
            "text": first.text,
            "manifestation": first.manifestation,
        },
    )

    def says(filled: Filled) -> list[Sentence]:
        words = profile_of(found.edition).channels
        used = dict.fromkeys(words.get(one.channel, one.channel.label) for one in wanted)
        into = filled["onto"] or zh("一个新风险")
        return [
            zh("{count} 条提议归为{into}，渠道：{channels}。",
               count=len(wanted), into=into, channels=listing(used)),
            zh("写进草稿，状态为已归并；提议人在「我的排查」里看得到归到了哪里。"),
        ]  # fmt: skip

    def do(filled: Filled) -> None:
        merge(
            campaign=found.reference,
            proposals=[f"proposal:{one}" for one in filled["proposals"].split()],
            wording=Wording(filled["text"], filled["manifestation"], filled["onto"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    back = address("campaigns:board", found)
    act = Act(
        zh("归并 {count} 条提议", count=len(wanted)),
        zh("归并"),
        zh("已归并，写进草稿。"),
        back,
        path_to(found, Crumb(zh("归并"), back), Crumb(zh("归并提议"))),
    )
    return acted(request, act, form, says=says, do=do)


class RejectForm(Form):
    """Why a proposal is not taken."""

    proposals = forms.CharField(widget=forms.HiddenInput, max_length=60)
    reason = forms.CharField(
        label=said(zh("不采纳的理由")),
        help_text=said(zh("会告诉提议人")),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def rejecting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Do not take a proposal."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    wanted = _wanted(request, found)
    if not wanted and request.method != "POST":
        raise Http404
    form = RejectForm(data(request), initial={"proposals": _identities(wanted[:1])})

    def says(_filled: Filled) -> list[Sentence]:
        texts = [one.risk.text for one in wanted[:1]]
        return [zh("不采纳：{texts}。理由告诉提议人。", texts=listing(texts))]

    def do(filled: Filled) -> None:
        reference = f"proposal:{filled['proposals'].strip()}"
        if not any(one.key == reference for one in chosen(found, [reference])):
            raise Http404
        reject(proposal=reference, reason=filled["reason"], by=actor_of(request), at=timezone.now())

    back = address("campaigns:board", found)
    act = Act(
        zh("不采纳这条提议"),
        zh("不采纳"),
        zh("已不采纳，理由告诉了提议人。"),
        back,
        path_to(found, Crumb(zh("归并"), back), Crumb(zh("不采纳"))),
        lead=zh("{text}", text=wanted[0].risk.text) if wanted else None,
    )
    return acted(request, act, form, says=says, do=do)
