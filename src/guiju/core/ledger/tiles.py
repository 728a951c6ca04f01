"""The static files of a log (C2SP tlog-tiles, "APIs"): their paths, and tiles of hashes.

A tile holds up to 256 consecutive nodes of one level of the tree, eight levels of
which make one level of tiles; a bundle holds the entries under a tile of level 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guiju.core.errors import Invalid
from guiju.core.ledger.lines import HASH_SIZE
from guiju.core.ledger.proofs import Nodes, demand_index
from guiju.core.ledger.tree import Hasher, sha256
from guiju.core.sentence import zh

WIDTH = 256
"""How many hashes or entries a full tile or bundle holds."""

_PATH = re.compile(
    r"tile/(?P<level>[0-9]|[1-5][0-9]|6[0-3]|entries)"
    r"/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Which file of a log: a tile of hashes, or a bundle of entries.

    Attributes:
        level: 0 to 63 for hashes; None for entries.
        index: which tile of its level, from 0.
        width: how much of it there is; 1 to 255 while it is partial.
    """

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where the file lies below the log's prefix."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join((*(f"x{group}" for group in groups[:-1]), groups[-1]))
        level = "entries" if self.level is None else self.level
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{name}{part}"


def parse_path(path: str) -> Tile:
    """Return which file a path names.

    Raises:
        Invalid: LEDGER-20 for a path that ``Tile.path`` would not write.
    """
    match = _PATH.fullmatch(path) if len(path) < 64 else None
    if match:
        level = None if match["level"] == "entries" else int(match["level"])
        index = int(match["index"].replace("x", "").replace("/", ""))
        tile = Tile(level, index, int(match["width"] or WIDTH))
        if tile.width <= WIDTH and tile.path == path:
            return tile
    raise Invalid(
        "LEDGER-20",
        zh("「{path}」不是记录文件的路径。请取用完整的导出目录。", path=ascii(path[:80])),
    )


def tiles_of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Yield every tile and bundle that a tree of ``size`` has and one of ``since`` had not.

    Partial ones are those of ``size`` itself: "Empty tiles MUST NOT be served".
    """
    for level in (None, *range(64)):
        shift = 8 * (level or 0)
        before, now = since >> shift, size >> shift
        if not now:
            return
        if now == before:
            continue
        for index in range(before // WIDTH, -(-now // WIDTH)):
            yield Tile(level, index, min(WIDTH, now - index * WIDTH))


def write_tile(tile: Tile, nodes: Nodes) -> bytes:
    """Return the contents of a tile of hashes, from stored nodes."""
    level, start = 8 * (tile.level or 0), tile.index * WIDTH
    return b"".join(nodes(level, start + at) for at in range(tile.width))


def read_tile(data: bytes, tile: Tile) -> tuple[bytes, ...]:
    """Return the hashes in a tile's bytes.

    Raises:
        Invalid: LEDGER-21 when there are more or fewer than its path says.
    """
    if len(data) != tile.width * HASH_SIZE:
        raise Invalid(
            "LEDGER-21",
            zh(
                "文件 {path} 应有 {wanted} 字节，实有 {length} 字节。请重新取得完整的导出目录。",
                path=tile.path,
                wanted=tile.width * HASH_SIZE,
                length=len(data),
            ),
        )
    return tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))


def nodes_from_tiles(fetch: Callable[[Tile], bytes], size: int, hasher: Hasher = sha256) -> Nodes:
    """Return a reader of nodes for a tree of ``size`` that lies in tiles.

    The hashes are believed as they stand: compare the root with a checkpoint first.
    The reader raises Invalid: LEDGER-14 for a node outside, LEDGER-21 for a wrong tile.
    """

    @lru_cache(maxsize=64)
    def row_of(tile: Tile) -> tuple[bytes, ...]:
        return read_tile(fetch(tile), tile)

    def node(level: int, index: int) -> bytes:
        demand_index((index + 1 << level) - 1, size)
        tile_level, inside = divmod(level, 8)
        first = index << inside
        number = first // WIDTH
        width = min(WIDTH, (size >> 8 * tile_level) - number * WIDTH)
        tile = Tile(tile_level, number, width)
        row: Sequence[bytes] = row_of(tile)[first % WIDTH :][: 1 << inside]
        while len(row) > 1:
            row = [hasher(b"\x01" + row[at] + row[at + 1]) for at in range(0, len(row), 2)]
        return row[0]

    return node
