"""Timed work on kept files."""

from __future__ import annotations

import time
from itertools import islice

from django_tasks import task

from guiju.base.evidence.actions import store_folder
from guiju.base.evidence.reads import unknown_content
from guiju.base.evidence.store import discard, path_of, sweep, walk

DAY = 24 * 60 * 60
"""Seconds after which what a crash left behind belongs to nobody any more."""

_AT_ONCE = 500


@task()
def sweep_store() -> int:
    """Remove what crashes left behind: half-written files, and content of which no row speaks.

    Returns:
        How many files.
    """
    folder = store_folder()
    if not folder.is_dir():
        return 0
    before = time.time() - DAY
    old = (sha for sha in walk(folder) if path_of(folder, sha).stat().st_mtime < before)
    orphans: list[str] = []
    while some := tuple(islice(old, _AT_ONCE)):
        orphans += unknown_content(some)
    return sweep(folder, before=before) + sum(discard(folder, sha) for sha in orphans)
