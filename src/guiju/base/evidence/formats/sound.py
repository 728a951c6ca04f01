"""MP3 (ISO/IEC 11172-3) and WAV (RIFF): frame by frame, chunk by chunk, nothing in between."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.report import Data, Report, Row, Subject, rows
from guiju.core.sentence import Sentence, zh

_RATES = {
    (3, 3): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits per second by version (3: MPEG-1, 2: others) and layer (3: I, 2: II, 1: III)."""

_SAMPLES = (44_100, 48_000, 32_000)
_FRAMES_NEEDED = 4
_TAGS = {
    b"TPE1": zh("作者"), b"TP1": zh("作者"), b"TCOM": zh("作者"), b"TIT2": zh("标题"),
    b"TT2": zh("标题"), b"TALB": zh("专辑"), b"TDRC": zh("录制时间"), b"TYER": zh("录制时间"),
    b"TSSE": zh("制作软件"), b"TENC": zh("编码者"), b"TOWN": zh("所有者"), b"COMM": zh("备注"),
}  # fmt: skip
_INFO = {
    b"IART": zh("作者"), b"INAM": zh("标题"), b"ICMT": zh("备注"), b"ICRD": zh("录制时间"),
    b"ISFT": zh("制作软件"), b"IENG": zh("录音者"), b"ITCH": zh("编码者"), b"ICOP": zh("版权"),
}  # fmt: skip
_NEEDED = frozenset({b"fmt ", b"fact", b"data"})


def examine_mp3(subject: Subject) -> Report:
    """Examine what begins like an MP3.

    Raises:
        Invalid: EVIDENCE-05 to -07 or -18.
    """
    kind, data = FileKind.MP3, subject.data
    refusing.require_ending(kind, subject.ending)
    foreign.refuse_second_file(data, kind.label)
    foreign.refuse_code(data, kind.label, text=False)
    start, found = _id3(data)
    end = _sound_end(data)
    _check_frames(data, start, end)
    _copy(subject, b"", [(start, end)])
    return Report(kind, found, cleaned=True)


def examine_wav(subject: Subject) -> Report:
    """Examine what begins like a WAV.

    Raises:
        Invalid: EVIDENCE-05 to -07 or -18.
    """
    kind, data = FileKind.WAV, subject.data
    refusing.require_ending(kind, subject.ending)
    foreign.refuse_second_file(data, kind.label)
    foreign.refuse_code(data, kind.label, text=False)
    found: list[Row] = []
    kept: list[tuple[int, int]] = []
    for name, start, end in _chunks(data):
        if name in _NEEDED:
            kept.append((start, end))
        else:
            found += _chunk_rows(name, data[start + 8 : min(end, start + 65_536)])
    if not {data[start : start + 4] for start, _ in kept} >= {b"fmt ", b"data"}:
        raise refusing.damaged(kind.label)
    size = sum(end - start for start, end in kept) + 4
    _copy(subject, b"RIFF" + struct.pack("<L", size) + b"WAVE", kept)
    return Report(kind, tuple(dict.fromkeys(found)), cleaned=True)


def _copy(subject: Subject, head: bytes, spans: list[tuple[int, int]]) -> None:
    with subject.clean.open("wb") as out:
        out.write(head)
        for start, end in spans:
            for at in range(start, end, 1024**2):
                out.write(subject.data[at : min(end, at + 1024**2)])


def _id3(data: Data) -> tuple[int, tuple[Row, ...]]:
    """Return where sound begins after an ID3v2 tag (id3.org, 2.4 structure, 3.1) and its rows."""
    if data[:3] != b"ID3":
        return 0, ()
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    end = 10 + size + (10 if data[5] & 0x10 else 0)
    if end > len(data):
        raise refusing.damaged(FileKind.MP3.label)
    tag = data[10 : min(end, 262_144)]
    found: list[tuple[Sentence, object]] = []
    for name, label in _TAGS.items():
        at = tag.find(name)
        if at < 0:
            continue
        head = 10 if len(name) == 4 else 6
        length = int.from_bytes(tag[at + len(name) : at + len(name) * 2], "big")
        found.append((label, _id3_text(tag[at + head : at + head + min(length, 4096)])))
    if b"APIC" in tag:
        found.append((zh("封面图片（张）"), tag.count(b"APIC")))
    zeros = re.compile(rb"\0*").match(data, end)
    return zeros.end() if zeros else end, rows(*found)


def _id3_text(body: bytes) -> str:
    codec = {0: "gb18030", 1: "utf-16", 2: "utf-16-be"}.get(body[0] if body else 3, "utf-8")
    return body[1:].decode(codec, "replace").replace("\0", " ").strip()


def _sound_end(data: Data) -> int:
    """Return where sound ends before zeros, an ID3v1 tag (128 bytes) and an APE tag."""
    end = len(data)
    if data[max(0, end - 128) : end][:3] == b"TAG":
        end -= 128
    foot = data[max(0, end - 32) : end]
    if foot[:8] == b"APETAGEX":
        with_head = 32 if foot[23] & 0x80 else 0
        end -= int.from_bytes(foot[12:16], "little") + with_head
    return max(end, 0)


def _check_frames(data: Data, start: int, end: int) -> None:
    label = FileKind.MP3.label
    at, count = start, 0
    while at + 4 <= end:
        length = _frame_length(data[at : at + 4])
        if not length:
            break
        at += length
        count += 1
    if count < _FRAMES_NEEDED:
        raise refusing.damaged(label)
    if at < end and data[at:end].strip(b"\0"):
        raise refusing.hidden(label, zh("录音当中或末尾还有数据"))


def _frame_length(head: bytes) -> int:
    """Return how many bytes a frame has; 0 for what is none (11172-3, 2.4.1.3)."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sample, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    wrong = head[0] != 0xFF or head[1] < 0xE0 or version == 1
    if wrong or not layer or not 0 < rate < 15 or sample == 3:
        return 0
    newest = version == 3
    table = _RATES[3, layer] if newest else _RATES[2, 3 if layer == 3 else 1]
    frequency = _SAMPLES[sample] >> (0 if newest else 1 if version == 2 else 2)
    if layer == 3:
        return (12_000 * table[rate] // frequency + padding) * 4
    factor = 72_000 if layer == 1 and not newest else 144_000
    return factor * table[rate] // frequency + padding


def _chunks(data: Data) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of each chunk; they fill the file exactly."""
    label = FileKind.WAV.label
    whole = int.from_bytes(data[4:8], "little") + 8
    if whole > len(data):
        raise refusing.damaged(label)
    if len(data) - whole > whole % 2:
        raise refusing.hidden(label, zh("录音末尾还有数据"))
    at = 12
    while at + 8 <= whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if at + 8 + size > whole:
            raise refusing.damaged(label)
        yield data[at : at + 4], at, min(end, len(data))
        at = end


def _chunk_rows(name: bytes, body: bytes) -> tuple[Row, ...]:
    if name == b"bext":  # EBU Tech 3285: description, originator, its reference, date, time
        parts = (body[:256], body[256:288], body[320:338])
        return rows(
            *zip((zh("备注"), zh("录音者"), zh("录制时间")), map(_plain, parts), strict=True)
        )
    if name != b"LIST" or body[:4] != b"INFO":
        return ()
    found: list[tuple[Sentence, object]] = []
    at = 4
    while at + 8 <= len(body):
        size = int.from_bytes(body[at + 4 : at + 8], "little")
        if label := _INFO.get(body[at : at + 4]):
            found.append((label, _plain(body[at + 8 : at + 8 + size])))
        at += 8 + size + size % 2
    return rows(*found)


def _plain(raw: bytes) -> str:
    text = raw.split(b"\0")[0]
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030", "replace")
