"""Changing the record behind its back, as an administrator of the database could."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DataError, IntegrityError, connection

from guiju.base.record import wall
from guiju.base.record.models import KEPT, Outbox, Quorum, Witness

TABLES = [model._meta.db_table for model in (*KEPT, Outbox, Witness, Quorum)]


@contextmanager
def without_triggers(table):
    """Take a table's triggers away, and put them back exactly as they were."""
    with wall.opened(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            triggers = [name for (name,) in cursor.fetchall()]
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            try:
                yield cursor
            finally:
                for name in triggers:
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield cursor
        finally:
            for _, statement in triggers:
                cursor.execute(statement)


def tamper(table, statement, parameters=()):
    """Run one statement on a table whose triggers look away meanwhile."""
    with without_triggers(table) as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount, statement


def columns_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        return [column[0] for column in cursor.description]


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def row_of(table, number):
    """Return a row by its place, with its columns as the database holds them."""
    names = columns_of(table)
    with connection.cursor() as cursor:
        order = ", ".join(f'"{name}"' for name in names[:3])
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order} LIMIT 1 OFFSET {number}")
        return dict(zip(names, cursor.fetchone(), strict=True))


def replace(table, row, column, value):
    """Put ``value`` in one cell; tell whether the database could hold it."""
    keys = [name for name in row if row[name] is not None]
    where = " AND ".join(f'"{name}" = %s' for name in keys)
    try:
        tamper(
            table,
            f'UPDATE {table} SET "{column}" = %s WHERE {where}',
            [value, *(row[name] for name in keys)],
        )
    except (IntegrityError, DataError):
        return False
    return True


def flipped(value, place, bit):
    """Return a value that differs from ``value`` in one bit, or None where there is no bit."""
    match value:
        case bytes() | memoryview() if len(value):
            data = bytearray(value)
            data[place % len(data)] ^= 1 << bit
            return bytes(data)
        case str() if value:
            at = place % len(value)
            other = chr(ord(value[at]) ^ 1 << bit % 7)
            return value[:at] + other + value[at + 1 :] if other.isprintable() else None
        case UUID():
            return UUID(int=value.int ^ 1 << (place * 8 + bit) % 128)
        case datetime():
            return value + timedelta(microseconds=1 << place % 40)
        case int():
            return value ^ 1 << place % 40
    return None
