"""A tree computed again from its entries, and compared with the tiles that were stored."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.ledger.lines import HASH_SIZE
from guiju.core.ledger.tiles import WIDTH, Tile
from guiju.core.ledger.tree import Frontier, Hasher, TreeHead, grow, hash_leaf
from guiju.core.sentence import zh
from guiju.exchange.record_files.folder import Folder
from guiju.exchange.record_files.report import Broken, Problem, Problems

_LEVELS = 8
"""Levels of the tree that make one level of tiles."""


class TreeCheck:
    """Takes all entries of a log, bundle by bundle, and compares every tile as it is completed.

    Args:
        folder: where the tiles lie.
        prefix: below which of its folders, empty or ending in ``/``.
        head: which tree the checkpoint vouches for.
        hasher: the tree's hash function.
        problems: told what does not fit.
    """

    def __init__(
        self, folder: Folder, prefix: str, head: TreeHead, hasher: Hasher, problems: Problems
    ) -> None:
        self.head = head
        self.tiles = 0
        self._folder, self._prefix = folder, prefix
        self._hasher, self._problems = hasher, problems
        self._frontier = Frontier()
        self._rows: list[list[bytes]] = []
        self._indices: list[int] = []

    def add(self, entries: Sequence[bytes]) -> None:
        """Take the entries of the next bundle, of which those beyond the tree do not count."""
        room = self.head.size - self._frontier.size
        leaves = [hash_leaf(entry, self._hasher) for entry in entries[:room]]
        self._frontier, runs = grow(self._frontier, leaves, self._hasher)
        for run in runs:
            if run.level % _LEVELS == 0:
                self._lay(run.level // _LEVELS, run.hashes)

    def finish(self) -> None:
        """Compare the partial tiles and the root, after the last entry."""
        for level, row in enumerate(self._rows):
            if row:
                self._compare(Tile(level, self._indices[level], len(row)), row)
        root = self._frontier.root(self._hasher)
        if self._frontier.size != self.head.size or root != self.head.root:
            path = f"{self._prefix}checkpoint"
            sentence = zh(
                "由全部 {size} 条记录算出的根摘要与 {path} 所签的不符：记录被改动过，"
                "或检查点不是这份记录的。请保留两者并报告见证方。",
                size=self._frontier.size,
                path=path,
            )
            self._problems.add(Problem("VERIFY-08", path, sentence))

    def _lay(self, level: int, hashes: Sequence[bytes]) -> None:
        if level == len(self._rows):
            self._rows.append([])
            self._indices.append(0)
        row = self._rows[level]
        row += hashes
        if len(row) == WIDTH:
            self._compare(Tile(level, self._indices[level]), row)
            self._indices[level] += 1
            row.clear()

    def _compare(self, tile: Tile, row: Sequence[bytes]) -> None:
        path, wanted = self._prefix + tile.path, b"".join(row)
        self.tiles += 1
        try:
            stored = self._folder.read(path, len(wanted))
        except Broken as broken:
            self._problems.add(broken.problem)
            return
        if stored != wanted:
            self._problems.add(_different(tile, path, stored, wanted))


def _different(tile: Tile, path: str, stored: bytes, wanted: bytes) -> Problem:
    if len(stored) != len(wanted):
        sentence = zh(
            "文件 {path} 应有 {wanted} 字节，实有 {length} 字节。请重新取得完整的导出目录。",
            path=path,
            wanted=len(wanted),
            length=len(stored),
        )
        return Problem("VERIFY-07", path, sentence)
    places = range(0, len(wanted), HASH_SIZE)
    first = next(at for at in places if stored[at : at + HASH_SIZE] != wanted[at : at + HASH_SIZE])
    number = tile.index * WIDTH + first // HASH_SIZE
    if tile.level:
        sentence = zh(
            "摘要文件 {path} 的第 {place} 个摘要与重新算出的不符。"
            "请重新取得导出目录，仍不符则报告见证方。",
            path=path,
            place=first // HASH_SIZE,
        )
        return Problem("VERIFY-07", path, sentence)
    sentence = zh(
        "序号 {entry} 的记录（{bundle}）与摘要文件 {path} 不符，两者之一被改动过。"
        "请重新取得导出目录，仍不符则报告见证方。",
        entry=number,
        bundle=Tile(None, tile.index, tile.width).path,
        path=path,
    )
    return Problem("VERIFY-07", path, sentence, number)
