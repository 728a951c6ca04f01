"""Merkle proofs: that an entry is in a tree, and that a tree only grew.

Made from stored nodes by RFC 6962, sections 2.1.1 and 2.1.2; checked by the
algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2 (the trees are the same).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guiju.core.errors import Invalid
from guiju.core.ledger.lines import HASH_SIZE
from guiju.core.ledger.tree import Hasher, TreeHead, join_peaks, sha256
from guiju.core.sentence import zh

Nodes = Callable[[int, int], bytes]
"""Gives the node at (level, index) of complete subtrees; level 0 holds leaf hashes."""


def root_at(nodes: Nodes, size: int, hasher: Hasher = sha256) -> bytes:
    """Return the root of the first ``size`` leaves, MTH(D[0:size])."""
    return _span(nodes, 0, size, hasher)


def prove_inclusion(
    nodes: Nodes, *, index: int, size: int, hasher: Hasher = sha256
) -> tuple[bytes, ...]:
    """Return PATH(index, D[size]), from the leaf's sibling up (RFC 6962, section 2.1.1).

    Raises:
        Invalid: LEDGER-14 when the tree of that size holds no such leaf.
    """
    demand_index(index, size)
    return tuple(_path(nodes, 0, index, size, hasher))


def prove_consistency(
    nodes: Nodes, *, old: int, size: int, hasher: Hasher = sha256
) -> tuple[bytes, ...]:
    """Return PROOF(old, D[size]) (RFC 6962, section 2.1.2); empty for old = 0 and old = size.

    Raises:
        Invalid: LEDGER-14 when ``old`` is no size that the tree has had.
    """
    if not 0 <= old <= size:
        raise _outside(old, size)
    if old in {0, size}:
        return ()
    level = (old & -old).bit_length() - 1
    index = (old >> level) - 1
    seed = () if old.bit_count() == 1 else (nodes(level, index),)
    return (*seed, *_path(nodes, level, index, size, hasher))


def check_inclusion(
    leaf: bytes,
    *,
    index: int,
    head: TreeHead,
    path: Sequence[bytes],
    hasher: Hasher = sha256,
) -> None:
    """Check that the leaf with this hash is in the tree (RFC 9162, section 2.1.3.2).

    Raises:
        Invalid: LEDGER-14 for an index outside, LEDGER-15 when the proof does not hold.
    """
    demand_index(index, head.size)
    first, last, root = index, head.size - 1, leaf
    if not _are_hashes(path):
        raise _not_included(index)
    for step in path:
        if not last:
            raise _not_included(index)
        if first & 1 or first == last:
            root = hasher(b"\x01" + step + root)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            root = hasher(b"\x01" + root + step)
        first >>= 1
        last >>= 1
    if last or root != head.root:
        raise _not_included(index)


def check_consistency(
    old: TreeHead, new: TreeHead, path: Sequence[bytes], hasher: Hasher = sha256
) -> None:
    """Check that the new tree begins with all of the old one (RFC 9162, section 2.1.4.2).

    The RFC asks for 0 < old < new. Between equal sizes and from the empty tree the
    proof is empty (C2SP tlog-witness); the empty tree has one root only.

    Raises:
        Invalid: LEDGER-14 when the sizes are not in order, LEDGER-16 when the proof does not hold.
    """
    if not 0 <= old.size <= new.size:
        raise _outside(old.size, new.size)
    if any(head.size == 0 and head.root != hasher(b"") for head in (old, new)):
        raise _not_consistent(old.size, new.size)
    if old.size in {0, new.size}:
        holds = not path and (old.size == 0 or old.root == new.root)
    else:
        holds = _are_hashes(path) and _climb(old, new, path, hasher)
    if not holds:
        raise _not_consistent(old.size, new.size)


def _climb(old: TreeHead, new: TreeHead, path: Sequence[bytes], hasher: Hasher) -> bool:
    """Compute both roots from the proof and compare (RFC 9162, section 2.1.4.2, steps 3 to 6)."""
    steps = iter(path if old.size.bit_count() > 1 else (old.root, *path))
    shift = (old.size & -old.size).bit_length() - 1
    first, last = old.size - 1 >> shift, new.size - 1 >> shift
    start = next(steps, None)
    if start is None:
        return False
    old_root = new_root = start
    for step in steps:
        if not last:
            return False
        if first & 1 or first == last:
            old_root = hasher(b"\x01" + step + old_root)
            new_root = hasher(b"\x01" + step + new_root)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            new_root = hasher(b"\x01" + new_root + step)
        first >>= 1
        last >>= 1
    return last == 0 and old_root == old.root and new_root == new.root


def _path(nodes: Nodes, level: int, index: int, size: int, hasher: Hasher) -> list[bytes]:
    """Return the siblings on the way from a complete node up to the root."""
    path = []
    while (last := size - 1 >> level) > 0:
        sibling = index ^ 1
        if sibling < last or (sibling == last and sibling + 1 << level == size):
            path.append(nodes(level, sibling))
        elif sibling == last:
            path.append(_span(nodes, sibling << level, size, hasher))
        index >>= 1
        level += 1
    return path


def _span(nodes: Nodes, start: int, end: int, hasher: Hasher) -> bytes:
    """Return MTH(D[start:end]) where ``start`` is a multiple of a power of 2 ≥ end - start."""
    peaks = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(nodes(level, start >> level))
        start += 1 << level
    return join_peaks(peaks, hasher)


def _are_hashes(path: Sequence[bytes]) -> bool:
    return set(map(len, path)) <= {HASH_SIZE}


def demand_index(index: int, size: int) -> None:
    """Refuse an index that a tree of ``size`` does not have (LEDGER-14)."""
    if not 0 <= index < size:
        raise _outside(index, size)


def _outside(number: int, size: int) -> Invalid:
    return Invalid(
        "LEDGER-14",
        zh(
            "序号 {number} 不在这棵 {size} 条的记录树内。请改用较新的检查点，或核对序号。",
            number=number,
            size=size,
        ),
    )


def _not_included(index: int) -> Invalid:
    return Invalid(
        "LEDGER-15",
        zh(
            "证明不成立：第 {index} 条不在检查点的记录树里，或证明被改动过。"
            "请重新索取证明，并报告见证方。",
            index=index,
        ),
    )


def _not_consistent(old: int, size: int) -> Invalid:
    return Invalid(
        "LEDGER-16",
        zh(
            "证明不成立：{size} 条的记录树不是由 {old} 条的记录树只增不改而来。"
            "请保留两份检查点并报告见证方。",
            size=size,
            old=old,
        ),
    )
