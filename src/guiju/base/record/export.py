"""The log as static files that anyone can verify without the product (C2SP tlog-tiles).

A folder that holds an earlier export is continued: full tiles never change, so only what
has grown is written. The checkpoint comes last, so that an interrupted export is still
the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connection

from guiju.base.record import checkpoints, lineage, tree_store
from guiju.base.record.models import Checkpoint
from guiju.base.record.signing import log_key
from guiju.base.record.tree_store import SHA256, SM3_SUITE, Suite
from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import write_bundle
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.tiles import WIDTH, Tile, tiles_of
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, replacing, silent

_ENTRIES = (
    "SELECT e.entry FROM record_leaf l JOIN record_event e ON e.id = l.event_id"
    " WHERE l.seq >= %s AND l.seq < %s ORDER BY l.seq"
)


def entries(start: int, end: int) -> Sequence[bytes]:
    """Return the bytes of the entries numbered ``start`` to ``end - 1``."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [start, end])
        return [bytes(row[0]) for row in cursor.fetchall()]


def export_log(folder: Path, *, progress: Progress = silent) -> int:
    """Write the log up to its newest checkpoint into ``folder``; return its size.

    Raises:
        Invalid: RECORD-40 when there is no checkpoint yet, RECORD-41 when the folder holds
            another log, FILE-02 when it cannot be written.
    """
    newest = checkpoints.require_latest()
    _write_tree(folder, newest, SHA256, progress)
    side = checkpoints.latest(SM3_SUITE)
    if side is not None:
        _write_tree(folder / SM3_SUITE.name, side, SM3_SUITE, silent)
    _write(folder / "log.vkey", f"{log_key().key}\n".encode())
    witnesses = "".join(f"{witness.vkey}\n" for witness in lineage.active_witnesses())
    if witnesses:
        _write(folder / "witnesses.vkey", witnesses.encode())
    return newest.size


def _write_tree(folder: Path, newest: Checkpoint, suite: Suite, progress: Progress) -> None:
    since = _exported(folder / "checkpoint", newest)
    read = tree_store.tile_reader(suite)
    for tile in tiles_of(newest.size, since=since):
        if tile.level is not None:
            _write(folder / tile.path, read(tile))
        elif suite is SHA256:
            start = tile.index * WIDTH
            _write(folder / tile.path, write_bundle(entries(start, start + tile.width)))
            progress(start + tile.width, newest.size)
    _write(folder / "checkpoint", checkpoints.cosigned_note(newest))
    for tile in _outgrown(since, newest.size):
        (folder / tile.path).unlink(missing_ok=True)


def _outgrown(since: int, size: int) -> Iterator[Tile]:
    """Yield the partial tiles of the earlier export, which fuller ones have replaced."""
    fresh = set(tiles_of(size))
    yield from (tile for tile in tiles_of(since) if tile.width < WIDTH and tile not in fresh)


def _exported(checkpoint: Path, newest: Checkpoint) -> int:
    """Return the size of the export that is there already, 0 for none."""
    try:
        seen = parse_checkpoint(parse_note(checkpoint.read_bytes()).text)
    except FileNotFoundError:
        return 0
    ours = parse_checkpoint(parse_note(bytes(newest.note)).text)
    if seen.origin != ours.origin or seen.head.size > ours.head.size:
        raise Invalid(
            "RECORD-41",
            zh(
                "文件夹里已有「{origin}」{size} 条的导出，不是本记录较早的导出。请换一个空文件夹。",
                origin=seen.origin,
                size=seen.head.size,
            ),
        )
    return seen.head.size


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(data)
