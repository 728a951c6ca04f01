"""DOC and XLS, and what WPS writes under its own names: compound files without macros.

Their authors are shown but cannot be taken out safely: names hide in tables whose places only
a full reader of the format knows. So there is no clean copy, and that is said.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign
from guiju.base.evidence.formats.compound import Compound, read_compound
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked
from guiju.base.evidence.report import Report, Row, Subject, rows
from guiju.core.sentence import Sentence, zh

_MACROS = frozenset(
    {"Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "PROJECTwm", "VBA_Project"}
)
_OBJECTS = frozenset({"\x01Ole10Native", "\x01Ole10ItemName", "Package"})
_LABELS = {
    2: zh("标题"),
    3: zh("主题"),
    4: zh("作者"),
    5: zh("关键词"),
    6: zh("备注"),
    7: zh("模板"),
    8: zh("最后保存者"),
    12: zh("创建时间"),
    13: zh("最后保存时间"),
    18: zh("制作软件"),
}
_COMPANY_LABELS = {14: zh("经理"), 15: zh("单位")}
_INTEGER, _STRING, _WIDE, _TIME = 2, 30, 31, 64
_FILE_PASS, _WRITE_ACCESS, _BOUND_SHEET, _END_OF_PART = 0x2F, 0x5C, 0x85, 0x0A
_CODECS = {936: "gb18030", 54936: "gb18030", 950: "big5", 1200: "utf-16-le", 65001: "utf-8"}
_MOST_SEARCHED = 16 * 1024**2


def examine(subject: Subject) -> Report:
    """Examine a compound file.

    Raises:
        Invalid: EVIDENCE-04 to -09 or -11.
    """
    compound = read_compound(subject.data, zh("旧版 Office 文件"))
    kind = _kind(compound)
    refusing.require_ending(kind, subject.ending)
    refuse_active(compound, kind.label)
    foreign.refuse_second_file(subject.data, kind.label)
    found = [*_properties(compound)]
    if kind is FileKind.DOC:
        _check_document(compound)
    else:
        found += rows((zh("最后打开者"), _check_workbook(compound)))
    _refuse_marked(compound, kind)
    return Report(
        kind,
        tuple(found),
        (zh("旧版格式里的作者等信息去不干净，没有清洁副本；要对外提供时请另存为新格式或 PDF。"),),
    )


def refuse_active(compound: Compound, label: Sentence) -> None:
    """Refuse macros and packed files, wherever in the tree they hang.

    Raises:
        Invalid: EVIDENCE-08 or -09.
    """
    names = compound.names()
    if names & _MACROS:
        raise refusing.active(label, zh("宏"))
    if names & _OBJECTS:
        raise refusing.active(label, zh("打包的文件"))
    if names & {"EncryptedPackage", "EncryptedSummary"}:
        raise refusing.locked(label)


def _kind(compound: Compound) -> FileKind:
    tops = compound.tops
    if "WordDocument" in tops:
        return FileKind.DOC
    if tops & {"Workbook", "Book"}:
        return FileKind.XLS
    if "EncryptedPackage" in tops:
        raise refusing.locked(zh("Office 文件"))
    if "PowerPoint Document" in tops:
        raise refusing.not_accepted(
            zh("旧版 PowerPoint 或 WPS 演示文稿"), zh("请另存为 PPTX 或 PDF 再上传。")
        )
    if "__properties_version1.0" in tops:
        raise refusing.not_accepted(zh("Outlook 邮件"), zh("请打印为 PDF 再上传。"))
    raise refusing.not_accepted(
        zh("认不出内容的旧版 Office 文件"), zh("请用原来的软件导出为 PDF 再上传。")
    )


def _check_document(compound: Compound) -> None:
    """Look at the head of each text stream (MS-DOC 2.5.2: wIdent, then flags at offset 10)."""
    for stream in compound.streams("WordDocument"):
        if len(stream) < 32 or stream[:2] not in {b"\xec\xa5", b"\xdc\xa5"}:
            raise refusing.damaged(FileKind.DOC.label)
        if int.from_bytes(stream[10:12], "little") & 0x0100:
            raise refusing.locked(FileKind.DOC.label)


def _check_workbook(compound: Compound) -> str:
    """Look at the records of a workbook's first part; return who last had it open (MS-XLS)."""
    user = ""
    for stream in compound.streams("Workbook", "Book"):
        for kind, body in _records(stream):
            if kind == _FILE_PASS:
                raise refusing.locked(FileKind.XLS.label)
            if kind == _BOUND_SHEET and len(body) > 5 and body[5] in {1, 6}:  # 2.4.28: dt
                raise refusing.active(FileKind.XLS.label, zh("宏表"))
            if kind == _WRITE_ACCESS and len(body) > 3:
                size = int.from_bytes(body[:2], "little")
                codec = "utf-16-le" if body[2] & 1 else "gb18030"
                user = body[3 : 3 + size * (1 + (body[2] & 1))].decode(codec, "replace").strip()
    return user


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if at == 0 and kind not in {0x0809, 0x0409, 0x0209, 0x0009}:
            raise refusing.damaged(FileKind.XLS.label)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END_OF_PART:
            return
        at += 4 + size


def _properties(compound: Compound) -> tuple[Row, ...]:
    found: list[tuple[Sentence, object]] = []
    for name, labels in (
        ("\x05SummaryInformation", _LABELS),
        ("\x05DocumentSummaryInformation", _COMPANY_LABELS),
    ):
        for stream in compound.streams(name):
            values = _property_set(stream)
            found += [(label, values.get(number)) for number, label in labels.items()]
    return rows(*found)


def _property_set(stream: bytes) -> dict[int, str]:
    """Read strings and times of the first section (MS-OLEPS 2.21); stop where it is broken."""
    found: dict[int, str] = {}
    try:
        (section,) = struct.unpack_from("<L", stream, 44)
        _, count = struct.unpack_from("<LL", stream, section)
        places = dict(
            struct.unpack_from("<LL", stream, section + 8 + 8 * index)
            for index in range(min(count, 200))
        )
        codec = _codec(stream, section, places)
        for number, offset in places.items():
            if value := _value(stream, section + offset, codec):
                found[number] = value
    except struct.error:
        return found
    return found


def _codec(stream: bytes, section: int, places: dict[int, int]) -> str:
    if 1 not in places:
        return "gb18030"
    kind, number = struct.unpack_from("<LH", stream, section + places[1])
    return _CODECS.get(number, "cp1252") if kind == _INTEGER else "gb18030"


def _value(stream: bytes, at: int, codec: str) -> str:
    (kind,) = struct.unpack_from("<L", stream, at)
    if kind == _TIME:
        (ticks,) = struct.unpack_from("<Q", stream, at + 4)
        return _time(ticks)
    if kind not in {_STRING, _WIDE}:
        return ""
    (size,) = struct.unpack_from("<L", stream, at + 4)
    length = min(size, 4096) * (2 if kind == _WIDE else 1)
    raw = stream[at + 8 : at + 8 + length]
    return raw.decode("utf-16-le" if kind == _WIDE else codec, "replace").split("\0")[0]


def _time(ticks: int) -> str:
    if not 0 < ticks < 3 * 10**18:
        return ""
    moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _refuse_marked(compound: Compound, kind: FileKind) -> None:
    # Text stands in these streams as UTF-16, at even or odd places, between other things.
    for stream in compound.streams("WordDocument", "Workbook"):
        for start in (0, 1):
            text = stream[start : start + _MOST_SEARCHED].decode("utf-16-le", "replace")
            refuse_marked(text, kind.label)
