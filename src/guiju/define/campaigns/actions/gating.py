"""四不放过: what the checks say, and what whoever answers for the lists confirms (S3-16)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.entry import instant
from guiju.core.lists.texts import says_something
from guiju.core.lists.words_campaigns import Gate, ProposalState
from guiju.core.sentence import listing, zh
from guiju.define.campaigns import find
from guiju.define.campaigns.events import JUDGED
from guiju.define.campaigns.models import Campaign, Proposal
from guiju.define.campaigns.reads.gates import gates_of
from guiju.define.campaigns.texts import checked
from guiju.define.lists.models import REASON


def judge(
    *, campaign: str, gate: Gate, is_passed: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Confirm one of the four, or say what is wanting; both with a reason.

    The reason stands in the open part of the record and in the checks: it names nobody.

    Raises:
        Invalid: CAMPAIGN-02; CAMPAIGN-01 or CAMPAIGN-22 without a reason that says something.
        Denied: CAMPAIGN-03; CAMPAIGN-23 for passing what the checks find wanting; what
            ``recording`` raises.
    """
    found = find.campaign_at(campaign)
    find.require_open(found)
    said = checked(reason, zh("理由"), most=REASON)
    if not says_something(said):
        raise Invalid("CAMPAIGN-22", zh("理由没有内容。请写明看过什么、为什么这样认为。"))
    if is_passed:
        _require_fit(found, gate, at)
    draft = JUDGED(
        object=campaign,
        matter=found.edition.reference,
        gate=gate.value,
        verdict=str(zh("通过") if is_passed else zh("不通过")),
        reason=said,
    )
    with recording(draft, by=by, at=at):
        held = find.hold(found)
        told = {"is_passed": is_passed, "reason": said, "by": by.person, "at": instant(at)}
        held.gates = {**held.gates, gate.value: told}
        held.save(update_fields=["gates"])


def _require_fit(campaign: Campaign, gate: Gate, at: datetime) -> None:
    standing = gates_of(campaign, timezone.localdate(at))[gate]
    if standing.found is not None:
        raise Denied(
            "CAMPAIGN-23",
            zh("检查还没有放过「{gate}」，不能确认通过。{found}", gate=gate.label,
               found=standing.found),
        )  # fmt: skip


def require_passed(campaign: Campaign, at: datetime) -> None:
    """Refuse to grade while one of the four does not hold.

    Raises:
        Denied: CAMPAIGN-24 naming those that do not; CAMPAIGN-25 while proposals wait.
    """
    waiting = Proposal.objects.filter(campaign=campaign, state=ProposalState.OPEN.value).count()
    if waiting:
        raise Denied(
            "CAMPAIGN-25",
            zh("还有 {count} 条提议没有归并，也没有写明不采纳。请先办完，再定级。", count=waiting),
        )
    standing = gates_of(campaign, timezone.localdate(at))
    shut = [gate.label for gate, one in standing.items() if not one.is_open]
    if shut:
        raise Denied(
            "CAMPAIGN-24",
            zh("四不放过还没有过：{gates}。请先逐项确认，再定级。", gates=listing(shut)),
        )
