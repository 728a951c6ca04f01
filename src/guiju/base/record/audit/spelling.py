"""SQLite keeps instants and identifiers as text: each must be spelt as it was written.

``2026-11-25 09:12:00`` and ``2026-11-25X09:12:00`` read as the same instant, so that what
compares values alone would not see that a byte was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import DateTimeField, Model, UUIDField

from guiju.base.record.audit.flaw import Flaw
from guiju.base.record.models import Event, Sealed
from guiju.core.sentence import zh

_DIGITS = "[0-9]"
_SECOND = "-".join((_DIGITS * 4, _DIGITS * 2, _DIGITS * 2)) + " " + ":".join([_DIGITS * 2] * 3)
_FRACTION = f"{_SECOND}.{_DIGITS * 6}"
_IDENTIFIER = "[0-9a-f]" * 32
_MOST = 100


def flaws() -> Iterator[Flaw]:
    """Yield rows of which a column reads as what it is, but is spelt otherwise."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps numbers, not text
    for model in (Event, Sealed):
        yield from _misspelt(model)


def _misspelt(model: type[Model]) -> Iterator[Flaw]:
    table = model._meta.db_table
    for field in model._meta.concrete_fields:
        right: tuple[str, ...]
        if isinstance(field, DateTimeField):
            right = (_SECOND, _FRACTION)
        elif isinstance(field, UUIDField):
            right = (_IDENTIFIER,)
        else:
            continue
        wrong = " AND ".join(f'"{field.column}" NOT GLOB %s' for _ in right)
        query = f"SELECT id FROM {table} WHERE {wrong} LIMIT {_MOST}"  # noqa: S608 - our own names
        with connection.cursor() as cursor:
            cursor.execute(query, right)
            for (row,) in cursor.fetchall():
                yield Flaw(
                    "AUDIT-05",
                    f"{table} id={row}",
                    zh(
                        "「{column}」一栏的写法不是系统写下的样子：这一栏被改动过，或磁盘损坏。"
                        "请保留现场，从备份核对后恢复。",
                        column=str(field.column),
                    ),
                )
