"""What a witness must never forget: whose keys it knows, and every tree that it cosigned.

One SQLite file. A commit is on the disk before it returns (``synchronous = FULL``), and
the database itself refuses a smaller tree, a second root for a size, and forgetting
(C2SP tlog-witness, "add-checkpoint": check and persist atomically).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Conflict, Denied, Invalid, Refusal
from guiju.core.ledger.keys import Key, parse_key
from guiju.core.ledger.tree import TreeHead, sha256
from guiju.core.ledger.witness import LogKnown
from guiju.core.sentence import zh

_VERSION = 1
_PATIENCE = 10.0
"""Seconds to wait while another request writes."""

MOST_DOUBTS = 100
"""How many doubtful requests are kept for a log; each is a checkpoint of its own."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL

_SCHEMA = f"""
CREATE TABLE witness (key TEXT NOT NULL);
CREATE TABLE log_key (
    origin TEXT NOT NULL, key TEXT NOT NULL, trusted_at INTEGER NOT NULL,
    PRIMARY KEY (origin, key)
);
CREATE TABLE cosigned (
    number INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note BLOB NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (origin, size)
);
CREATE TABLE doubted (
    origin TEXT NOT NULL, digest BLOB NOT NULL, body BLOB NOT NULL, code TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (origin, digest)
);
CREATE TRIGGER only_grows BEFORE INSERT ON cosigned
WHEN EXISTS (SELECT 1 FROM cosigned WHERE origin = NEW.origin AND size >= NEW.size)
BEGIN SELECT RAISE(ABORT, 'a witness never signs a smaller tree'); END;
CREATE TRIGGER one_root BEFORE UPDATE OF number, origin, size, root ON cosigned
BEGIN SELECT RAISE(ABORT, 'a witness signs one root for a size'); END;
CREATE TRIGGER no_forgetting BEFORE DELETE ON cosigned
BEGIN SELECT RAISE(ABORT, 'a witness forgets nothing'); END;
PRAGMA user_version = {_VERSION};
"""  # noqa: S608 - the version is a constant


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was cosigned.

    Attributes:
        origin: of which log.
        head: its tree.
        note: the checkpoint with the log's signatures and the latest cosignature.
        at: when it was cosigned (last), in seconds since 1970.
    """

    origin: str
    head: TreeHead
    note: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to write, which one request has at a time; committed when it ends well."""

    connection: sqlite3.Connection

    def known(self) -> dict[str, LogKnown]:
        return _known(self.connection)

    def keep(self, kept: Kept) -> None:
        """Remember a cosigned checkpoint; of the last tree itself only the newest cosignature."""
        place = (kept.origin, kept.head.size, kept.head.root)
        again = self.connection.execute(
            "UPDATE cosigned SET note = ?, at = ? WHERE origin = ? AND size = ? AND root = ?",
            (kept.note, kept.at, *place),
        )
        if not again.rowcount:
            self.connection.execute(
                "INSERT INTO cosigned (origin, size, root, note, at) VALUES (?, ?, ?, ?, ?)",
                (*place, kept.note, kept.at),
            )


@dataclass(frozen=True, slots=True)
class Store:
    """The database of a witness, opened anew for each act so that every thread has its own.

    All methods raise WITNESS-06 when the file is gone, WITNESS-07 when it is damaged or of
    another kind, WITNESS-08 while others write, WITNESS-09 when the disk refuses.
    """

    path: Path

    def demand_key(self, key: Key) -> None:
        """Refuse to go on with the database of another witness (WITNESS-07)."""
        with self._opened() as connection:
            if connection.execute("SELECT key FROM witness").fetchall() != [(str(key),)]:
                raise _damaged(self.path)

    def trust(self, key: Key, *, origin: str, at: int) -> bool:
        """Register a log's key; tell whether it was new."""
        with self.turn() as turn:
            added = turn.connection.execute(
                "INSERT OR IGNORE INTO log_key VALUES (?, ?, ?)", (origin, str(key), at)
            )
            return bool(added.rowcount)

    def known(self) -> dict[str, LogKnown]:
        """Return by origin the logs' keys and last trees."""
        with self._opened() as connection:
            return _known(connection)

    def last(self) -> dict[str, Kept]:
        """Return by origin the checkpoint that was cosigned last."""
        with self._opened() as connection:
            return {kept.origin: kept for kept in _last(connection)}

    def history(self, origin: str) -> list[Kept]:
        """Return every tree of a log that was cosigned, oldest first."""
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT origin, size, root, note, at FROM cosigned WHERE origin = ? ORDER BY size",
                (origin,),
            )
            return [_kept(row) for row in rows]

    def doubt(self, origin: str, checkpoint: bytes, body: bytes, *, code: str, at: int) -> None:
        """Keep a signed request that was refused: it may prove that the log was rewritten."""
        with self.turn() as turn:
            turn.connection.execute(
                "INSERT OR IGNORE INTO doubted SELECT ?, ?, ?, ?, ? "
                "WHERE (SELECT count(*) FROM doubted WHERE origin = ?) < ?",
                (origin, sha256(checkpoint), body, code, at, origin, MOST_DOUBTS),
            )

    def doubts(self) -> dict[str, int]:
        """Return by origin how many doubtful requests are kept."""
        with self._opened() as connection:
            rows = connection.execute("SELECT origin, count(*) FROM doubted GROUP BY origin")
            return dict(rows.fetchall())

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Hold the only right to write until the block ends; then commit, or undo on an error."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Turn(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if not self.path.is_file():
            raise Denied(
                "WITNESS-06",
                zh(
                    "见证数据库「{path}」不见了。不得另建空库：请找回它，或停用本见证方并公告。",
                    path=str(self.path),
                ),
            )
        with _told(self.path), closing(_connected(self.path)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
                raise _damaged(self.path)
            yield connection


def create_store(path: Path, key: Key) -> Store:
    """Make the empty database of the witness that signs with ``key``.

    Raises:
        Invalid: WITNESS-09 when it cannot be written.
    """
    os.close(os.open(path, _NEW, 0o600))
    with _told(path), closing(_connected(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN;{_SCHEMA}COMMIT;")
        connection.execute("INSERT INTO witness VALUES (?)", (str(key),))
    return Store(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE, isolation_level=None
    )
    for setting in ("synchronous = FULL", "recursive_triggers = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _known(connection: sqlite3.Connection) -> dict[str, LogKnown]:
    heads = {kept.origin: kept.head for kept in _last(connection)}
    keys: dict[str, list[Key]] = {}
    for origin, key in connection.execute("SELECT origin, key FROM log_key ORDER BY origin, key"):
        keys.setdefault(origin, []).append(parse_key(key))
    return {origin: LogKnown(tuple(held), heads.get(origin)) for origin, held in keys.items()}


def _last(connection: sqlite3.Connection) -> list[Kept]:
    rows = connection.execute(
        "SELECT origin, max(size), root, note, at FROM cosigned GROUP BY origin ORDER BY origin"
    )
    return [_kept(row) for row in rows]


def _kept(row: tuple[str, int, bytes, bytes, int]) -> Kept:
    origin, size, root, note, at = row
    return Kept(origin, TreeHead(size, root), note, at)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the database's own errors into refusals."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(path, getattr(error, "sqlite_errorname", type(error).__name__)) from None


def _refusal(path: Path, name: str) -> Refusal:
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Conflict("WITNESS-08", zh("见证方正忙，这次没有处理。请稍后再送。"))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CONSTRAINT")):
        return _damaged(path)
    return Invalid(
        "WITNESS-09",
        zh(
            "存取不了见证数据库「{path}」（{why}）。请检查磁盘空间和权限。",
            path=str(path),
            why=name,
        ),
    )


def _damaged(path: Path) -> Invalid:
    return Invalid(
        "WITNESS-07",
        zh(
            "「{path}」不是这个见证方的数据库，或已损坏。不得换上空库或旧备份：请停用本见证方并公告。",
            path=str(path),
        ),
    )
