"""四不放过: what the checks find, and an express word on each of the four (S3-16)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.inbox.people import names_of
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.words_campaigns import Gate
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.campaigns.actions.gating import judge
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.pages.frame import address, head, path_to, reached
from guiju.define.campaigns.reads.gates import GateStanding, gates_of
from guiju.define.lists.models import REASON

ASKS: dict[Gate, Sentence] = {
    Gate.COMPLETE: zh("每一项权力都查过了吗？"),
    Gate.THOROUGH: zh("审核、审批、审签的每一步都查到了吗？"),
    Gate.EXACT: zh("风险点都写得具体、没有照抄吗？"),
    Gate.PUBLIC: zh("都公开，或写明了不公开的依据吗？"),
}
_PASSED = (("yes", zh("通过")), ("no", zh("不通过，要补")))


@needs(Permission.LISTS_READ)
@require_safe
def gates(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show how the four stand."""
    found = reached(request, identity)
    standing = gates_of(found, timezone.localdate())
    people = {one.by for one in standing.values() if one.by}
    names = names_of(people, at=timezone.now())
    shown = head(request, found, "campaigns:gates") | contents(found, standing, names)
    return render(request, "campaigns/gates.html", shown)


def contents(
    campaign: Campaign, standing: Mapping[Gate, GateStanding], names: Mapping[str, str]
) -> dict[str, object]:
    """Return what the page shows of the four."""
    return {
        "gates": [
            (
                one,
                ASKS[gate],
                badge_of(one),
                names.get(one.by, ""),
                address("campaigns:judge", campaign, gate.value),
            )
            for gate, one in standing.items()
        ],
        "passes": all(one.is_open for one in standing.values()),
        "grading_at": address("campaigns:grading", campaign),
    }


def badge_of(standing: GateStanding) -> Badge:
    """Return how one of the four stands."""
    if standing.is_open:
        return Badge("good", zh("通过"))
    if standing.found is not None:
        return Badge("bad", zh("检查没有放过"))
    if standing.is_passed is False:
        return Badge("bad", zh("不通过"))
    return Badge("wait", zh("待确认"))


class JudgeForm(Form):
    """A word on one of the four, and why."""

    verdict = forms.ChoiceField(
        label=said(zh("结论")),
        choices=[(value, said(word)) for value, word in _PASSED],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=said(zh("理由")),
        help_text=said(zh("看过什么、为什么这样认为；不通过的写明要补什么。不要写人名。")),
        max_length=REASON,
        widget=forms.Textarea({"rows": 3}),
    )


@needs(Permission.CAMPAIGN_RUN)
@require_http_methods(METHODS)
def judging(request: HttpRequest, identity: UUID, name: str) -> HttpResponse:
    """Confirm one of the four, or say what is wanting."""
    found = reached(request, identity, Permission.CAMPAIGN_RUN)
    gate = next((one for one in Gate if one.value == name), None)
    if gate is None:
        raise Http404
    standing = gates_of(found, timezone.localdate())[gate]

    def says(filled: Filled) -> list[Sentence]:
        if filled["verdict"] == "yes":
            return [zh("「{gate}」这一关确认通过；四关都过了才能定级。", gate=gate.label)]
        return [zh("「{gate}」这一关不通过，理由列进清单的检查。", gate=gate.label)]

    def do(filled: Filled) -> None:
        judge(
            campaign=found.reference,
            gate=gate,
            is_passed=filled["verdict"] == "yes",
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    back = address("campaigns:gates", found)
    act = Act(
        zh("四不放过：{gate}", gate=gate.label),
        zh("确认"),
        zh("已确认。"),
        back,
        path_to(found, Crumb(zh("四不放过"), back), Crumb(gate.label)),
        lead=standing.found or ASKS[gate],
    )
    return acted(request, act, JudgeForm(data(request)), says=says, do=do)
