"""What does not belong into a file of any kind: web code, a second file, programs."""

from __future__ import annotations

import re

from guiju.base.evidence import refusing
from guiju.base.evidence.report import Data
from guiju.core.sentence import Sentence, zh

_CODE = re.compile(
    rb"(?i)<(?:script|iframe|object|embed|html|body|svg|foreignobject)[\s>/]|<!doctype\s+html"
    rb"|<\?php|javascript:|vbscript:"
)
_CODE_IN_BINARY = re.compile(rb"(?i)<script[\s>]|<\?php\s|<iframe[\s>]|<svg[\s>]|<html[\s>]")
_PROGRAMS = (
    (b"MZ", zh("Windows 程序")),
    (b"\x7fELF", zh("Linux 程序")),
    (b"\xca\xfe\xba\xbe", zh("Java 程序")),
    (b"\xcf\xfa\xed\xfe", zh("macOS 程序")),
    (b"\xfe\xed\xfa", zh("macOS 程序")),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", zh("Windows 快捷方式")),
    (b"#!", zh("脚本程序")),
    (b"ITSF", zh("CHM 帮助文件")),
    (b"MSCF", zh("CAB 压缩包")),
    (b"Rar!\x1a\x07", zh("RAR 压缩包")),
    (b"7z\xbc\xaf\x27\x1c", zh("7z 压缩包")),
    (b"PK\x03\x04", zh("ZIP 压缩包")),
    (b"PK\x05\x06", zh("ZIP 压缩包")),
    (b"\x1f\x8b", zh("gzip 压缩包")),
    (b"BZh", zh("bzip2 压缩包")),
    (b"\xfd7zXZ\x00", zh("xz 压缩包")),
    (b"%PDF-", zh("PDF 文件")),
)
_ELSEWHERE = re.compile(
    r"(?i)\s*(?:(?!file:)[a-z][a-z0-9+.-]+:|[\\/]{2}|file:(?://[^/\\]|/{4,}|/{0,3}\\\\))"
)
_END = b"PK\x05\x06"
_END_REACH = 22 + 65_535


def program_at(head: bytes) -> Sentence | None:
    """Name the program or archive that begins with these bytes, or None."""
    return next((what for magic, what in _PROGRAMS if head.startswith(magic)), None)


def leads_elsewhere(target: str) -> bool:
    """Tell whether a link leads to another machine, by address or by network share."""
    return bool(_ELSEWHERE.match(target))


def refuse_code(data: Data, kind: Sentence, *, text: bool) -> None:
    """Refuse what a browser would run if it took the file for a page.

    Args:
        data: the file.
        kind: what to call it.
        text: whether it is text, where more is web code than in the noise of a picture.

    Raises:
        Invalid: EVIDENCE-18.
    """
    if found := (_CODE if text else _CODE_IN_BINARY).search(data):
        raise refusing.scripted(kind, found[0].decode("ascii", "replace").strip())


def refuse_second_file(data: Data, kind: Sentence) -> None:
    """Refuse a file that another program would take for a ZIP (or JAR) or a PDF.

    ZIP readers look for the directory from the end, PDF readers for their mark in the first
    1,024 bytes (ISO 32000-1, Annex H, note 13).

    Raises:
        Invalid: EVIDENCE-07.
    """
    if b"%PDF-" in data[1:1029]:
        raise refusing.hidden(kind, zh("PDF 文件"))
    start = max(0, len(data) - _END_REACH)
    tail = data[start:]
    at = tail.rfind(_END)
    while at >= 0:
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        first = start + at - size
        if first >= 0 and size and data[first : first + 4] == b"PK\x01\x02":
            raise refusing.hidden(kind, zh("ZIP 压缩包"))
        at = tail.rfind(_END, 0, at)
