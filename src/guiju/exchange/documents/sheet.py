"""A document's tables as a workbook: a sheet each, for who wants to go on calculating."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from guiju.exchange.documents.paper import Grid, Paper, Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_SHARE = 4
"""Characters of a column for one part of its width."""


def write_sheet(paper: Paper) -> bytes:
    """Return a document's title, lines and tables as an XLSX file; all of it is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", _clean(paper.title))[:31] or "1")
    grids = [one for one in paper.parts if isinstance(one, Grid)]
    for place, share in enumerate(grids[0].widths if grids else (), 1):
        sheet.column_dimensions[get_column_letter(place)].width = share * _SHARE

    for cells, is_head in _lines(paper):
        sheet.append([_cell(sheet, text, is_head=is_head) for text in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(paper: Paper) -> Iterator[tuple[Sequence[str], bool]]:
    """Yield the rows of the sheet, and whether each is a head."""
    yield (paper.title,), True
    if paper.under:
        yield (paper.under,), False
    for part in paper.parts:
        if isinstance(part, Grid):
            yield part.head, True
            yield from ((one, False) for one in part.rows)
        elif isinstance(part, Text):
            yield (f"{part.label}：{part.text}" if part.label else part.text,), False
        else:
            yield (part.text,), True
    yield from (((line,), False) for line in (paper.signed, paper.dated) if line)


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_head: bool) -> object:
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=is_head)
    return cell


def _clean(text: str) -> str:
    """Return text without what no XML holds."""
    return _NEVER.sub("", text)
