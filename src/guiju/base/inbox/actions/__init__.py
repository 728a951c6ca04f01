"""The only writers of the inbox, each through the record's door."""

from guiju.base.inbox.actions.holidays import load_notice, recompute_due
from guiju.base.inbox.actions.notices import Telling, read_notices, send_notice, tell
from guiju.base.inbox.actions.reminding import remind_due, send_digests
from guiju.base.inbox.actions.tasks import (
    assign_task,
    change_limit,
    complete_task,
    reassign_task,
    withdraw_task,
)

__all__ = [
    "Telling",
    "assign_task",
    "change_limit",
    "complete_task",
    "load_notice",
    "read_notices",
    "reassign_task",
    "recompute_due",
    "remind_due",
    "send_digests",
    "send_notice",
    "tell",
    "withdraw_task",
]
