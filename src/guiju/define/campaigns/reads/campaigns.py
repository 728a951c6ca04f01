"""Campaigns within what the reader may see, and how far one has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guiju.base.org.reads.standing import Acting, acting
from guiju.base.org.reads.within import within
from guiju.base.ui.sources import Rows
from guiju.core.access import Scope
from guiju.core.lists.words import Channel, ItemKind, RiskState
from guiju.core.lists.words_campaigns import CampaignState, ProposalState
from guiju.define.campaigns.models import Ask, Campaign, Proposal
from guiju.define.lists.models import Item


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in the list."""

    reference: str
    name: str
    edition: str
    title: str
    ordinal: int
    unit_name: str
    state: CampaignState
    due_at: datetime
    asked: int
    answered: int
    proposals: int
    begun_at: datetime

    @property
    def open(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit's posts have come."""

    unit: str
    name: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come.

    Attributes:
        waiting: who has not answered; also after it has ended.
        channels: how many risks were proposed by each channel of the campaign.
        states: how many proposals are in which state.
        to_grade: how many risks of the draft wait for a grade; ``graded`` how many have one.
    """

    units: tuple[UnitProgress, ...]
    waiting: tuple[Ask, ...]
    channels: Mapping[Channel, int]
    states: Mapping[ProposalState, int]
    to_grade: int
    graded: int

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.units)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.units)


def asked_editions(who: Acting) -> Q:
    """Return which editions somebody may open because they were asked to look for risks."""
    return Q(number__in=Ask.objects.filter(who.concerned()).values("campaign__edition"))


def _visible(scope: Scope, person: str) -> Q:
    found = within(scope, "edition__unit__path")
    if not found:  # everywhere: an empty condition, which | would drop
        return found
    return found | Q(number__in=_asks(person).values("campaign"))


def campaign_for(scope: Scope, person: str, reference: str) -> Campaign | None:
    """Return a campaign with its edition and unit; None for one that is not to be seen."""
    rows = Campaign.objects.select_related("edition__unit")
    return rows.filter(_visible(scope, person), reference=reference).first()


def campaigns(scope: Scope, person: str, conditions: Mapping[str, str]) -> Rows[CampaignLine]:
    """Return campaigns; a page costs three queries.

    Args:
        scope: where the reader may look.
        person: the reader, for what they are asked elsewhere.
        conditions: ``search`` name or unit, ``state``, ``edition`` a reference.
    """
    rows = Campaign.objects.filter(_visible(scope, person)).select_related("edition__unit")
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(name__contains=text) | Q(edition__unit__name__contains=text))
    if state := conditions.get("state", ""):
        rows = rows.filter(state=state)
    if edition := conditions.get("edition", ""):
        rows = rows.filter(edition__reference=edition)
    return Rows(rows, _lines)


def _lines(found: Sequence[Campaign]) -> list[CampaignLine]:
    numbers = [one.number for one in found]
    answered = Count("pk", filter=Q(answered_at__isnull=False))
    asks = Ask.objects.filter(campaign__in=numbers).order_by().values("campaign")
    counts = {
        one["campaign"]: (one["asked"], one["done"])
        for one in asks.annotate(asked=Count("pk"), done=answered)
    }
    proposals = Proposal.objects.filter(campaign__in=numbers).order_by().values("campaign")
    proposed = {one["campaign"]: one["count"] for one in proposals.annotate(count=Count("pk"))}
    return [
        CampaignLine(
            one.reference,
            one.name,
            one.edition.reference,
            one.edition.title,
            one.edition.ordinal,
            one.edition.unit.name,
            CampaignState.of(one.state),
            one.due_at,
            *counts.get(one.number, (0, 0)),
            proposed.get(one.number, 0),
            one.begun_at,
        )
        for one in found
    ]


def progress_of(campaign: Campaign) -> Progress:
    """Return how far a campaign has come; three queries."""
    asks = list(Ask.objects.filter(campaign=campaign).order_by("unit_name", "number"))
    units: dict[str, list[Ask]] = {}
    for ask in asks:
        units.setdefault(ask.unit, []).append(ask)
    proposed = Proposal.objects.filter(campaign=campaign).order_by()
    by_channel: Counter[str] = Counter()
    by_state: Counter[str] = Counter()
    for channel, state, count in proposed.values_list("channel", "state").annotate(n=Count("pk")):
        by_channel[channel] += count
        by_state[state] += count
    risks = Item.objects.filter(edition=campaign.edition_id, kind=ItemKind.RISK.value).order_by()
    states = dict(risks.values_list("state").annotate(n=Count("pk")))
    return Progress(
        tuple(_unit(found) for found in units.values()),
        tuple(one for one in asks if one.answered_at is None),
        {Channel.of(one): by_channel[one] for one in campaign.channels},
        {one: by_state[one.value] for one in ProposalState},
        states.get(RiskState.CONSOLIDATED.value, 0),
        states.get(RiskState.GRADED.value, 0),
    )


def _unit(asks: Sequence[Ask]) -> UnitProgress:
    done = sum(one.answered_at is not None for one in asks)
    return UnitProgress(asks[0].unit, asks[0].unit_name, len(asks), done)


def my_asks(person: str, *, is_open: bool | None = None) -> list[Ask]:
    """Return what somebody, or whom they stand in for, was asked; two queries."""
    rows = _asks(person).select_related("campaign__edition__unit").order_by("-number")
    if is_open is not None:
        rows = rows.filter(closed_at__isnull=is_open)
    return list(rows[:200])


def asks_in(campaign: Campaign, person: str) -> list[Ask]:
    """Return what somebody, or whom they stand in for, was asked in a campaign; two queries."""
    return list(_asks(person).filter(campaign=campaign).order_by("closed_at", "number"))


def _asks(person: str) -> QuerySet[Ask]:
    return Ask.objects.filter(acting(person, timezone.localdate()).concerned())
