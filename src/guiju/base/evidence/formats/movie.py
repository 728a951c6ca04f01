"""MP4 and M4A (ISO/IEC 14496-12): boxes that fill the file; place and time overwritten in the copy.

A box that tells something is turned into a ``free`` box of zeros of the same size, so that
no offset in the file changes and the recording itself stays byte for byte what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.report import Data, Report, Subject, rows
from guiju.core.sentence import Sentence, zh

_TOP = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"udta", b"meta", b"uuid", b"pdin",
     b"moof", b"mfra", b"sidx", b"styp", b"emsg", b"beam"}
)  # fmt: skip
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"beam", b"emsg"})
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_PLAIN_TRACKS = frozenset({b"vide", b"soun", b"hint", b"text", b"sbtl", b"subt"})
_LABEL = FileKind.MP4.label
_MOST_BOXES = 100_000
_PLACE = re.compile(rb"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?/")
_WORDS: dict[bytes, Sentence] = {
    b"\xa9ART": zh("作者"),
    b"\xa9aut": zh("作者"),
    b"\xa9nam": zh("标题"),
    b"\xa9cmt": zh("备注"),
    b"\xa9too": zh("制作软件"),
    b"\xa9swr": zh("制作软件"),
    b"\xa9mak": zh("设备厂商"),
    b"\xa9mod": zh("设备型号"),
    b"\xa9day": zh("录制时间"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, where it starts, where its content starts, where it ends."""

    name: bytes
    start: int
    body: int
    end: int


def examine(subject: Subject) -> Report:
    """Examine what begins like an MP4.

    Raises:
        Invalid: EVIDENCE-05 to -07, -10 or -18.
    """
    data = subject.data
    refusing.require_ending(FileKind.MP4, subject.ending)
    foreign.refuse_second_file(data, _LABEL)
    foreign.refuse_code(data, _LABEL, text=False)
    boxes = _all_boxes(data)
    names = {box.name for box in boxes}
    if not names >= {b"ftyp", b"moov", b"mdat"}:
        raise refusing.damaged(_LABEL)
    found = rows(*_facts(data, boxes))
    tracks = {data[b.body + 8 : b.body + 12] for b in boxes if b.name == b"hdlr"}
    if not tracks - {b"mdir", b"\0\0\0\0", b"mdta"} <= _PLAIN_TRACKS:
        remark = zh("这段录像里有逐秒记录的数据轨（可能是位置），去不干净，没有清洁副本。")
        return Report(FileKind.MP4, found, (remark,))
    _write(subject, boxes)
    return Report(FileKind.MP4, found, cleaned=True)


def _all_boxes(data: Data) -> list[Box]:
    found = list(_boxes(data, 0, len(data)))
    if any(box.name not in _TOP for box in found):
        raise refusing.hidden(_LABEL, zh("录像里不该有的数据"))
    for box in found:  # grows while it is walked
        if box.name in _PARENTS:
            found += _boxes(data, box.body, box.end)
        if len(found) > _MOST_BOXES:
            raise refusing.bomb(_LABEL, zh("里面的部件太多"))
    return found


def _boxes(data: Data, start: int, end: int) -> Iterator[Box]:
    at = start
    while at < end:
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = at + 8
        if size == 1:
            size, body = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if len(name) < 4 or size < body - at or at + size > end:
            raise refusing.damaged(_LABEL)
        yield Box(name, at, body, at + size)
        at += size


def _facts(data: Data, boxes: list[Box]) -> Iterator[tuple[Sentence, object]]:
    for box in boxes:
        if box.name == b"mvhd":
            wide = data[box.body : box.body + 1] == b"\1"
            raw = data[box.body + 4 : box.body + (12 if wide else 8)]
            yield zh("录制时间"), _time(int.from_bytes(raw, "big"))
        elif box.name in {b"udta", b"meta", b"uuid"}:
            body = data[box.body : min(box.end, box.body + 262_144)]
            for found in _PLACE.finditer(body):
                yield zh("拍摄地点（纬度，经度）"), f"{float(found[1])}, {float(found[2])}"
            for name, label in _WORDS.items():
                if (at := body.find(name)) >= 0:
                    yield label, _words(body[at + 4 : at + 260])


def _words(raw: bytes) -> str:
    """Read the text after a name: length and language, or a ``data`` box (QuickTime format)."""
    if raw[4:8] == b"data":
        size = int.from_bytes(raw[:4], "big")
        return raw[16:size].decode("utf-8", "replace")
    size = int.from_bytes(raw[:2], "big")
    return raw[4 : 4 + size].decode("utf-8", "replace")


def _time(seconds: int) -> str:
    if not 0 < seconds < 2**33:
        return ""
    moment = datetime(1904, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _write(subject: Subject, boxes: list[Box]) -> None:
    data = subject.data
    with subject.clean.open("w+b") as out:
        for at in range(0, len(data), 1024**2):
            out.write(data[at : at + 1024**2])
        for box in boxes:
            if box.name in _TELLING:
                out.seek(box.start + 4)
                out.write(b"free")
                out.seek(box.body)
                for at in range(box.body, box.end, 1024**2):
                    out.write(bytes(min(box.end, at + 1024**2) - at))
            elif box.name in _DATED:
                wide = data[box.body : box.body + 1] == b"\1"
                out.seek(box.body + 4)
                out.write(bytes(16 if wide else 8))
