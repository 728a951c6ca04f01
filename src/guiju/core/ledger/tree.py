"""The Merkle tree of RFC 6962, section 2.1, kept as its frontier alone.

The frontier of a tree of n leaves is the list of the roots of its complete
subtrees, one for each 1 in the binary form of n, largest first. It is enough to
add leaves and to tell the root; the nodes that growing completes are handed out,
so that whoever stores them can prove things later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.ledger.lines import HASH_SIZE, MOST_LEAVES
from guiju.core.sentence import zh

Hasher = Callable[[bytes], bytes]
"""A hash function that gives 32 bytes: SHA-256, or SM3 for the side tree."""


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 hash of ``data``."""
    return hashlib.sha256(data).digest()


def hash_leaf(data: bytes, hasher: Hasher = sha256) -> bytes:
    """Return the hash of a leaf: HASH(0x00 ‖ data), RFC 6962, section 2.1."""
    return hasher(b"\x00" + data)


def hash_node(left: bytes, right: bytes, hasher: Hasher = sha256) -> bytes:
    """Return the hash of an inner node: HASH(0x01 ‖ left ‖ right), RFC 6962, section 2.1."""
    return hasher(b"\x01" + left + right)


@dataclass(frozen=True, slots=True)
class TreeHead:
    """How large a tree is and what its root is."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive nodes of one level that growing completed.

    Attributes:
        level: 0 for leaf hashes; a node of level k spans 2^k leaves.
        start: index of the first of them within its level.
        hashes: the nodes.
    """

    level: int
    start: int
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """All of a tree that is needed to make it grow.

    Attributes:
        size: number of leaves.
        peaks: roots of its complete subtrees, largest first.

    Raises:
        Invalid: LEDGER-13 when the peaks do not fit the size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        fits = 0 <= self.size <= MOST_LEAVES and len(self.peaks) == self.size.bit_count()
        if not fits or any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise _unfit(self.size)

    def root(self, hasher: Hasher = sha256) -> bytes:
        """Return the root, MTH(D[n]) of RFC 6962, section 2.1."""
        return join_peaks(self.peaks, hasher)

    def head(self, hasher: Hasher = sha256) -> TreeHead:
        """Return size and root."""
        return TreeHead(self.size, self.root(hasher))


def join_peaks(peaks: Iterable[bytes], hasher: Hasher = sha256) -> bytes:
    """Return the root over complete subtrees, given largest first; HASH() over none."""
    right_to_left = reversed(tuple(peaks))
    root = next(right_to_left, None)
    if root is None:
        return hasher(b"")
    for peak in right_to_left:
        root = hasher(b"\x01" + peak + root)
    return root


def grow(
    frontier: Frontier, leaves: Iterable[bytes], hasher: Hasher = sha256
) -> tuple[Frontier, list[Run]]:
    """Return the frontier after adding leaf hashes, and every node that this completed.

    Raises:
        Invalid: LEDGER-13 when the tree would exceed 2^63 - 1 leaves or a leaf is no hash.
    """
    size, fresh, level = frontier.size, tuple(leaves), 0
    grown = size + len(fresh)
    if not set(map(len, fresh)) <= {HASH_SIZE}:
        raise _unfit(grown)
    waiting = list(frontier.peaks)  # the smallest is last, as its level comes first
    peaks: list[bytes] = []
    runs: list[Run] = []
    while fresh:
        runs.append(Run(level, size >> level, fresh))
        row = (waiting.pop(), *fresh) if size >> level & 1 else fresh
        if len(row) & 1:
            peaks.append(row[-1])
        pairs = zip(row[::2], row[1::2], strict=False)  # the odd one waits as a peak
        fresh = tuple([hasher(b"\x01" + left + right) for left, right in pairs])
        level += 1
    return Frontier(grown, (*waiting, *reversed(peaks))), runs


def _unfit(size: int) -> Invalid:
    return Invalid(
        "LEDGER-13",
        zh("保存的记录树状态与其条数 {size} 不符。请从记录重新计算。", size=size),
    )
