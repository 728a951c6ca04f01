"""The trees in the database: growing them, and reading nodes for proofs.

Leaf hashes stand in ``record_leaf``; of the inner nodes only every eighth level is kept
(``record_node``), as in tiles, so that a proof reads a few hundred rows of at most three
levels and computes the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from guiju.base.record.models import Leaf, Node
from guiju.core.ledger.proofs import Nodes, root_at
from guiju.core.ledger.tiles import WIDTH, Tile, nodes_from_tiles
from guiju.core.ledger.tree import Frontier, Hasher, Run, TreeHead, grow, sha256
from guiju.exchange.record_files.suites import sm3


@dataclass(frozen=True, slots=True)
class Suite:
    """One of the two trees over the same entries: name, hash function, column of leaf hashes."""

    name: str
    hasher: Hasher


SHA256 = Suite("sha256", sha256)
SM3_SUITE = Suite("sm3", sm3)


def size() -> int:
    """Return how many leaves there are."""
    last = Leaf.objects.aggregate(last=Max("seq"))["last"]
    return 0 if last is None else last + 1


def nodes(tree_size: int, suite: Suite = SHA256, *, around: int | None = None) -> Nodes:
    """Return a reader of nodes for a tree of that size; each tile it needs is one query.

    Args:
        tree_size: how many leaves.
        suite: which tree.
        around: a leaf whose proof is wanted: one query then brings all tiles that it needs.
    """
    read = tile_reader(suite)
    known = {} if around is None else _tiles_around(around, tree_size, suite)
    return nodes_from_tiles(lambda tile: known.get(tile) or read(tile), tree_size, suite.hasher)


def tile_reader(suite: Suite) -> Callable[[Tile], bytes]:
    """Return a function that reads a tile of hashes from the database."""

    def read(tile: Tile) -> bytes:
        return _tiles(suite, [tile])[tile]

    return read


def _tiles_around(leaf: int, tree_size: int, suite: Suite) -> dict[Tile, bytes]:
    """Return the tiles of every level that a proof of this leaf reads."""
    tiles: list[Tile] = []
    level, index, length = 0, leaf, tree_size
    while length:
        wanted = {index // WIDTH, (length - 1) // WIDTH}
        tiles += [Tile(level, at, min(WIDTH, length - at * WIDTH)) for at in sorted(wanted)]
        level, index, length = level + 1, index // WIDTH, length // WIDTH
    return _tiles(suite, [tile for tile in tiles if tile.width > 0])


def _tiles(suite: Suite, tiles: Sequence[Tile]) -> dict[Tile, bytes]:
    """Read tiles, by level and place, in one query past Django's objects: it may be 1,000 rows."""
    query = " UNION ALL ".join(_arm(suite, tile) for tile in tiles)
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY 1, 2")
        found = [row[2] for row in cursor.fetchall()]
    read, start = {}, 0
    for tile in tiles:
        read[tile] = b"".join(found[start : start + tile.width])
        start += tile.width
    return read


def _arm(suite: Suite, tile: Tile) -> str:
    """Return the query for one tile; numbers and our own names alone stand in it."""
    level, first = tile.level or 0, tile.index * WIDTH
    column, table = ("hash", "record_node") if level else (suite.name, "record_leaf")
    number = '"index"' if level else "seq"
    place = f"suite = '{suite.name}' AND level = {level} AND " if level else ""
    span = f"{number} >= {first} AND {number} < {first + tile.width}"
    return f"SELECT {level}, {number}, {column} FROM {table} WHERE {place}{span}"  # noqa: S608 - see above


def head_at(tree_size: int, suite: Suite = SHA256) -> TreeHead:
    """Return the head of the tree's first ``tree_size`` leaves, from stored nodes."""
    return TreeHead(tree_size, root_at(nodes(tree_size, suite), tree_size, suite.hasher))


def frontier(tree_size: int, suite: Suite = SHA256) -> Frontier:
    """Return what the tree needs to grow on."""
    node = nodes(tree_size, suite)
    peaks, start = [], 0
    for level in reversed(range(tree_size.bit_length())):
        if tree_size >> level & 1:
            peaks.append(node(level, start >> level))
            start += 1 << level
    return Frontier(tree_size, tuple(peaks))


def completed(before: int, leaves: Sequence[bytes], suite: Suite) -> Iterator[Node]:
    """Yield the node rows that adding these leaf hashes to a tree of that size completes."""
    if (before + len(leaves)) // WIDTH == before // WIDTH:
        return
    _, runs = grow(frontier(before, suite), leaves, suite.hasher)
    yield from _rows(runs, suite)


def _rows(runs: Iterable[Run], suite: Suite) -> Iterator[Node]:
    for run in runs:
        tiles, rest = divmod(run.level, 8)
        if tiles and not rest:
            for index, node in enumerate(run.hashes, run.start):
                yield Node(suite=suite.name, level=tiles, index=index, hash=node)
