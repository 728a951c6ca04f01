"""What an administrator with every right and the stolen signing key could do to a record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from guiju.base.record.tree_store import SHA256, SM3_SUITE, Suite
from guiju.base.signing_keys import SigningKey
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.entry import canonical
from guiju.core.ledger.keys import sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.tiles import WIDTH
from guiju.core.ledger.tree import Frontier, Run, grow, hash_leaf

_ENTRIES = (
    "SELECT e.id, e.entry FROM record_leaf l JOIN record_event e ON e.id = l.event_id"
    " ORDER BY l.seq"
)


def rewrite(connection: Any, key: SigningKey, *, seq: int) -> bytes:  # noqa: ANN401 - of either database
    """Change what an early entry says, and everything computed from it; return the last note.

    Afterwards nothing in the database tells of it: hashes, nodes, roots, signatures and
    triggers are as they should be. What others signed cannot be forged and is deleted.

    Args:
        connection: the owner's, committing by itself.
        key: the log's.
        seq: number of the entry.
    """
    with triggers_off(connection):
        rows = [(pk, bytes(entry)) for pk, entry in connection.execute(_ENTRIES).fetchall()]
        pk, entry = rows[seq]
        rows[seq] = (pk, _other(entry))
        run = _Run(connection)
        run("UPDATE record_event SET entry = ? WHERE id = ?", rows[seq][1], pk)
        notes = [_regrow(run, [e for _, e in rows], suite, key) for suite in (SHA256, SM3_SUITE)]
        run("DELETE FROM record_cosignature")
    return notes[0]


@contextmanager
def triggers_off(connection: Any) -> Iterator[None]:  # noqa: ANN401 - of either database
    """Take the record's triggers away and put every one back as it was."""
    if isinstance(connection, sqlite3.Connection):
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        made = connection.execute(query).fetchall()
        for name, _ in made:
            connection.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in made:
            connection.execute(statement)
        return
    query = (
        "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t"
        " WHERE NOT t.tgisinternal AND t.tgrelid::regclass::text LIKE 'record%'"
    )
    standing = connection.execute(query).fetchall()
    for table, name in standing:
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    for table, name in standing:
        connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


class _Run:
    """Runs statements of one wording on either database."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - of either database
        self.connection = connection
        self.is_sqlite = isinstance(connection, sqlite3.Connection)

    def __call__(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        said = query if self.is_sqlite else query.replace("?", "%s")
        done = self.connection.execute(said, values)
        return list(done.fetchall()) if done.description else []


def _other(entry: bytes) -> bytes:
    """Return an entry that says something else in proper form: another person did it."""
    told = json.loads(entry)
    told["data"]["step"] = told["data"]["step"] + 1
    return canonical(told)


def _regrow(run: _Run, entries: Sequence[bytes], suite: Suite, key: SigningKey) -> bytes:
    """Store all hashes of one tree anew and sign every head of it again; return the last note."""
    leaves = [hash_leaf(entry, suite.hasher) for entry in entries]
    for seq, leaf in enumerate(leaves):
        run(f"UPDATE record_leaf SET {suite.name} = ? WHERE seq = ?", leaf, seq)  # noqa: S608
    for level, index, node in _nodes(grow(Frontier(), leaves, suite.hasher)[1]):
        where = 'suite = ? AND level = ? AND "index" = ?'
        query = f"UPDATE record_node SET hash = ? WHERE {where}"  # noqa: S608
        run(query, node, suite.name, level, index)
    note = b""
    origin = key.key.name if suite is SHA256 else f"{key.key.name}/{suite.name}"
    heads = run("SELECT id, size FROM record_checkpoint WHERE suite = ? ORDER BY size", suite.name)
    for pk, size in heads:
        head = grow(Frontier(), leaves[:size], suite.hasher)[0].head(suite.hasher)
        text = Checkpoint(origin, head).text()
        note = SignedNote(text, (sign_text(text, key.key, key.sign),)).encode()
        run("UPDATE record_checkpoint SET root = ?, note = ? WHERE id = ?", head.root, note, pk)
    return note


def _nodes(runs: Sequence[Run]) -> Iterator[tuple[int, int, bytes]]:
    for run in runs:
        level, rest = divmod(run.level, WIDTH.bit_length() - 1)
        if level and not rest:
            for index, node in enumerate(run.hashes, run.start):
                yield level, index, node
