"""What was proposed, with its words opened, and how far it was worked on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from guiju.base.record import typed
from guiju.core.lists import proposals as pure
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel
from guiju.core.lists.words_campaigns import ProposalState
from guiju.core.plain import made
from guiju.core.sentence import Sentence
from guiju.define.campaigns.models import Campaign, Proposal
from guiju.define.campaigns.texts import REJECTION, opened_texts

MOST_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class Mine:
    """A proposal of the reader's, and what became of it."""

    reference: str
    risk: Risk
    channel: Channel
    state: ProposalState
    at: datetime
    into: str
    reason: str | Sentence


def proposal_of(row: Proposal) -> pure.Proposal:
    """Return a row as ``core`` has it."""
    text, manifestation = opened_texts(row.person, row.text)
    risk = replace(made(Risk, {"code": "", **row.content}), text=text, manifestation=manifestation)
    return pure.Proposal(row.reference, risk, Channel.of(row.channel), row.role)


def waiting(campaign: Campaign) -> list[pure.Proposal]:
    """Return what waits to be worked on, in the order in which it came; one query."""
    rows = Proposal.objects.filter(campaign=campaign, state=ProposalState.OPEN.value)
    return [proposal_of(one) for one in rows.order_by("number")[:MOST_SHOWN]]


def chosen(campaign: Campaign, references: Iterable[str]) -> list[pure.Proposal]:
    """Return these proposals if they still wait; one query."""
    rows = Proposal.objects.filter(
        campaign=campaign, reference__in=list(references), state=ProposalState.OPEN.value
    )
    return [proposal_of(one) for one in rows.order_by("number")]


def mine(campaign: Campaign, person: str) -> list[Mine]:
    """Return what somebody proposed in a campaign; one query."""
    rows = Proposal.objects.filter(campaign=campaign, person=person).order_by("-number")
    found = []
    for row in rows[:MOST_SHOWN]:
        said = proposal_of(row)
        reason = typed.opened(row.person, REJECTION, row.reason)
        state = ProposalState.of(row.state)
        found.append(Mine(row.reference, said.risk, said.channel, state, row.at, row.risk, reason))
    return found
