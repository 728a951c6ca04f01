"""Putting a flow back into its draft, if nobody changed it meanwhile."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.core.errors import Conflict
from guiju.core.lists.flows import PowerFlow
from guiju.core.sentence import zh
from guiju.define.flows.reads import Around
from guiju.define.lists.actions.editing import put_item


def save_flow(found: Around, flow: PowerFlow, *, seen: str, by: Actor, at: datetime) -> bool:
    """Save a flow in place of the one that was found; tell whether anything changed.

    Other items of the edition may have changed since: only the flow itself counts, so that
    several people can work at one edition.

    Args:
        found: the flow as it is now.
        flow: as it is to be.
        seen: ``Around.seen`` of the flow that whoever changed it began with.
        by: who changes it.
        at: when.

    Raises:
        Conflict: FLOWS-01 when somebody changed the flow since; EDITION-03 when that happens
            in this moment.
        Invalid, Denied: what ``put_item`` raises.
    """
    if seen != found.seen:
        raise Conflict(
            "FLOWS-01",
            zh(
                "您打开以后，有人改了「{name}」。您写的还在下面，没有保存。"
                "请另开一页核对；再按一次保存，就以您写的为准。",
                name=found.flow.name or found.flow.code,
            ),
        )
    edition = found.edition
    return put_item(edition=edition.reference, item=flow, revision=edition.revision, by=by, at=at)
