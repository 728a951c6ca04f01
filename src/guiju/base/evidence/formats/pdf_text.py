"""The words at the beginning and end of a PDF, as far as they can be had cheaply.

Enough to find a classification mark, which stands on the first page; not a text extractor.
Fonts without a table to Unicode, and streams in unusual packings, are passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

import pikepdf

MOST_UNPACKED = 4 * 1024**2
"""Bytes of one stream that are looked at."""

_FIRST_PAGES = 3
_CODECS = {
    "/GBK-EUC-H": "gb18030", "/GBK-EUC-V": "gb18030", "/GBKp-EUC-H": "gb18030",
    "/GBK2K-H": "gb18030", "/GBpc-EUC-H": "gb18030", "/GB-EUC-H": "gb18030",
    "/UniGB-UCS2-H": "utf-16-be", "/UniGB-UTF16-H": "utf-16-be",
    "/UniGB-UCS2-V": "utf-16-be", "/UniGB-UTF16-V": "utf-16-be",
}  # fmt: skip
_RANGES = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST_MAPPED = 70_000

Font = Mapping[int, str] | str
"""How codes become characters: a table of two-byte codes, or the name of a codec."""


def text_of(pdf: pikepdf.Pdf) -> str:
    """Return the text of the first pages and the last one."""
    count = len(pdf.pages)
    chosen = sorted({*range(min(count, _FIRST_PAGES)), count - 1} - {-1})
    return "\n".join(_page_text(pdf, pdf.pages[index]) for index in chosen)


def _page_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> str:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(unpacked(stream) for stream in streams)
    fonts = _fonts(page.obj.get("/Resources", pikepdf.Dictionary()))
    pieces: list[str] = []
    font: Font = "latin-1"
    parsed = pikepdf.parse_content_stream(
        pikepdf.Stream(pdf, data[:MOST_UNPACKED]), "Tf Tj TJ ' \" Td TD T* Tm ET"
    )
    for instruction in parsed:
        operands = list(instruction.operands)
        operator = str(instruction.operator)
        if operator == "Tf" and operands:
            font = fonts.get(str(operands[0]), "latin-1")
        elif operator in {"Tj", "TJ", "'", '"'} and operands:
            shown = operands[-1]
            parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
            pieces += [_decoded(bytes(p), font) for p in parts if isinstance(p, pikepdf.String)]
        elif operator in {"T*", "ET", "TD"}:
            pieces.append(" ")
    return "".join(pieces)


def unpacked(stream: object) -> bytes:
    """Return at most ``MOST_UNPACKED`` bytes of a stream that is plain or deflated."""
    if not isinstance(stream, pikepdf.Stream):
        return b""
    packing = stream.get("/Filter")
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    raw = stream.read_raw_bytes()
    if packing is None:
        return raw[:MOST_UNPACKED]
    if packing != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        return b""
    try:
        return zlib.decompressobj().decompress(raw, MOST_UNPACKED)
    except zlib.error:
        return b""


def _fonts(resources: pikepdf.Object) -> dict[str, Font]:
    fonts: dict[str, Font] = {}
    for name, font in dict(resources.get("/Font", pikepdf.Dictionary())).items():
        encoding = font.get("/Encoding")
        if isinstance(table := font.get("/ToUnicode"), pikepdf.Stream):
            fonts[name] = _unicode_table(unpacked(table))
        elif isinstance(encoding, pikepdf.Name):
            fonts[name] = _CODECS.get(str(encoding), "latin-1")
    return fonts


def _unicode_table(data: bytes) -> dict[int, str]:
    """Read a ToUnicode table (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, body in _RANGES.findall(data):
        items = [
            bytes.fromhex(_even(code)) if not opened and not closed else opened + closed
            for code, opened, closed in _ITEM.findall(body)
        ]
        if kind == b"bfchar":
            for code, text in zip(items[::2], items[1::2], strict=False):
                table[int.from_bytes(code, "big")] = text.decode("utf-16-be", "replace")
        else:
            _add_ranges(table, items)
        if len(table) > _MOST_MAPPED:
            break
    return table


def _even(digits: bytes) -> str:
    text = "".join(digits.decode("ascii").split())
    return text + "0" * (len(text) % 2)


def _add_ranges(table: dict[int, str], items: list[bytes]) -> None:
    at = 0
    while at + 2 < len(items) and len(table) <= _MOST_MAPPED:
        first, last = (int.from_bytes(item[:2], "big") for item in items[at : at + 2])
        at += 2
        if items[at] == b"[":
            at += 1
            while at < len(items) and items[at] != b"]":
                table[first] = items[at].decode("utf-16-be", "replace")
                first, at = first + 1, at + 1
        else:
            start = int.from_bytes(items[at][-2:], "big")
            for offset in range(max(0, last - first + 1)):
                table[first + offset] = chr((start + offset) & 0xFFFF)
        at += 1


def _decoded(raw: bytes, font: Font) -> str:
    if isinstance(font, str):
        return raw.decode(font, "replace")
    wide = max(font, default=0) > 0xFF or len(font) == 0
    step = 2 if wide else 1
    codes = (int.from_bytes(raw[at : at + step], "big") for at in range(0, len(raw), step))
    return "".join(font.get(code, "") for code in codes)
