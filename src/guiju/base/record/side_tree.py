"""The SM3 tree beside the SHA-256 tree: once a day its root is entered in the latter.

So a body that must use Chinese cryptography (GB/T 39786-2021) has a tree of its own, and
whoever witnesses the one tree witnesses the other.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from guiju.base.record import checkpoints
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.events import ROOTED
from guiju.base.record.tree_store import SM3_SUITE
from guiju.core.errors import Conflict
from guiju.core.ledger.lines import to_base64

_CHINA = ZoneInfo("Asia/Shanghai")
_DAYS = uuid.UUID("6d3f9b1e-9a49-5c0e-8d53-2f1f6a5e7c41")


def enter_root(*, at: datetime) -> bool:
    """Enter the side tree's root once for each day of China; tell whether it was due.

    The day is the event's idempotency key, so that several workers enter it once.
    """
    signed = checkpoints.latest(SM3_SUITE)
    day = at.astimezone(_CHINA).date()
    if signed and signed.at.astimezone(_CHINA).date() == day:
        return False
    fresh = checkpoints.sign_if_due(at=at, suite=SM3_SUITE)
    if fresh is None:
        return False
    root = to_base64(bytes(fresh.root))
    with (
        suppress(Conflict),
        recording(
            ROOTED(object="tree:sm3", size=fresh.size, root=root),
            by=SYSTEM,
            at=at,
            key=uuid.uuid5(_DAYS, day.isoformat()),
        ),
    ):
        pass
    return True
