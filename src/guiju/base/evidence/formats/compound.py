"""The compound file that older office programs write (MS-CFB): its tree of named streams.

Read by hand, strictly: every chain of sectors has a length that the file could hold, so that
a loop ends.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.base.evidence import refusing
from guiju.base.evidence.report import Data
from guiju.core.sentence import Sentence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 20_000

_HEADER = struct.Struct("<8s16xHHHHH6xLLLLLLLLL")
_ENTRY = struct.Struct("<64sHBxLLL16x4x8x8xLQ")
_LAST_SECTOR = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A storage or stream: ``kind`` is 1 for a storage, 2 for a stream, 5 for the root."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file.

    Attributes:
        entries: all of them, whether or not the tree leads there.
        tops: names directly under the root.
    """

    data: Data
    label: Sentence
    sector: int
    table: array[int]
    small_table: array[int]
    small: bytes
    entries: tuple[Entry, ...]
    tops: frozenset[str]

    def names(self) -> frozenset[str]:
        """Return the names of all entries, whether or not the tree leads there."""
        return frozenset(entry.name for entry in self.entries)

    def streams(self, *names: str) -> Iterator[bytes]:
        """Yield the content of every stream that bears one of ``names``.

        Raises:
            Invalid: EVIDENCE-06 when its sectors are not there.
        """
        found = (e for e in self.entries if e.kind == _STREAM and e.name in names)
        return map(self._content, found)

    def _content(self, entry: Entry) -> bytes:
        if entry.size > len(self.data):
            raise refusing.damaged(self.label)
        if entry.size >= 4096:  # MS-CFB 2.2, mini stream cut-off size
            chain = _chain(self.table, entry.start, self.label)
            content = b"".join(_sector(self.data, self.sector, at) for at in chain)
        else:
            chain = _chain(self.small_table, entry.start, self.label) if entry.size else []
            content = b"".join(self.small[at * 64 : at * 64 + 64] for at in chain)
        if len(content) < entry.size:
            raise refusing.damaged(self.label)
        return content[: entry.size]


def read_compound(data: Data, label: Sentence) -> Compound:
    """Read the tables and the tree of a compound file.

    Raises:
        Invalid: EVIDENCE-06 when they are damaged.
    """
    try:
        return _read(data, label)
    except struct.error:
        raise refusing.damaged(label) from None


def _read(data: Data, label: Sentence) -> Compound:
    head = _HEADER.unpack(data[: _HEADER.size])
    magic, _, major, order, shift, small_shift = head[:6]
    _, tables, first, _, cut_off, small_first, _, more_first, more = head[6:15]
    # What MS-CFB 2.2 prescribes leaves no choice but between two sizes of sectors.
    right = (major, shift) in {(3, 9), (4, 12)} and small_shift == 6 and cut_off == 4096
    if magic != SIGNATURE or order != 0xFFFE or not right:
        raise refusing.damaged(label)
    sector = 1 << shift
    if tables > len(data) // sector or more > len(data) // sector:
        raise refusing.damaged(label)
    table = _table(data, sector, tables, more_first, label)
    folder = b"".join(_sector(data, sector, at) for at in _chain(table, first, label))
    entries = _entries(folder, label)
    small_chain = _chain(table, small_first, label)
    small_table = _numbers(b"".join(_sector(data, sector, at) for at in small_chain))
    root = entries[0]
    small = b"".join(_sector(data, sector, at) for at in _chain(table, root.start, label))
    tops = frozenset(_children(entries, root))
    return Compound(data, label, sector, table, small_table, small, entries, tops)


def _table(data: Data, sector: int, count: int, more: int, label: Sentence) -> array[int]:
    """Return the file allocation table, whose sectors are listed in the header and beyond."""
    listed = _numbers(data[76:512])
    seen: set[int] = set()
    while more < _LAST_SECTOR and len(listed) < count:
        if more in seen:
            raise refusing.damaged(label)
        seen.add(more)
        block = _numbers(_sector(data, sector, more))
        if not block:
            raise refusing.damaged(label)
        listed.extend(block[:-1])
        more = block[-1]
    table: array[int] = array("I")
    for at in listed[:count]:
        table.extend(_numbers(_sector(data, sector, at)))
    return table


def _chain(table: array[int], start: int, label: Sentence) -> list[int]:
    chain: list[int] = []
    at = start
    while at < _LAST_SECTOR:
        if at >= len(table) or len(chain) > len(table):
            raise refusing.damaged(label)
        chain.append(at)
        at = table[at]
    return chain


def _entries(folder: bytes, label: Sentence) -> tuple[Entry, ...]:
    whole = folder[: len(folder) // _ENTRY.size * _ENTRY.size]
    if not whole or len(whole) // _ENTRY.size > MOST_ENTRIES:
        raise refusing.damaged(label)
    found = []
    for name, length, kind, left, right, child, start, size in _ENTRY.iter_unpack(whole):
        text = name[: min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        # Version 3 leaves the upper half of the size undefined (MS-CFB 2.6.1).
        found.append(Entry(text, kind, left, right, child, start, size & 0xFFFFFFFF))
    if found[0].kind != _ROOT:
        raise refusing.damaged(label)
    return tuple(found)


def _children(entries: tuple[Entry, ...], parent: Entry) -> list[str]:
    names, waiting, seen = [], [parent.child], set[int]()
    while waiting:
        at = waiting.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        names.append(entries[at].name)
        waiting += [entries[at].left, entries[at].right]
    return names


def _sector(data: Data, sector: int, at: int) -> bytes:
    return data[(at + 1) * sector : (at + 2) * sector]


def _numbers(block: bytes) -> array[int]:
    numbers: array[int] = array("I")
    numbers.frombytes(block[: len(block) // 4 * 4])
    return numbers
