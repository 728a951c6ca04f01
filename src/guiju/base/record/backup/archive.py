"""A backup's archive: a tar file of the plainest kind, which any tar program can unpack.

It is read strictly: regular files alone, in ascending order of names that are known
beforehand, each header exactly as it would be written here. So no path, link, device,
extension record or second meaning of one name comes in with a stranger's file.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_PIECE = 1024**2

Told = Callable[[int], None]
"""Told how many bytes were just copied."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive: its name, its size, and where its bytes begin."""

    name: str
    size: int
    start: int


class Writer:
    """Writes an archive from front to back.

    Args:
        out: where to.
        at: seconds since 1970, the time that every file in it gets.
        told: told about progress.
    """

    def __init__(self, out: BinaryIO, *, at: int, told: Told) -> None:
        self._out = out
        self._at = at
        self._told = told

    def add(self, name: str, source: BinaryIO, size: int) -> str:
        """Add a file of ``size`` bytes; return its SHA-256.

        Raises:
            Invalid: BACKUP-02 when the source ends earlier.
        """
        self._out.write(_header(name, size, self._at))
        found = _copy(source, self._out, size, self._told)
        if found is None:
            raise Invalid(
                "BACKUP-02",
                zh("「{name}」在备份时变短了，没有备份成功。请重新备份。", name=name),
            )
        self._out.write(bytes(-size % _BLOCK))
        return found

    def add_bytes(self, name: str, data: bytes) -> str:
        """Add a small file; return its SHA-256."""
        return self.add(name, io.BytesIO(data), len(data))

    def end(self) -> None:
        """Write the end of the archive."""
        self._out.write(_END)


def parts(stream: BinaryIO, names: re.Pattern[str]) -> Iterator[Part]:
    """Yield the files of an archive in order; between two of them ``stream`` may be moved.

    Raises:
        Invalid: BACKUP-05 for anything that ``Writer`` would not have written.
    """
    end = stream.seek(0, os.SEEK_END) - len(_END)
    at, last = 0, ""
    while at < end:
        part = _part(_read(stream, at, _BLOCK), at)
        padding = -part.size % _BLOCK
        over = part.start + part.size
        if not names.fullmatch(part.name) or part.name <= last or over + padding > end:
            raise damaged()
        if _read(stream, over, padding) != bytes(padding):
            raise damaged()
        yield part
        at, last = over + padding, part.name
    if at != end or _read(stream, end, len(_END)) != _END:
        raise damaged()


def copy_part(stream: BinaryIO, part: Part, out: BinaryIO, told: Told) -> str:
    """Copy a file of the archive; return its SHA-256.

    Raises:
        Invalid: BACKUP-05 when the archive ends too early.
    """
    stream.seek(part.start)
    found = _copy(stream, out, part.size, told)
    if found is None:
        raise damaged()
    return found


def read_part(stream: BinaryIO, part: Part, *, most: int) -> bytes:
    """Return a small file of the archive.

    Raises:
        Invalid: BACKUP-05 when it has more than ``most`` bytes.
    """
    if part.size > most:
        raise damaged()
    return _read(stream, part.start, part.size)


def damaged() -> Invalid:
    """Return the refusal of a file that is no archive of ours, or no longer."""
    return Invalid(
        "BACKUP-05",
        zh("这个文件不是规矩的备份，或已经损坏、被改动过，没有恢复任何内容。请换一份备份。"),
    )


def uncopied(why: Sentence) -> Invalid:
    """Return the refusal to go on when the database cannot be copied."""
    return Invalid(
        "BACKUP-03",
        zh("复制数据库没有成功：{why}。没有留下任何内容。请排除原因后再试。", why=why),
    )


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)


def _part(block: bytes, at: int) -> Part:
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        is_plain = info.size >= 0 and _header(info.name, info.size, int(info.mtime)) == block
    except (tarfile.TarError, ValueError):
        is_plain = False
        info = tarfile.TarInfo()
    if not is_plain:
        raise damaged()
    return Part(info.name, info.size, at + _BLOCK)


def _header(name: str, size: int, at: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, at, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _copy(source: BinaryIO, out: BinaryIO, size: int, told: Told) -> str | None:
    """Copy exactly ``size`` bytes and return their SHA-256, or None when there are fewer."""
    digest = hashlib.sha256()
    while size:
        piece = source.read(min(_PIECE, size))
        if not piece:
            return None
        digest.update(piece)
        out.write(piece)
        size -= len(piece)
        told(len(piece))
    return digest.hexdigest()
