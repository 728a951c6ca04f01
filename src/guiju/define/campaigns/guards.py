"""What may not happen behind a campaign's back.

A task that asks for risks is done by answering alone: else it would be gone from the inbox
while the campaign still waited. A draft is not given up while people look for its risks.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.base.inbox.events import COMPLETED, REASSIGNED, WITHDRAWN
from guiju.base.inbox.models import Task
from guiju.base.inbox.states import STILL_TO_DO
from guiju.base.record.guards import Finding, Seen, add_guard
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind
from guiju.define.campaigns.kinds import FIND
from guiju.define.campaigns.models import Ask
from guiju.define.lists.events import DISCARDED

_BY_ANSWERING = zh(
    "风险排查的任务，要打开排查页面提出风险或写明没有发现，才算办结，不能直接办结、撤回或转办。"
    "请打开排查页面办理；本人不便的，委托代办岗位。"
)
_STILL_OPEN = zh("这版草稿还有人在排查风险，不能放弃。请先结束排查。")


def only_by_answering(seen: Seen) -> Iterable[Finding]:
    """Refuse what would end or move such a task while it waits; one query."""
    if Ask.objects.filter(task=seen.draft.object, closed_at=None).exists():
        return [Finding(FindingKind.DENY, "CAMPAIGN-04", _BY_ANSWERING)]
    return []


def only_when_nobody_is_asked(seen: Seen) -> Iterable[Finding]:
    """Refuse to give up a draft whose risks people are looking for; one query.

    The campaign is gone with its draft by now, what people were asked is not.
    """
    asked = Task.objects.filter(about=seen.draft.object, kind=FIND)
    if asked.filter(state__in=[one.value for one in STILL_TO_DO]).exists():
        return [Finding(FindingKind.DENY, "CAMPAIGN-05", _STILL_OPEN)]
    return []


def register() -> None:
    """Have the door ask."""
    kinds = [COMPLETED.kind, REASSIGNED.kind, WITHDRAWN.kind]
    add_guard("campaigns.tasks", only_by_answering, kinds=kinds)
    add_guard("campaigns.discarding", only_when_nobody_is_asked, kinds=[DISCARDED.kind])
