"""How often a program may ask: so that one that runs wild leaves room for people."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from threading import Lock

_LOCK = Lock()
_SEEN: Counter[str] = Counter()
_MINUTE = [0]


def seconds_to_wait(who: str, *, at: datetime, most: int) -> int:
    """Return how many seconds somebody has to wait; 0 for whoever may go on.

    Counted by minute and in each process of the server on its own: enough against what runs
    wild, and it costs no query.

    Args:
        who: a token's or a person's reference.
        at: when.
        most: how many requests a minute.
    """
    minute, second = divmod(int(at.timestamp()), 60)
    with _LOCK:
        if _MINUTE[0] != minute:
            _SEEN.clear()
            _MINUTE[0] = minute
        _SEEN[who] += 1
        return 60 - second if _SEEN[who] > most else 0
