"""Campaigns in the gallery, over made-up people and risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_TEXT, Holder, holders
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Power
from guiju.core.lists.proposals import Proposal, gathered
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel, Layer, RiskState
from guiju.core.lists.words_campaigns import CampaignState, Gate, ProposalState
from guiju.core.sentence import zh
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.campaigns.pages import (
    answering,
    board,
    campaign,
    campaigns,
    forms,
    gates,
    grading,
)
from guiju.define.campaigns.pages.frame import badge_of
from guiju.define.campaigns.papers import Signed
from guiju.define.campaigns.reads.campaigns import CampaignLine, Progress, UnitProgress
from guiju.define.campaigns.reads.drafts import Draft
from guiju.define.campaigns.reads.gates import GateStanding
from guiju.define.campaigns.reads.proposals import Mine
from guiju.define.lists.models import Edition
from guiju.exchange.profile_files import built_in

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
_TEXTS = (
    "审核报销时对不合规票据放宽要求",
    "审核报销时对不合规的票据放宽要求",
    "选用教材时接受推销方宴请",
    "拖延年检，借机要求购买指定服务",
)
_SCHOOL = built_in("school")


def _campaign() -> Campaign:
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    edition = Edition(reference=f"edition:{UUID(int=1)}", title="计财科清单", ordinal=2)
    edition.profile, edition.changed_at = "school", NOON
    edition.unit = Unit(name="教育局", path="1/")
    made = Campaign(
        reference=f"campaign:{UUID(int=2)}", name="2026 年廉政风险排查", edition=edition
    )
    made.channels = [Channel.SELF.value, Channel.MUTUAL.value, Channel.LEADER.value]
    made.due_at, made.gates = NOON, {}
    return made


def _head(current: str, state: str) -> dict[str, object]:
    here, is_allowed = reverse("ui:gallery"), state != "forbidden"
    names = (zh("进展"), zh("归并"), zh("四不放过"), zh("定级"), zh("表格"))
    return {
        "campaign": _campaign(),
        "campaign_state": badge_of(CampaignState.OPEN),
        "way": (Crumb(zh("四单"), here), Crumb("2026 年廉政风险排查")),
        "edition_name": zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=2),
        "edition_link": here,
        "campaign_tabs": [Tab(one, here, one.template == current) for one in names],
        "is_open": is_allowed,
        "may_edit": is_allowed,
        "may_run": is_allowed,
    }


def _line(one: Holder) -> CampaignLine:
    return CampaignLine(
        f"campaign:{UUID(int=one.number)}", f"{one.unit}风险排查",
        f"edition:{UUID(int=one.number)}", f"{one.unit}清单", 2, one.unit, CampaignState.OPEN, NOON,
        20, one.number % 20, one.number, NOON,
    )  # fmt: skip


def _campaigns(request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    return {
        "heading": campaigns.TABLE.name,
        "lead": zh("请各岗位的人一起找风险：谁还没有答复、各渠道提了多少，都在这里。不设指标。"),
        "tabs": (Tab(zh("各版清单"), here), Tab(zh("风险排查"), here, is_current=True)),
        "way": (Crumb(zh("四单"), here), Crumb(campaigns.TABLE.name)),
        "listed": listed(request, campaigns.TABLE, state, _line),
    }


def _asks(state: str) -> list[Ask]:
    return [
        Ask(
            number=one.number,
            campaign=_campaign(),
            person=one.name,
            post_name=one.post,
            unit_name=one.unit,
        )
        for one in holders(COUNTS[state], is_long=state == "long")
    ]


def _one(_request: HttpRequest, state: str) -> Shown:
    asks = _asks(state)
    units = tuple(
        UnitProgress("", one.unit_name, 5, number % 5) for number, one in enumerate(asks[:40])
    )
    told = Progress(
        units,
        tuple(asks),
        {Channel.SELF: len(asks), Channel.MUTUAL: len(asks) // 3, Channel.LEADER: 0},
        {ProposalState.OPEN: len(asks), ProposalState.MERGED: 2, ProposalState.REJECTED: 1},
        len(asks),
        0,
    )
    names = {one.person: one.person for one in asks}
    shown = _head("进展", state) | campaign.contents(_campaign(), told, names)
    return shown | {"my_asks": asks[:1] if state == "typical" else []}


def _mine(_request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    name = zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=2)
    return {
        "heading": zh("我的排查"),
        "tabs": (Tab(zh("风险排查"), here), Tab(zh("我的排查"), here, is_current=True)),
        "way": (Crumb(zh("四单"), here), Crumb(zh("我的排查"))),
        "asks": [(one, here, name) for one in _asks(state)],
    }


def _risk(number: int, state: str) -> Risk:
    text = LONG_TEXT if state == "long" else _TEXTS[number % len(_TEXTS)]
    return Risk(
        code=f"FX-{number:03}",
        power=f"QL-{number // 4:03}",
        layer=Layer.POST,
        post="财务审核岗",
        text=f"{text}（{number}）" if number > 3 else text,
        manifestation="票据不全仍予报销",
        grade=number % 3 + 1,
    )


def _draft(state: str, risks: Sequence[Risk] = ()) -> Draft:
    powers = tuple(
        Power(code=f"QL-{number:03}", name="大额资金使用审批", post="财务审核岗")
        for number in range(COUNTS[state] // 4 + 1)
    )
    return Draft(Lists(profile="school", powers=powers, risks=tuple(risks)))


def _answer(_request: HttpRequest, state: str) -> Shown:
    asks = _asks("typical")[:1] if state != "empty" else []
    for one in asks:
        one.post_name = "财务审核岗"
    proposed = [
        Mine(
            "", _risk(number, state), Channel.SELF, list(ProposalState)[number % 3], NOON,
            "FX-001" if number % 3 == 1 else "", "与本项权力无关" if number % 3 == 2 else "",
        )
        for number in range(COUNTS[state])
    ]  # fmt: skip
    draft = _draft(state, [_risk(number, state) for number in range(3)])
    return _head("", state) | answering.contents_of(draft, _campaign(), asks, proposed)


def _board(_request: HttpRequest, state: str) -> Shown:
    proposals = [
        Proposal(f"proposal:{UUID(int=number + 1)}", _risk(number, state),
                 Channel.SELF if number % 2 else Channel.MUTUAL, "财务审核岗")
        for number in range(COUNTS[state])
    ]  # fmt: skip
    here = reverse("ui:gallery")
    shown = board.contents(gathered(proposals), _draft(state), _SCHOOL)
    return _head("归并", state) | shown | {"merge_at": here, "reject_at": here}


def _gates(_request: HttpRequest, state: str) -> Shown:
    wanting = zh("不全面：{all} 项权力里有 {open} 项没有排查。请逐项排查完再报。", all=12, open=3)
    reason = LONG_TEXT if state == "long" else "逐项对照清单和流程看过。"
    told = {
        gate: GateStanding(gate, None)
        if state == "empty"
        else GateStanding(
            gate,
            wanting if state == "error" and gate is Gate.COMPLETE else None,
            state == "typical" or gate is Gate.EXACT,
            reason,
            "王建国",
            NOON,
        )
        for gate in Gate
    }
    shown = gates.contents(_campaign(), told, {"王建国": "王建国"})
    return _head("四不放过", state) | shown


def _grading(_request: HttpRequest, state: str) -> Shown:
    states = (RiskState.CONSOLIDATED, RiskState.GRADED)
    risks = [
        replace(_risk(number, state), state=states[number % 2], found_by="财务审核岗、计财科科长")
        for number in range(COUNTS[state])
    ]
    shown = grading.contents(_campaign(), _draft(state, risks), _SCHOOL)
    return _head("定级", state) | shown | {"is_shut": state == "error"}


def _forms(_request: HttpRequest, state: str) -> Shown:
    posts = list(dict.fromkeys(one.post_name for one in _asks(state)))
    shown = _head("表格", state) | forms.contents(_campaign(), posts)
    return shown | {"approved": _approved(COUNTS[state])}


def _approved(count: int) -> list[Signed]:
    """Return the signatures of a school's chain; one to be signed where there is none."""
    steps = (("主管领导审定", "审定"), ("领导小组确定", "批准"), ("纪检监察室备案", "备案"))
    said = [
        Signed(name, f"某学院 副院长 {word} 2026年11月18日（记录第 {number} 号）")
        for number, (name, word) in enumerate(steps * (1 + count // 3), 1)
    ]
    return said[: min(count, 6)] or [Signed(zh("审签"))]


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("campaign", zh("一次排查的进展"), "campaign", _one),
        ("mine", zh("我的排查"), "mine", _mine),
        ("answer", zh("排查本人的权力"), "answer", _answer),
        ("board", zh("归并提议"), "board", _board),
        ("gates", zh("四不放过"), "gates", _gates),
        ("grading", zh("风险定级"), "grading", _grading),
        ("forms", zh("附件表格"), "forms", _forms),
    ):
        add_exhibit(
            Exhibit(f"campaigns-{name}", label, f"campaigns/{template}.html", show, is_screen=True)
        )
    add_lists(("campaigns-list", zh("风险排查"), "lists/list.html", _campaigns))
