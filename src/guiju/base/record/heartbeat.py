"""The worker's heartbeat: a small file by which pages and ``doctor`` see that it lives."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from guiju.base.record import places
from guiju.exchange.files import replacing

OFTEN = timedelta(seconds=5)
"""How often a worker writes it."""

LATE = timedelta(seconds=60)
"""After which age of the last finished round a worker counts as stuck or gone."""

_MOST_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a worker last said of itself.

    Attributes:
        pid: its process.
        at: when it last finished a round of sealing.
        error: what keeps it from its work, as a sentence, or empty.
    """

    pid: int
    at: datetime
    error: str

    def is_late(self, now: datetime) -> bool:
        """Tell whether nothing was heard for too long."""
        return now - self.at > LATE


def heartbeat_file() -> Path:
    """Return where the heartbeat lies; of several workers the last to write is seen."""
    return places.data() / "worker.json"


def beat(heartbeat: Heartbeat) -> None:
    """Write the heartbeat, whole or not at all.

    Raises:
        Invalid: FILE-02 when it cannot be written.
    """
    told = asdict(heartbeat) | {"at": heartbeat.at.isoformat()}
    with replacing(heartbeat_file()) as stream:
        stream.write(json.dumps(told, ensure_ascii=False).encode())


def last_heartbeat() -> Heartbeat | None:
    """Return the last heartbeat, or None when there is none that can be read."""
    try:
        with heartbeat_file().open("rb") as stream:
            told = json.loads(stream.read(_MOST_BYTES))
        at = datetime.fromisoformat(told["at"])
        if at.tzinfo is None:
            return None
        return Heartbeat(int(told["pid"]), at, str(told["error"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
