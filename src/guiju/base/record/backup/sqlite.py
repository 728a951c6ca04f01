"""Copying a SQLite database while others write to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from guiju.base.record.backup.archive import uncopied
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress

_PAGES = 4096
"""Pages copied between two reports."""


def copy_database(target: Path, progress: Progress) -> None:
    """Copy the database, as the snapshot that is open on this connection sees it.

    Within one read transaction the online backup of SQLite never has to begin anew, however
    much is written meanwhile (sqlite.org/backup.html).

    Raises:
        Invalid: BACKUP-03 when it cannot be read or written.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    try:
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA synchronous=OFF")
            copy.execute("PRAGMA journal_mode=OFF")
            connection.connection.backup(copy, pages=_PAGES, progress=told)
    except sqlite3.Error as error:
        raise uncopied(_why(error)) from None


def _why(error: sqlite3.Error) -> Sentence:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return zh("磁盘已满")
    return zh("{why}", why=str(error))
