"""The bytes of a log file in blocks, gunzipped where its content says that it is gzip."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import Progress

BLOCK = 1 << 19
_GZIP_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b"


def blocks(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    """Yield the text of ``stream`` in blocks of at most 512 KiB, never holding more than two.

    Raises:
        Invalid: XES-01 when the gzip data are cut off or damaged (RFC 1952).
    """
    first = stream.read(_GZIP_BLOCK)
    if first.startswith(_GZIP):
        yield from _inflated(_pieces(first, stream, _GZIP_BLOCK, progress))
    else:
        yield from _pieces(first, stream, BLOCK, progress)


def _pieces(first: bytes, stream: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    total = os.fstat(stream.fileno()).st_size
    done = 0
    piece = first
    while piece:
        done += len(piece)
        progress(done, max(done, total))
        yield piece
        piece = stream.read(size)


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Gunzip one or more members, checking length and sum of each."""
    inflater = None
    for piece in pieces:
        data = piece
        while data or inflater is not None:
            if inflater is None:
                data = data.lstrip(b"\0")  # padding between and after members
                if not data:
                    break
                inflater = zlib.decompressobj(wbits=31)
            block = _step(inflater, data)
            if block:
                yield block
            if inflater.eof:
                data, inflater = inflater.unused_data, None
            else:
                data = inflater.unconsumed_tail
                if not data and len(block) < BLOCK:
                    break
    if inflater is not None:
        raise Invalid(
            "XES-01", zh("压缩文件不完整：后面的部分缺失。请重新复制或重新导出这份日志。")
        )


def _step(inflater: zlib._Decompress, data: bytes) -> bytes:
    try:
        return inflater.decompress(data, BLOCK)
    except zlib.error:
        raise Invalid(
            "XES-01", zh("压缩文件已损坏，解不开。请重新复制或重新导出这份日志。")
        ) from None
