"""The ZIP that office files are made of (APPNOTE.TXT 6.3): exactly one archive and nothing else.

What is asked for is more than a reader needs: the entries stand one behind the other from the
first byte to the directory, and each says of itself what the directory says of it. So there
is no room for a second file, and every program sees the same members.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from guiju.base.evidence import refusing
from guiju.base.evidence.report import Data
from guiju.core.sentence import Sentence, zh

MOST_MEMBERS = 5_000
MOST_UNPACKED = 256 * 1024**2
MOST_RATIO = 200
"""How many members, how many bytes in all, and how many times its packed size, a member may be."""

_SMALL = 8 * 1024**2
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTORS = frozenset({12, 16, 20, 24})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BAD_NAME = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
           NotImplementedError, RuntimeError, UnicodeError, KeyError, IndexError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose layout was found in order."""

    zip: zipfile.ZipFile
    kind: Sentence
    names: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Tell whether there is a member of this name."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """Return a member's content; its declared size was checked when the archive was opened.

        Raises:
            Invalid: EVIDENCE-06 when it is missing, damaged, or longer than declared.
        """
        try:
            info = self.zip.getinfo(name)
            with self.zip.open(info) as stream:
                content = stream.read(info.file_size + 1)
        except _BROKEN:
            raise refusing.damaged(self.kind) from None
        if len(content) != info.file_size:
            raise refusing.damaged(self.kind)
        return content

    def packs_well(self, name: str) -> bool:
        """Tell whether packing made a member so much smaller that it is worth the time again."""
        info = self.zip.getinfo(name)
        return 10 * info.compress_size < 9 * info.file_size

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield every member that is not a folder, with its content, one at a time."""
        for name in self.names:
            if not name.endswith("/"):
                yield name, self.read(name)


def opened_archive(stream: BinaryIO, data: Data, kind: Sentence) -> Archive:
    """Open an archive and check its layout, names and sizes.

    Args:
        stream: the archive, to be read by ``zipfile``.
        data: the same bytes.
        kind: what to call it in refusals.

    Raises:
        Invalid: EVIDENCE-06 damaged, EVIDENCE-07 there is something beside the archive or names
            that lead outside, EVIDENCE-09 encrypted, EVIDENCE-10 a bomb.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN:
        raise refusing.damaged(kind) from None
    infos = archive.infolist()
    _check_sizes(infos, kind)
    _check_members(infos, kind)
    _check_layout(data, archive, infos, kind)
    return Archive(archive, kind, tuple(info.filename for info in infos))


def _check_sizes(infos: list[zipfile.ZipInfo], kind: Sentence) -> None:
    if len(infos) > MOST_MEMBERS:
        raise refusing.bomb(kind, zh("里面有 {count} 个文件", count=len(infos)))
    total = sum(info.file_size for info in infos)
    if total > MOST_UNPACKED:
        raise refusing.bomb(kind, zh("展开后有 {size} MB", size=total // 1024**2))
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise refusing.bomb(
                kind,
                zh(
                    "里面的一个文件展开后是原来的 {times} 倍",
                    times=info.file_size // max(info.compress_size, 1),
                ),
            )


def _check_members(infos: list[zipfile.ZipInfo], kind: Sentence) -> None:
    seen: set[str] = set()
    for info in infos:
        if info.flag_bits & 0x41:
            raise refusing.locked(kind)
        folded = info.filename.casefold()
        linked = info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)
        if _BAD_NAME.search(info.orig_filename) or linked or folded in seen:
            raise refusing.hidden(kind, zh("有越界、重名或链接的路径"))
        seen.add(folded)
        if info.compress_type not in _METHODS:
            raise refusing.damaged(kind)


def _check_layout(
    data: Data, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], kind: Sentence
) -> None:
    end = len(data) - _END.size
    if end < 0:
        raise refusing.damaged(kind)
    magic, disk, start_disk, here, count, size, offset, comment = _END.unpack(data[end:])
    if magic != b"PK\x05\x06" or comment:
        raise refusing.hidden(kind, zh("压缩包末尾还有数据"))
    if (disk, start_disk) != (0, 0) or not here == count == len(infos):
        raise refusing.damaged(kind)
    if offset + size != end or archive.start_dir != offset:
        raise refusing.hidden(kind, zh("压缩包前面或目录后面还有数据"))
    at = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset != at and not (at and info.header_offset - at in _DESCRIPTORS):
            raise refusing.hidden(kind, zh("压缩包的文件之间还有数据，或互相重叠"))
        at = info.header_offset + _entry_length(data, info, kind)
    if offset != at and not (at and offset - at in _DESCRIPTORS):
        raise refusing.hidden(kind, zh("压缩包的文件之间还有数据，或互相重叠"))


def _entry_length(data: Data, info: zipfile.ZipInfo, kind: Sentence) -> int:
    """Return how long header and data of an entry are, once header and directory agree."""
    head = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size:
        raise refusing.damaged(kind)
    magic, _, flags, method, _, _, _, _, _, name_size, extra_size = _LOCAL.unpack(head)
    start = info.header_offset + _LOCAL.size
    name = data[start : start + name_size]
    codec = "utf-8" if flags & 0x800 else "cp437"
    agrees = method == info.compress_type and name.decode(codec, "replace") == info.orig_filename
    if magic != b"PK\x03\x04" or not agrees or flags & 0x41:
        raise refusing.hidden(kind, zh("压缩包的目录和内容对不上"))
    return int(_LOCAL.size + name_size + extra_size + info.compress_size)
