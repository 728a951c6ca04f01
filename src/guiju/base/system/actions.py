"""Having the record audited, as ``guiju doctor`` does, by a worker."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.system.events import ASKED
from guiju.base.system.jobs import audit_record
from guiju.base.system.reads import is_audit_waiting
from guiju.core.errors import Conflict
from guiju.core.sentence import zh


def ask_for_audit(*, by: Actor, at: datetime) -> None:
    """Put an audit of the whole record into the queue.

    Raises:
        Conflict: HEALTH-01 while one waits or runs.
        Denied: what ``recording`` raises.
    """
    if is_audit_waiting():
        raise Conflict(
            "HEALTH-01", zh("已有一次核对在排队或进行中，没有重复安排。请稍后刷新查看。")
        )
    with recording(ASKED(object="log"), by=by, at=at):
        audit_record.enqueue()
