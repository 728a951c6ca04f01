"""What the inbox may not do with a task that asks for a signature or an answer.

Such a task is done by signing or answering alone: else it would be gone from the inbox while the
edition still waited. It is handed on by delegating the post, never the task.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.base.inbox.events import COMPLETED, REASSIGNED, WITHDRAWN
from guiju.base.record.guards import Finding, Seen, add_guard
from guiju.core.lists.words_chains import ObjectionState
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind
from guiju.define.approval.models import Objection, Seat

_SAID = zh(
    "审签和答复异议的任务，要打开清单签署或答复才算办结，不能直接办结、撤回或转办。"
    "请打开清单办理；本人不便的，委托代办岗位。"
)


def only_by_signing(seen: Seen) -> Iterable[Finding]:
    """Refuse what would end or move such a task while it is still to be done; two queries."""
    task = seen.draft.object
    waits = Objection.objects.filter(task=task, state=ObjectionState.OPEN.value)
    if Seat.objects.filter(task=task, closed_at=None).exists() or waits.exists():
        return [Finding(FindingKind.DENY, "APPROVAL-20", _SAID)]
    return []


def register() -> None:
    """Have the door ask about such tasks."""
    kinds = [COMPLETED.kind, REASSIGNED.kind, WITHDRAWN.kind]
    add_guard("approval.tasks", only_by_signing, kinds=kinds)
