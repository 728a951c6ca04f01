"""Small files of the shapes that offices really have, for tests of taking lists in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from guiju.exchange.lists.account import Note
from guiju.exchange.lists.intake import Intake, read_content


def workbook(
    rows: Iterable[Sequence[Any]],
    *,
    merged: Iterable[str] = (),
    hidden: Iterable[Sequence[Any]] = (),
    title: str = "清单",
) -> bytes:
    """Return a workbook of one sheet, and a hidden one where rows are given for it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    rest = list(hidden)
    if rest:
        other = book.create_sheet("藏起来的")
        other.sheet_state = "hidden"
        for row in rest:
            other.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """Return a workbook with one more part in its archive."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def with_sheet(content: bytes, rows: Iterable[str]) -> bytes:
    """Return a workbook whose first sheet has these rows, as XML."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            if part.filename != "xl/worksheets/sheet1.xml":
                archive.writestr(part, source.read(part))
        head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"{head}<sheetData>".encode())
            for row in rows:
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")
    return target.getvalue()


def read(content: bytes | str, name: str = "list", **options: Any) -> Intake:
    """Read one file."""
    data = content.encode() if isinstance(content, str) else content
    return read_content(name, data, **options)


def whys(intake: Intake) -> list[str]:
    """Return why cells are doubtful or were not understood."""
    return [str(note.why) for note in intake.notes]


def at(intake: Intake, place: str) -> Note:
    """Return what is told of a cell, such as ``B3``."""
    return next(note for note in intake.notes if f"{note.column}{note.line}" == place)
