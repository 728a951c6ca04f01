"""Campaigns for programs: what there is, how far it has come, proposing, answering."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.org.reads.own_posts import own_posts
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of, standing
from guiju.core.errors import Invalid
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel, Dimension, Layer
from guiju.core.lists.words_campaigns import CampaignState, ProposalState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.campaigns.actions import contributing
from guiju.define.campaigns.pages.campaigns import TABLE
from guiju.define.campaigns.pages.frame import reached
from guiju.define.campaigns.pages.proposing import allowed
from guiju.define.campaigns.reads.campaigns import CampaignLine, asks_in, campaigns, progress_of
from guiju.define.campaigns.reads.proposals import mine
from guiju.define.campaigns.texts import MOST_TEXT
from guiju.define.lists.models import CODE, NAME

router = Router(tags=["lists"])
_DEGREE = Field(None, ge=1, le=3)


class CampaignOut(Schema):
    """A campaign in the list."""

    reference: str
    name: str
    edition: str
    title: str
    ordinal: int
    unit_name: str
    state: CampaignState
    due_at: datetime
    begun_at: datetime
    asked: int
    answered: int
    proposals: int


class WaitingOut(Schema):
    """Somebody who has not answered."""

    number: int
    person: str
    post: str
    unit: str


class ProgressOut(Schema):
    """How far a campaign has come; ``waiting`` are those who have not answered."""

    asked: int
    answered: int
    waiting: list[WaitingOut]
    channels: dict[str, int]
    proposals: dict[str, int]
    to_grade: int
    graded: int


class ProposalOut(Schema):
    """A proposal of the reader's and what became of it; ``risk`` into which it went."""

    reference: str
    channel: Channel
    state: ProposalState
    power: str
    step: str
    text: str
    risk: str
    at: datetime


class ProposalIn(Body):
    """A risk that somebody proposes."""

    power: str = Field("", max_length=CODE)
    flow: str = Field("", max_length=CODE)
    step: str = Field("", max_length=CODE)
    post: str = Field("", max_length=NAME)
    channel: Channel
    layer: Layer
    dimensions: list[Dimension]
    text: str = Field(min_length=1, max_length=MOST_TEXT)
    manifestation: str = Field("", max_length=MOST_TEXT)
    probability: int | None = _DEGREE
    harm: int | None = _DEGREE
    grade: int | None = _DEGREE


class AnswerIn(Body):
    """That one has finished; the reason where nothing was found."""

    reason: str = Field("", max_length=MOST_TEXT)


@router.get(
    "", response=Paged[CampaignOut], summary=said(zh("风险排查")), openapi_extra=asked(TABLE)
)
@needs(Permission.LISTS_READ)
def list_campaigns(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return campaigns, as on the page."""
    scope, me = scope_of(request, Permission.LISTS_READ), standing(request).person
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: campaigns(scope, me, state.filters),
        show=_line,
    )


@router.get(
    "/{uuid:identity}", response=ProgressOut, summary=said(zh("一次排查的进展，谁还没有答复"))
)
@needs(Permission.LISTS_READ)
def one_campaign(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return how far a campaign has come."""
    told = progress_of(reached(request, identity))
    return {
        "asked": told.asked,
        "answered": told.answered,
        "waiting": [
            {"number": one.number, "person": one.person, "post": one.post, "unit": one.unit}
            for one in told.waiting
        ],
        "channels": {one.value: count for one, count in told.channels.items()},
        "proposals": {one.value: count for one, count in told.states.items()},
        "to_grade": told.to_grade,
        "graded": told.graded,
    }


@router.get(
    "/{uuid:identity}/proposals",
    response=list[ProposalOut],
    summary=said(zh("本人在一次排查里提出的风险")),
)
@needs(Permission.RISK_REPORT)
def own_proposals(request: HttpRequest, identity: UUID) -> list[dict[str, object]]:
    """Return what the reader proposed."""
    found = mine(reached(request, identity), standing(request).person)
    return [
        {
            "reference": one.reference,
            "channel": one.channel,
            "state": one.state,
            "power": one.risk.power,
            "step": one.risk.step,
            "text": one.risk.text,
            "risk": one.into,
            "at": one.at,
        }
        for one in found
    ]


@router.post("/{uuid:identity}/proposals", response=Done, summary=said(zh("提出一个风险")))
@needs(Permission.RISK_REPORT)
def propose(request: HttpRequest, identity: UUID, wanted: ProposalIn) -> object:
    """Propose a risk, as on the page."""
    found = reached(request, identity)
    posts = own_posts(standing(request).person, timezone.localdate())
    if wanted.channel not in allowed(request, found, posts):
        raise Invalid("CAMPAIGN-14", zh("这次排查没有用这个渠道。请另选渠道。"))
    told = wanted.dict(exclude={"channel", "dimensions"})
    risk = Risk(code="", dimensions=tuple(dict.fromkeys(wanted.dimensions)), **told)
    names = [one.name for one in posts]
    role = wanted.post if wanted.post in names else next(iter(names), "")
    with once(request):
        return contributing.propose(
            campaign=found.reference,
            found=contributing.Found(risk, wanted.channel, role),
            by=actor_of(request),
            at=timezone.now(),
        )


@router.post(
    "/{uuid:identity}/asks/{int:number}/answer",
    response=Done,
    summary=said(zh("完成排查；没有发现风险的写明理由")),
)
@needs(Permission.RISK_REPORT)
def answer(request: HttpRequest, identity: UUID, number: int, wanted: AnswerIn) -> object:
    """Say that one has finished."""
    found = reached(request, identity)
    asks = asks_in(found, standing(request).person)
    ask = next((one for one in asks if one.number == number), None)
    if ask is None:
        raise Http404
    with once(request):
        contributing.answer(
            ask=number,
            person=ask.person,
            reason=wanted.reason,
            by=actor_of(request),
            at=timezone.now(),
        )
    return found


def _line(one: CampaignLine) -> dict[str, object]:
    return {name: getattr(one, name) for name in CampaignOut.model_fields}
