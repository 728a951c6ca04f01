"""Flipping one byte of a stored value, on either database, and putting it back."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

REFUSED = (sqlite3.IntegrityError, psycopg.DataError, psycopg.IntegrityError)
"""What a database raises that does not let such a value in at all."""

TABLES = {
    "record_event": 8,
    "record_leaf": 4,
    "record_node": 2,
    "record_checkpoint": 2,
    "record_cosignature": 2,
    "record_sealed": 2,
}
"""Tables of the log, and how often each is chosen."""

MEANINGLESS = {
    ("record_sealed", "id"): "found by event and path",
    ("record_cosignature", "id"): "each line holds by itself, whichever is shown",
    (
        "record_checkpoint",
        "id",
    ): "found by size; where a cosignature names it, that is no longer so",
    ("record_checkpoint", "at"): "when the row was written; the note itself carries no time",
    ("record_cosignature", "at"): "when the row was written; the line carries the signed time",
}
"""Columns that say nothing of the log: rows are told apart by them, nobody is sealed one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WHOLE_NUMBER = {"smallint": 2, "integer": 4, "bigint": 8}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one row: where it stands, and how wide its column is, in bytes."""

    table: str
    column: str
    place: Any
    old: Any
    width: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column} at {self.place}: {self.old!r:.80}"


class Flipper:
    """Chooses values of the log and flips a byte in them.

    Args:
        connection: the owner's, with the triggers out of the way; commits by itself.
    """

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - of either database
        self.connection = connection
        self.is_sqlite = isinstance(connection, sqlite3.Connection)
        self.columns = {table: self._columns(table) for table in TABLES}
        self.refused = 0

    def choose(self) -> Value:
        """Return a value that holds at least one byte, each table by its weight."""
        table = random.choices(list(TABLES), list(TABLES.values()))[0]
        names = list(self.columns[table])
        if table == "record_event" and random.random() < 0.5:
            names = ["entry"]
        column = random.choice(names)
        where = "rowid" if self.is_sqlite else "ctid::text"
        query = f'SELECT {where}, "{column}" FROM {table} ORDER BY random() LIMIT 1'  # noqa: S608
        place, old = self.connection.execute(query).fetchone()
        width = self.columns[table][column]
        if old is None or old in ("", b""):
            return self.choose()
        return Value(table, column, place, old, width)

    @contextmanager
    def flipped(self) -> Iterator[Value]:
        """Keep one byte of one value flipped; what the database refuses is chosen anew."""
        while True:
            value = self.choose()
            try:
                place = self._set(value, value.place, self._spoilt(value))
                break
            except REFUSED:
                self.refused += 1
        try:
            yield value
        finally:
            self._set(value, place, value.old)

    def _columns(self, table: str) -> dict[str, int]:
        if self.is_sqlite:
            rows = self.connection.execute(f"PRAGMA table_info({table})").fetchall()
            return {row[1]: 8 for row in rows if (table, row[1]) not in MEANINGLESS}
        query = (
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        )
        rows = self.connection.execute(query, [table]).fetchall()
        widths = {name: _WHOLE_NUMBER.get(kind, 8) for name, kind in rows}
        return {name: width for name, width in widths.items() if (table, name) not in MEANINGLESS}

    def _set(self, value: Value, place: Any, new: Any) -> Any:  # noqa: ANN401 - of either database
        """Store a value and return where its row stands now."""
        if self.is_sqlite:
            how = "CAST(? AS TEXT)" if isinstance(value.old, str) else "?"
            given = new.encode() if isinstance(new, str) else new
            query = f'UPDATE {value.table} SET "{value.column}" = {how} WHERE rowid = ?'  # noqa: S608
        else:
            how = "%s"
            given = new
            if isinstance(value.old, datetime):
                how = "timestamptz 'epoch' + %s * interval '1 microsecond'"
                given = (new - _EPOCH) // _MICROSECOND if isinstance(new, datetime) else new
            query = f'UPDATE {value.table} SET "{value.column}" = {how} WHERE ctid = %s::tid'  # noqa: S608
        returned = "rowid" if self.is_sqlite else "ctid::text"
        done = self.connection.execute(f"{query} RETURNING {returned}", [given, place])
        return done.fetchall()[0][0]

    def _spoilt(self, value: Value) -> Any:  # noqa: ANN401 - of either database
        """Return the value with one of its bytes changed, of the type that it is stored as."""
        old = value.old
        if isinstance(old, bytes | memoryview):
            return flip(bytes(old))
        if isinstance(old, str):
            return flip(old.encode()) if self.is_sqlite else _text(flip(old.encode()))
        if isinstance(old, uuid.UUID):
            return uuid.UUID(bytes=flip(old.bytes))
        number = (old - _EPOCH) // _MICROSECOND if isinstance(old, datetime) else old
        spoilt = flip(number.to_bytes(value.width, "big", signed=True))
        return int.from_bytes(spoilt, "big", signed=True)


def flip(data: bytes) -> bytes:
    """Return ``data`` with one random byte changed."""
    at = random.randrange(len(data))
    return data[:at] + bytes((data[at] ^ random.randrange(1, 256),)) + data[at + 1 :]


def _text(data: bytes) -> str:
    """Return bytes as PostgreSQL would take them; it lets no broken text in."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise psycopg.DataError from None
    if "\0" in text:
        raise psycopg.DataError
    return text
