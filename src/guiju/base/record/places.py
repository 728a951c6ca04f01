"""Where the record keeps what must not stand in the database: keys, floor, halt."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def data() -> Path:
    """Return the data directory."""
    return Path(settings.DATA)


def log_key() -> Path:
    """Return where the log's signing key lies."""
    return data() / "keys" / "log.key"


def people_keys() -> Path:
    """Return the folder with one key for each person of whom the record holds something."""
    return data() / "keys" / "people"


def floor_file() -> Path:
    """Return where the highest checkpoint that left this house is remembered."""
    return data() / "floor.checkpoint"


def halt_file() -> Path:
    """Return the file whose presence stops all writing, and which says why."""
    return data() / "halted"
