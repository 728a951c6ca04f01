"""Making risks of the draft out of what was proposed, or saying why not (domain.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from guiju.base.inbox.actions import Telling, tell
from guiju.base.inbox.states import NoticeKind
from guiju.base.record import vault
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal
from guiju.core.errors import Conflict, Invalid
from guiju.core.lists.numbering import next_code
from guiju.core.lists.proposals import merged
from guiju.core.lists.risks import Risk
from guiju.core.lists.values import Publication
from guiju.core.lists.words import ItemKind
from guiju.core.lists.words_campaigns import ProposalState
from guiju.core.sentence import zh
from guiju.define.campaigns import find
from guiju.define.campaigns.events import MERGED, REJECTED
from guiju.define.campaigns.models import Campaign, Proposal
from guiju.define.campaigns.reads.proposals import proposal_of
from guiju.define.campaigns.texts import MOST_TEXT, REJECTION, checked
from guiju.define.lists.actions.editing import put_item
from guiju.define.lists.models import Item
from guiju.define.lists.profiles import profile_of

MOST_MERGED = 100


@dataclass(frozen=True, slots=True)
class Wording:
    """How the risk is to read.

    Attributes:
        text, manifestation: empty for those of the first proposal.
        onto: code of a risk of the draft into which the proposals go; empty for a new one.
    """

    text: str = ""
    manifestation: str = ""
    onto: str = ""


def merge(
    *, campaign: str, proposals: Sequence[str], wording: Wording, by: Actor, at: datetime
) -> Risk:
    """Make one risk of the draft out of proposals, or let them go into one that it has.

    Raises:
        Invalid: CAMPAIGN-02; CAMPAIGN-18 for none, or too many; CAMPAIGN-19 for proposals for
            different places; CAMPAIGN-20 for a risk that the draft does not have; CAMPAIGN-01;
            as ``put_item``.
        Denied: CAMPAIGN-03; as ``put_item``.
        Conflict: CAMPAIGN-21 when one was decided meanwhile; as ``put_item``.
    """
    held = find.campaign_at(campaign)
    find.require_open(held)
    rows = _open_ones(held, proposals)
    found = [proposal_of(one) for one in rows]
    if len({(one.risk.power, one.risk.post if not one.risk.power else "") for one in found}) > 1:
        raise Invalid("CAMPAIGN-19", zh("只能归并同一项权力或同一个岗位的提议。请分几次归并。"))
    onto = find.risk_at(held, wording.onto) if wording.onto else None
    code = onto.code if onto else _free_code(held)
    risk = _worded(held, merged(found, code=code, onto=onto), wording)
    draft = MERGED(
        object=campaign,
        matter=held.edition.reference,
        count=len(rows),
        code=code,
        proposals=[one.reference for one in rows],
        channels=[one.value for one in risk.channels],
    )
    with recording(draft, by=by, at=at):
        find.hold(held)
        put_item(edition=held.edition.reference, item=risk, revision=None, by=by, at=at)
        told = {"state": ProposalState.MERGED.value, "risk": code}
        count = _still_open(rows).update(decided_at=at, decided_by=by.person, **told)
        _require_all(rows, count)
    return risk


def _free_code(campaign: Campaign) -> str:
    rows = Item.objects.filter(edition=campaign.edition, kind=ItemKind.RISK.value)
    return next_code(ItemKind.RISK, list(rows.order_by("place").values_list("code", flat=True)))


def _worded(campaign: Campaign, risk: Risk, wording: Wording) -> Risk:
    audience = profile_of(campaign.edition).audiences.get(ItemKind.RISK)
    public = risk.publication or (Publication(audience=audience) if audience else None)
    text = checked(wording.text or risk.text, zh("风险点"), most=MOST_TEXT)
    said = wording.manifestation or risk.manifestation
    return replace(
        risk,
        text=text,
        manifestation=checked(said, zh("表现形式"), required=False),
        publication=public,
    )


def reject(*, proposal: str, reason: str, by: Actor, at: datetime) -> None:
    """Do not take a proposal; the reason is told to whoever proposed it.

    Raises:
        Invalid: CAMPAIGN-18 when there is none; CAMPAIGN-01 without a reason.
        Denied: CAMPAIGN-03; what ``recording`` raises.
        Conflict: CAMPAIGN-21 when it was decided meanwhile.
    """
    row = Proposal.objects.select_related("campaign__edition").filter(reference=proposal).first()
    if row is None:
        raise _none()
    find.require_open(row.campaign)
    said = checked(reason, zh("不采纳的理由"))
    draft = REJECTED(
        object=row.campaign.reference,
        matter=row.campaign.edition.reference,
        proposal=proposal,
        reason=Personal(row.person, said),
    )
    says = zh("「{name}」没有采纳您提出的一个风险：{reason}", name=row.campaign.name, reason=said)
    telling = Telling(
        row.person,
        NoticeKind.TOLD,
        says,
        f"rejected:{proposal}",
        about=row.campaign.edition.reference,
    )
    with recording(draft, by=by, at=at):
        find.hold(row.campaign)
        box = vault.lock(row.person, REJECTION, said)
        told = {"state": ProposalState.REJECTED.value, "reason": box}
        count = _still_open([row]).update(decided_at=at, decided_by=by.person, **told)
        _require_all([row], count)
        tell(telling, by=SYSTEM, at=at)


def _open_ones(campaign: Campaign, references: Sequence[str]) -> list[Proposal]:
    wanted = set(references)
    rows = list(Proposal.objects.filter(campaign=campaign, reference__in=wanted).order_by("number"))
    if not wanted or len(rows) != len(wanted) or len(rows) > MOST_MERGED:
        raise _none()
    if any(one.state != ProposalState.OPEN.value for one in rows):
        raise _decided()
    return rows


def _still_open(rows: Sequence[Proposal]) -> QuerySet[Proposal]:
    numbers = [one.number for one in rows]
    return Proposal.objects.filter(number__in=numbers, state=ProposalState.OPEN.value)


def _require_all(rows: Sequence[Proposal], count: int) -> None:
    if count != len(rows):
        raise _decided()


def _none() -> Invalid:
    return Invalid(
        "CAMPAIGN-18",
        zh("请选 1 到 {most} 条这次排查的提议，再归并。", most=MOST_MERGED),
    )


def _decided() -> Conflict:
    return Conflict("CAMPAIGN-21", zh("选中的提议里有的刚刚已经办过。请刷新页面查看。"))
