"""Opening a workbook that may be a hostile archive, without unpacking it into memory."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, TypeAlias

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import opened

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_STRINGS = 64 * 1024 * 1024
MOST_AT_ONCE = 1024 * 1024
"""Nothing that the parser holds at once, such as one row, may be longer; in bytes of XML."""

MOST_ROWS = 200_000
MOST_COLUMNS = 60
MOST_IN_CELL = 32_767
_AT_ONCE = 32
_LAST_ROW = 1_048_576
_MOST_PARTS = 2000
_MOST_SHEETS = 100
_CHUNK = 256 * 1024
_SMALL = 4 * 1024 * 1024
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:row|si)\s*>")
_SHEETS = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]")

Source: TypeAlias = Path | bytes | BinaryIO
Cells: TypeAlias = tuple[object, ...]


@contextmanager
def opened_workbook(source: Source) -> Iterator[tuple[Workbook, int]]:
    """Open a workbook for reading row by row, and count its rows.

    Raises:
        Invalid: FILE-01 when it cannot be opened, ORG-20 for what is no workbook, also when
            that shows only while it is read, ORG-21 for one that is too large.
    """
    with ExitStack() as stack:
        stream: IO[bytes]
        if isinstance(source, Path):
            stream = stack.enter_context(opened(source))
        else:
            stream = BytesIO(source) if isinstance(source, bytes) else source
        _check_size(stream)
        with _sound():
            rows = _check_archive(stream)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        yield book, rows


def rows_of(sheet: Worksheet) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that are not blank, each with its number, counted from 1.

    Raises:
        Invalid: ORG-20 where the sheet is broken, ORG-21 with too many rows or columns.
    """
    found = 0
    rows = enumerate(sheet.iter_rows(1, _LAST_ROW, 1, MOST_COLUMNS + 1, values_only=True), 1)
    filled = ((number, cells) for number, cells in rows if cells.count(None) < len(cells))
    while some := _some(filled):
        found += len(some)
        if found > MOST_ROWS or any(_is_too_wide(cells) for _, cells in some):
            raise too_large()
        yield from some


def _some(rows: Iterator[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    with _sound():
        return list(islice(rows, _AT_ONCE))


def _is_too_wide(cells: Cells) -> bool:
    return len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS] is not None


@contextmanager
def _sound() -> Iterator[None]:
    """Say of everything that the parser may trip over that the workbook is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            yield
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - on broken workbooks openpyxl raises whatever happens to
        raise _broken() from None


def too_large() -> Invalid:
    """Refuse a workbook that no organisation needs."""
    return Invalid(
        "ORG-21",
        zh(
            "表格文件太大：最多 {file} MB，展开后 {unpacked} MB，每张表 {rows} 行、{columns} 列。"
            "请去掉图片和无关的工作表，或分几次导入。",
            file=MOST_BYTES // 2**20,
            unpacked=MOST_UNPACKED // 2**20,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        ),
    )


def _check_size(stream: IO[bytes]) -> None:
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > MOST_BYTES:
        raise too_large()
    start = stream.read(4)
    stream.seek(0)
    if start == _OLD_EXCEL:
        raise Invalid(
            "ORG-20", zh("这是旧式的 .xls 文件或加了密码的表格。请去掉密码，另存为 .xlsx 再试。")
        )
    if not start.startswith(b"PK"):
        raise Invalid("ORG-20", zh("这不是 .xlsx 表格文件。请下载模板，填好后再上传。"))


def _check_archive(stream: IO[bytes]) -> int:
    """Look at declared sizes first: unpacking stops there, whatever the data would give."""
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise too_large()
        rows = sheets = 0
        for part in parts:
            with archive.open(part) as data:
                if part.file_size <= _SMALL:
                    content = data.read()
                    _check_text(content, part.filename)
                    rows += len(_ENDS.findall(content))
                    sheets += len(_SHEETS.findall(content))
                else:
                    rows += _rows(data, part)
        if sheets > _MOST_SHEETS:
            raise too_large()
    stream.seek(0)
    return rows


def _rows(data: IO[bytes], part: zipfile.ZipInfo) -> int:
    """Count the rows of a large part, none of which may be longer than ``MOST_AT_ONCE``.

    By its name a part may be anything: what has no rows may not be large.
    """
    strings = part.filename.lower().endswith("sharedstrings.xml")
    if strings and part.file_size > MOST_STRINGS:
        raise too_large()
    rows, kept = 0, b""
    while chunk := data.read(_CHUNK):
        kept += chunk
        _check_text(kept, part.filename)
        ends = [match.end() for match in _ENDS.finditer(kept)]
        rows += len(ends)
        kept = kept[ends[-1] :] if ends else kept
        if len(kept) > MOST_AT_ONCE:
            raise too_large()
    return 0 if strings else rows


def _check_text(content: bytes, name: str) -> None:
    """Refuse entities and whatever could hide the ends of rows: comments, other encodings."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _broken()
    if name.lower().endswith((".xml", ".rels")) and (b"\0" in content or b"<![CDATA[" in content):
        raise _broken()


def _broken() -> Invalid:
    return Invalid(
        "ORG-20",
        zh("这个 XLSX 文件已损坏或不是表格，打不开。请用表格软件打开后另存为新的 .xlsx 再试。"),
    )
