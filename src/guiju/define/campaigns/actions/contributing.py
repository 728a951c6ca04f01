"""What those do who look for risks: they propose some, or say that they found none, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from guiju.base.inbox.actions import complete_task
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Conflict, Invalid
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import step_key
from guiju.core.lists.risks import Risk
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import Channel
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.campaigns import find
from guiju.define.campaigns.events import ANSWERED, PROPOSED
from guiju.define.campaigns.models import Ask, Campaign, Proposal
from guiju.define.campaigns.reads.drafts import Draft
from guiju.define.campaigns.texts import MOST_TEXT, PROPOSAL, REASON, checked
from guiju.define.lists.models import NAME
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole


@dataclass(frozen=True, slots=True)
class Found:
    """A risk that somebody found.

    Attributes:
        risk: without code, state and channels; its grade is the finder's own view.
        channel: by which channel.
        role: the post in which they act, as lists name it.
    """

    risk: Risk
    channel: Channel
    role: str = ""


def propose(*, campaign: str, found: Found, by: Actor, at: datetime) -> Proposal:
    """Propose a risk for one's own post, another's, or those below (S0-15, S4-21).

    How many somebody proposes is nobody's business: there is no least number.

    Raises:
        Invalid: CAMPAIGN-02; CAMPAIGN-01 for a text that is missing or too long; CAMPAIGN-11
            for a place that the draft does not have, CAMPAIGN-12 for dimensions that the layer
            does not have, CAMPAIGN-13 for numbers that are none, CAMPAIGN-14 for a channel that
            the campaign does not have.
        Denied: CAMPAIGN-03, RECORD-20; what ``recording`` raises.
    """
    held = find.campaign_at(campaign)
    find.require_open(held)
    if found.channel.value not in held.channels:
        raise Invalid("CAMPAIGN-14", zh("这次排查没有用这个渠道。请另选渠道。"))
    risk = replace(
        found.risk,
        code="",
        text=checked(found.risk.text, zh("风险点"), most=MOST_TEXT),
        manifestation=checked(found.risk.manifestation, zh("表现形式"), required=False),
    )
    _check(held, risk)
    made = _row(held, found, risk, by=by, at=at)
    draft = PROPOSED(
        object=made.reference,  # not the campaign, whose readers need not know who proposed what
        channel=found.channel.value,
        proposal=made.reference,
        power=risk.power,
        step=risk.step,
        text=Personal(by.person, risk.text),
        manifestation=Personal(by.person, risk.manifestation),
    )
    with recording(draft, by=by, at=at):
        find.hold(held)
        made.save(force_insert=True)
    return made


def _row(campaign: Campaign, found: Found, risk: Risk, *, by: Actor, at: datetime) -> Proposal:
    said = {"text": risk.text, "manifestation": risk.manifestation}
    return Proposal(
        reference=new_reference("proposal"),
        campaign=campaign,
        person=by.person,
        role=found.role[:NAME],
        channel=found.channel.value,
        power=risk.power,
        flow=risk.flow,
        step=risk.step,
        content=plain(replace(risk, text="", manifestation="")),
        text=vault.lock(by.person, PROPOSAL, said),
        at=at,
    )


def _check(campaign: Campaign, risk: Risk) -> None:
    if not _is_there(whole(campaign.edition), risk):
        raise Invalid(
            "CAMPAIGN-11",
            zh("草稿里没有这项权力或这个步骤，也没有写明岗位。请重新选择。"),
        )
    known = profile_of(campaign.edition).dimensions
    layer = known.get(risk.layer, {}) if risk.layer else {}
    if not risk.dimensions or any(one not in layer for one in risk.dimensions):
        raise Invalid(
            "CAMPAIGN-12", zh("请选风险类别，只能选本单位配置里这个层面有的（{words}）。",
            words="、".join(layer.values()) or "—"),
        )  # fmt: skip
    numbers = (risk.probability, risk.harm, risk.grade)
    if any(one is not None and one not in (1, 2, 3) for one in numbers):
        raise Invalid("CAMPAIGN-13", zh("自评等级、发生几率、危害程度只能填 1、2、3。请改正。"))


def _is_there(lists: Lists, risk: Risk) -> bool:
    """Tell whether the draft has the place: a power, a step of its flow, or else a named post."""
    if not risk.power:
        return bool(risk.post) and not risk.step
    if all(one.code != risk.power for one in lists.powers):
        return False
    if not risk.step:
        return True
    flows = (one for one in lists.flows if one.power == risk.power and one.code == risk.flow)
    return any(step_key(node) == risk.step for flow in flows for node in flow.steps)


def answer(*, ask: int, person: str, reason: str, by: Actor, at: datetime) -> int:
    """Say that one has finished: with what was proposed, or with the reason for none.

    Args:
        ask: number of what was asked.
        person: who was asked; ``by`` is they, or stands in for them.
        reason: why no risk was found; needed where none was proposed.
        by: who answers.
        at: when.

    Returns:
        How many risks they proposed.

    Raises:
        Invalid: CAMPAIGN-15 for nothing that was asked of them; CAMPAIGN-16 without a reason
            where nothing was proposed.
        Denied: CAMPAIGN-03; what ``recording`` raises.
        Conflict: CAMPAIGN-17 when it was answered already.
    """
    row = _ask(ask, person)
    find.require_open(row.campaign)
    mine = Proposal.objects.filter(campaign=row.campaign, person__in={person, by.person})
    count = mine.count()
    said = checked(reason, zh("没有发现风险的理由"), required=False)
    if not count and not says_something(said):
        raise Invalid(
            "CAMPAIGN-16",
            zh("没有提出风险的，要写明逐项查过什么、为什么没有发现。请写明理由。"),
        )
    powers = _looked_at(row, {one for one in mine.values_list("power", flat=True) if one})
    draft = ANSWERED(
        object=row.campaign.reference,
        matter=row.campaign.edition.reference,
        post=row.post,
        count=count,
        powers=powers,
        reason=Personal(by.person, said),
    )
    with recording(draft, by=by, at=at):
        find.hold(row.campaign)
        box = vault.lock(row.person, REASON, said) if said else None
        changed = Ask.objects.filter(number=row.number, closed_at=None).update(
            answered_at=at, closed_at=at, powers=powers, reason=box
        )
        if not changed:
            raise _answered()
        complete_task(row.task, by=by, at=at)
    return count


def _ask(number: int, person: str) -> Ask:
    rows = Ask.objects.select_related("campaign__edition__unit")
    row = rows.filter(number=number, person=person).first()
    if row is None:
        raise Invalid("CAMPAIGN-15", zh("没有请您排查这一项。请回到「我的排查」，重新打开。"))
    if row.closed_at is not None and row.answered_at is not None:
        raise _answered()
    return row


def _answered() -> Conflict:
    return Conflict("CAMPAIGN-17", zh("这个岗位已经答复过。要补充风险，仍可以提出。"))


def _looked_at(ask: Ask, proposed: set[str]) -> list[str]:
    """Return the powers whose risks the holder of a post has looked for: all that bind it."""
    names = {ask.post_name, f"{ask.unit_name}{ask.post_name}"}
    draft = Draft(whole(ask.campaign.edition))
    return sorted(proposed | {one.code for one in draft.powers_of(names)})
