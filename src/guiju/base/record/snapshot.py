"""One moment of the database, read for as long as it takes while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[str]:
    """Let every query inside see the same moment; nothing may be written inside.

    Neither stops a writer: PostgreSQL by REPEATABLE READ, SQLite by a reader's view of the
    write-ahead log, which is kept until this ends.

    Yields:
        The name by which another session of PostgreSQL joins in (``pg_export_snapshot``);
        empty on SQLite.
    """
    if connection.vendor != "postgresql":
        with _view():
            yield ""
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


@contextmanager
def _view() -> Iterator[None]:
    # Not by ``atomic``, which begins IMMEDIATE and so would hold every writer back.
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")
