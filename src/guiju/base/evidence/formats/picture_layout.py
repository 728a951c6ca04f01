"""Where a picture begins and ends, byte by byte, and the parts in it that tell more than it shows.

PNG: ISO/IEC 15948; JPEG: ITU-T T.81 annex B; WebP: RFC 9649; TIFF: revision 6.0.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from guiju.base.evidence import refusing
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.report import Data
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"

_TELLING_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP1, _APP2, _APP14, _APP15 = 0xE1, 0xE2, 0xEE, 0xEF


def check_end(kind: FileKind, data: Data) -> tuple[Sentence, ...]:
    """Refuse a picture that is broken or has something behind it; remark on further pictures.

    Raises:
        Invalid: EVIDENCE-06 or EVIDENCE-07.
    """
    if kind is FileKind.PNG:
        _check_png(data)
    elif kind is FileKind.JPEG:
        return _check_jpeg(data)
    elif kind is FileKind.WEBP:
        size = int.from_bytes(data[4:8], "little") + 8
        _check_length(kind, len(data), size + size % 2)
    return ()


def tells_more(content: bytes) -> bool:
    """Tell whether a JPEG or PNG carries EXIF, XMP, IPTC or text."""
    return stripped(content) != content


def stripped(content: bytes) -> bytes:
    """Return a JPEG or PNG without metadata, the picture itself untouched; else ``content``.

    The turn that a camera noted is kept, for without it the picture would lie on its side.
    """
    try:
        if content.startswith(PNG):
            kept = (whole for kind, whole in _chunks(content) if kind not in _TELLING_CHUNKS)
            return PNG + b"".join(kept)
        if content.startswith(JPEG):
            return _stripped_jpeg(content)
    except Invalid:
        return content
    return content


def _stripped_jpeg(content: bytes) -> bytes:
    pieces, turn = [content[:2]], b""
    for marker, start, end in _segments(content):
        body = content[start:end]
        if marker == _APP1 and not turn:
            turn = _turn(body)
            pieces.append(turn)
        if not _tells(marker, body):
            pieces.append(body)
        if marker == _END:
            break
    return b"".join(pieces)


def _tells(marker: int, body: bytes) -> bool:
    """Tell whether a part is metadata: all but the resolution and what colours depend on."""
    if marker == _APP2:
        return not body[4:].startswith(b"ICC_PROFILE\0")
    return marker == _COMMENT or (_APP1 <= marker <= _APP15 and marker != _APP14)


def _turn(body: bytes) -> bytes:
    """Return an EXIF part that holds the orientation (tag 0x0112) of ``body`` alone."""
    tiff = body[10:]
    if not body[4:].startswith(b"Exif\0\0") or tiff[:2] not in {b"II", b"MM"}:
        return b""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for index in range(min(count, 100)):
            tag, _, _, value = struct.unpack_from(f"{order}HHLH", tiff, first + 2 + 12 * index)
            if tag == 0x0112 and 1 < value <= 8:
                small = struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, 1, 0x0112, 3, 1, value, 0, 0)
                return b"\xff\xe1" + struct.pack(">H", len(small) + 8) + b"Exif\0\0" + small
    except struct.error:
        return b""
    return b""


def _chunks(data: Data) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the whole of each chunk up to IEND.

    Raises:
        Invalid: EVIDENCE-06 when one is cut short or its sum is wrong.
    """
    at = len(PNG)
    while True:
        head = data[at : at + 8]
        size, kind = int.from_bytes(head[:4], "big"), head[4:]
        whole = data[at : at + 12 + size]
        if len(head) < 8 or len(whole) < 12 + size:
            raise refusing.damaged(FileKind.PNG.label)
        if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
            raise refusing.damaged(FileKind.PNG.label)
        yield kind, whole
        at += 12 + size
        if kind == b"IEND":
            return


def _check_png(data: Data) -> None:
    size, first = len(PNG), b""
    for kind, whole in _chunks(data):
        first = first or kind
        size += len(whole)
    if first != b"IHDR":
        raise refusing.damaged(FileKind.PNG.label)
    _check_length(FileKind.PNG, len(data), size)


def _segments(data: Data, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each part of a JPEG up to its end mark.

    A scan is one part with the coded picture that follows it.

    Raises:
        Invalid: EVIDENCE-06 when it is cut short or broken.
    """
    at = start + 2
    while True:
        found = _MARKER.match(data, at)
        if found is None:
            raise refusing.damaged(FileKind.JPEG.label)
        marker, body = found[1][0], found.end()
        if marker == _END:
            yield marker, at, body
            return
        size = int.from_bytes(data[body : body + 2], "big")
        end = body + size
        if marker in {_START, 0x01} or size < 2 or end > len(data):
            raise refusing.damaged(FileKind.JPEG.label)
        if marker == _SCAN:
            after = _MARKER.search(data, end)
            if after is None:
                raise refusing.damaged(FileKind.JPEG.label)
            end = after.start()
        yield marker, at, end
        at = end


def _check_jpeg(data: Data) -> tuple[Sentence, ...]:
    """Walk to the end; phones put small copies and depth maps behind, as JPEGs (CIPA DC-007)."""
    end, count = 0, 0
    while end == 0 or data[end : end + 3] == JPEG:
        for _, _, stop in _segments(data, end):
            end = stop
        count += 1
        if count > 16:
            break
    rest = data[end:]
    if rest.strip(b"\0"):
        what = zh("图片末尾还有数据，如动态照片的视频")
        raise refusing.hidden(FileKind.JPEG.label, what)
    if count > 1:
        return (zh("照片后面还附有 {count} 张副图，清洁副本里只有主图。", count=count - 1),)
    return ()


def _check_length(kind: FileKind, length: int, size: int) -> None:
    if length < size:
        raise refusing.damaged(kind.label)
    if length > size:
        raise refusing.hidden(kind.label, zh("图片末尾还有数据"))
