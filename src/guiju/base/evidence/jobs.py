"""Timed work on kept files."""

from __future__ import annotations

import time

from django_tasks import task

from guiju.base.evidence.actions import store_folder
from guiju.base.evidence.store import sweep

DAY = 24 * 60 * 60
"""Seconds after which what a crash left behind belongs to nobody any more."""


@task()
def sweep_store() -> int:
    """Remove half-written files that crashes left behind; return how many."""
    folder = store_folder()
    return sweep(folder, before=time.time() - DAY) if folder.is_dir() else 0
