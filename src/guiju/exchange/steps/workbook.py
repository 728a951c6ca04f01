"""Step tables in XLSX workbooks, which may be hostile archives."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.steps.table import (
    MOST_COLUMNS,
    MOST_READ,
    TOP,
    Row,
    Table,
    find_table,
    is_header,
    no_header,
    too_large,
)

MOST_UNPACKED = 32 * 1024 * 1024
_MOST_PARTS = 2000
_MOST_SHEETS = 50
_LAST_ROW = 1_048_576
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


def read_workbook(content: bytes) -> Table:
    """Find the step table on the first sheet that has its header.

    Raises:
        Invalid: STEP-01 for a broken workbook, STEP-02 for one that is too large unpacked,
            STEP-03 and STEP-04 for the header.
    """
    try:
        _check_archive(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            return _table(content)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - on broken workbooks openpyxl raises whatever happens to
        raise _broken() from None


def _check_archive(content: bytes) -> None:
    """Look at declared sizes first: unpacking stops there, whatever the data would give."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Invalid(
                "STEP-02",
                zh(
                    "表格文件展开后超过 {most} MB，太大。请只留下步骤表，另存为新文件。",
                    most=MOST_UNPACKED // 2**20,
                ),
            )
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue
            unpacked = archive.read(part)
            if any(mark in unpacked for mark in _DOCTYPES):
                raise _broken()


def _table(content: bytes) -> Table:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    first: list[Row] = []
    for sheet in book.worksheets[:_MOST_SHEETS]:
        top = list(_rows(sheet, TOP))
        if any(map(is_header, top)):
            return find_table(list(_rows(sheet, _LAST_ROW)))
        first = first or top
    raise no_header(first)


def _rows(sheet: Worksheet, last: int) -> Iterator[Row]:
    found = 0
    values = sheet.iter_rows(1, last, 1, MOST_COLUMNS + 1, values_only=True)
    for line, row in enumerate(values, 1):
        if row.count(None) == len(row):
            continue
        cells = tuple(map(_text, row))
        if not any(map(str.strip, cells)):
            continue
        found += 1
        if found > MOST_READ or (len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS]):
            raise too_large()
        yield Row(line, cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date | datetime):
        return value.strftime("%Y/%m/%d")
    return str(value)


def _broken() -> Invalid:
    return Invalid(
        "STEP-01",
        zh("这个 XLSX 文件已损坏或不是表格，打不开。请用表格软件打开后另存为新的 .xlsx 再试。"),
    )
