"""The place that a backup is restored to: it is empty before, and again after a refusal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.db import connection

from guiju.base.record import places
from guiju.base.record.backup import postgresql
from guiju.base.record.backup.postgresql import Settings
from guiju.core.errors import Denied
from guiju.core.sentence import zh

Upgrade = Callable[[], None]
"""Brings the database's shape up to date and grants the application its rights."""

_KEPT = {"keys", "cookie.key", "setup.lock", "static", "floor.checkpoint"}
"""What may stand in a data directory that counts as empty: none of it is record."""


class Target(Protocol):
    """A database to restore to, reached by Django's connection once it is filled."""

    @property
    def engine(self) -> str:
        """Which kind of database it is, as a manifest says it."""

    @property
    def folder(self) -> Path:
        """Where the copy is unpacked, on the disk where it is needed."""

    def require_empty(self) -> None:
        """Refuse a database in which there is something (BACKUP-09)."""

    def fill(self, copy: Path) -> None:
        """Bring the database to the state of the copy."""

    def publish(self) -> None:
        """Let everybody have it."""

    def clear(self) -> None:
        """Make it as empty as before; after ``publish`` too."""


class SqliteTarget:
    """A database file; it stands beside its place until all is well."""

    engine = "sqlite"

    def __init__(self) -> None:
        self._path = Path(str(connection.settings_dict["NAME"]))
        self._published = False

    @property
    def folder(self) -> Path:
        """The folder of the database file."""
        return self._path.parent

    def require_empty(self) -> None:
        for suffix in ("", "-wal", "-journal"):
            if os.path.lexists(f"{self._path}{suffix}"):
                raise not_empty(f"{self._path}{suffix}")

    def fill(self, copy: Path) -> None:
        self._use(copy)

    def publish(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = Path(str(connection.settings_dict["NAME"]))
        self._use(self._path)
        os.link(copy, self._path)  # never over a file
        self._published = True

    def clear(self) -> None:
        self._use(self._path)
        if self._published:
            self._path.unlink()

    def _use(self, path: Path) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(path)


class PostgresqlTarget:
    """A database of a server, filled as its owner in one transaction."""

    engine = "postgresql"

    def __init__(self, owner: Settings) -> None:
        self._owner = owner
        self._filled = False

    @property
    def folder(self) -> Path:
        """The data directory: the copy is needed only while the server reads it."""
        return places.data()

    def require_empty(self) -> None:
        if not postgresql.is_empty(self._owner):
            raise not_empty(str(self._owner["NAME"]))

    def fill(self, copy: Path) -> None:
        connection.close()
        postgresql.fill_database(copy, self._owner)
        self._filled = True

    def publish(self) -> None:
        connection.close()

    def clear(self) -> None:
        if self._filled:
            connection.close()
            postgresql.clear_database(self._owner)


def require_empty_folder() -> None:
    """Refuse a data directory in which there is more than keys and a floor (BACKUP-09)."""
    folder = places.data()
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise not_empty(str(folder))
        return
    for path in sorted(folder.iterdir()):
        if path.name not in _KEPT:
            raise not_empty(str(path))


def not_empty(what: str) -> Denied:
    """Return the refusal to restore over something."""
    return Denied(
        "BACKUP-09",
        zh(
            "「{what}」已经存在，恢复只向空的数据目录和空的数据库进行，不覆盖任何内容。"
            "请用 GUIJU_DATA 和 GUIJU_DATABASE 指明空的位置。",
            what=what,
        ),
    )
