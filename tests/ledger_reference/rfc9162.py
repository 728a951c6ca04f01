"""RFC 9162, section 2.1, written down as the RFC defines it: slow, recursive, independent."""

import hashlib


def sha256(data):
    return hashlib.sha256(data).digest()


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(entries, hasher=sha256):
    """2.1.1: the Merkle Tree Hash of a list of entries."""
    if not entries:
        return hasher(b"")
    if len(entries) == 1:
        return hasher(b"\x00" + entries[0])
    k = split(len(entries))
    return hasher(b"\x01" + mth(entries[:k], hasher) + mth(entries[k:], hasher))


def path(m, entries, hasher=sha256):
    """2.1.3.1: PATH(m, D_n)."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k], hasher), mth(entries[k:], hasher)]
    return [*path(m - k, entries[k:], hasher), mth(entries[:k], hasher)]


def proof(m, entries, hasher=sha256):
    """2.1.4.1: PROOF(m, D_n)."""
    return subproof(m, entries, True, hasher)


def subproof(m, entries, whole, hasher):
    """2.1.4.1: SUBPROOF(m, D_n, b)."""
    if m == len(entries):
        return [] if whole else [mth(entries, hasher)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole, hasher), mth(entries[k:], hasher)]
    return [*subproof(m - k, entries[k:], False, hasher), mth(entries[:k], hasher)]


def nodes(entries, hasher=sha256):
    """A node reader over entries: (level, index) to the root of that complete subtree."""

    def node(level, index):
        part = entries[index << level : index + 1 << level]
        assert len(part) == 1 << level, "only complete subtrees are stored"
        return mth(part, hasher)

    return node
