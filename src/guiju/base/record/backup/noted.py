"""When the last backup was taken, as pages tell it: a small file beside the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guiju.base.record import places
from guiju.exchange.files import replacing

_MOST_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was taken.

    Attributes:
        at: when it was begun.
        size: how many entries it holds.
        has_keys: whether the keys were put into a file of their own with it.
    """

    at: datetime
    size: int
    has_keys: bool


def noted_file() -> Path:
    """Return where it is noted."""
    return places.data() / "backup.json"


def note_backup(backup: Backup) -> None:
    """Note that a backup lies on the disk, whole.

    Raises:
        Invalid: FILE-02 when it cannot be noted.
    """
    told = {"at": backup.at.isoformat(), "size": backup.size, "keys": backup.has_keys}
    with replacing(noted_file()) as stream:
        stream.write(json.dumps(told).encode())


def last_backup() -> Backup | None:
    """Return the last backup that was taken here, None where none is noted."""
    try:
        with noted_file().open("rb") as stream:
            told = json.loads(stream.read(_MOST_BYTES))
        at = datetime.fromisoformat(told["at"])
        return Backup(at, int(told["size"]), told["keys"] is True) if at.tzinfo else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
