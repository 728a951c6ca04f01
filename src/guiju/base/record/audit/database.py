"""The database itself: is it whole, and do the triggers stand?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection

from guiju.base.record import roles, triggers
from guiju.base.record.audit.flaw import Flaw
from guiju.core.sentence import zh

_MOST = 20


def flaws() -> Iterator[Flaw]:
    """Yield missing triggers, and what SQLite finds damaged in its own file."""
    for name in triggers.missing(connection):
        yield Flaw(
            "AUDIT-01",
            name,
            zh(
                "触发器「{name}」被删除、改动或停用，记录可能已被改动。"
                "请查明是谁所为，核对下面的各项，再从备份恢复。",
                name=name,
            ),
        )
    if connection.vendor == "sqlite":
        yield from _damaged()


def rights() -> Iterator[Flaw]:
    """Yield what the application's account could do to the record but must not."""
    for sentence in roles.faults(connection):
        yield Flaw("AUDIT-02", "GUIJU_DATABASE", sentence)


def _damaged() -> Iterator[Flaw]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({_MOST})")
            found = [str(row[0]) for row in cursor.fetchall()]
    except DatabaseError as error:
        found = [str(error)]
    for line in found:
        if line != "ok":
            yield Flaw(
                "AUDIT-03",
                str(connection.settings_dict["NAME"]),
                zh("数据库文件损坏：{line}。请停止写入，从备份恢复。", line=line),
            )
