"""Standing on the database: Django is set up only for the commands that need it."""

from __future__ import annotations

import gc
import getpass
import os
from datetime import UTC, datetime

import django

from guiju.base.record.actor import Actor


def stand_on_ground() -> None:
    """Set Django up for this process; calling it again changes nothing.

    Raises:
        Invalid: CONFIG-01 to CONFIG-08 for an environment that cannot be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
    gc.disable()  # what is loaded stays: looking through it for garbage is a third of the time
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()


def operator() -> Actor:
    """Return who acts at this terminal: the account that the system knows."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = str(os.getuid())
    return Actor(f"operator:{account}")


def now() -> datetime:
    """Return the time; the command line reads the clock so that nothing below has to."""
    return datetime.now(UTC)
