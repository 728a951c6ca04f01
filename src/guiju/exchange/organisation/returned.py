"""Giving a workbook back to its sender, with what is wrong beside each row."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.organisation.columns import FIELDS, Sheet
from guiju.core.organisation.rows import Fault
from guiju.core.sentence import Translate
from guiju.exchange.organisation.archive import (
    MOST_COLUMNS,
    MOST_IN_CELL,
    Cells,
    Source,
    opened_workbook,
    rows_of,
)
from guiju.exchange.organisation.cells import written
from guiju.exchange.organisation.sheets import PROBLEM, TOP, find_head, is_problem, known_sheets
from guiju.exchange.organisation.still import Target, writing
from guiju.exchange.organisation.write import DATE_FORMAT, HEAD_FILL, TEXT_FORMAT, as_text

_MOST_TOLD = 30
_RED = Font(color="B42318")
_NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")


def write_faults(
    source: Source, faults: Iterable[Fault], target: Target, *, translate: Translate = str
) -> None:
    """Copy the values of ``source``, row by row, with the column 问题 before the others.

    Rows keep their numbers. What it looks like, formulas and pictures do not come along.
    Reading passes over the column, so that the mended workbook can be sent in as it is.

    Raises:
        Invalid: as ``read_organisation`` does; FILE-02 when it cannot be written.
    """
    told = _by_row(faults, translate)
    with opened_workbook(source) as (book, _), writing(target) as out:
        titles = {id(one): sheet for sheet, one in known_sheets(book).items()}
        for worksheet in book.worksheets:
            copy = out.create_sheet(_NOT_IN_TITLES.sub("_", worksheet.title)[:31])
            sheet = titles.get(id(worksheet))
            if sheet is None:
                _copy(copy, ((row, list(cells)) for row, cells in rows_of(worksheet)))
            else:
                _copy(copy, _annotated(sheet, rows_of(worksheet), told[sheet], copy))


def _by_row(faults: Iterable[Fault], translate: Translate) -> Mapping[Sheet, dict[int, list[str]]]:
    told: dict[Sheet, dict[int, list[str]]] = {sheet: defaultdict(list) for sheet in Sheet}
    for fault in faults:
        place = f"「{fault.column}」" if fault.column else ""
        told[fault.sheet][max(fault.row, 1)].append(place + fault.sentence.render(translate))
    return told


def _annotated(
    sheet: Sheet, lines: Iterator[tuple[int, Cells]], told: dict[int, list[str]], copy: Worksheet
) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows with their problems before them; an older column of problems goes."""
    top = list(islice(lines, TOP))
    head = find_head(sheet, top)
    title = head.row if head else 1
    copy.freeze_panes = f"B{title + 1}"
    copy.column_dimensions["A"].width = 60
    for place in range(2, len(FIELDS[sheet]) + 2):
        copy.column_dimensions[get_column_letter(place)].width = 18
    older = next((n for _, cells in top for n, cell in enumerate(cells) if is_problem(cell)), None)
    if title not in {row for row, _ in top}:
        top.insert(0, (title, ()))
    for row, cells in chain(top, lines):
        values = list(cells)
        if older is not None:
            del values[older : older + 1]
        problems = told.get(row, [])
        first = _problem(copy, problems, head=row == title)
        yield row, [first, *values[: MOST_COLUMNS - 1]]


def _problem(sheet: Worksheet, problems: list[str], *, head: bool) -> Cell | None:
    if not problems and not head:
        return None
    lines = [*([PROBLEM + "：" if problems else PROBLEM] if head else []), *problems[:_MOST_TOLD]]
    if len(problems) > _MOST_TOLD:
        lines.append("…")
    cell = as_text(WriteOnlyCell(sheet), "\n".join(lines)[:MOST_IN_CELL])
    cell.font = _RED
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        cell.fill = HEAD_FILL
    return cell


def _copy(sheet: Worksheet, lines: Iterator[tuple[int, list[object]]]) -> None:
    below = 1
    for row, values in lines:
        for _ in range(below, row):
            sheet.append([])
        below = row + 1
        while values and values[-1] is None:
            values.pop()
        sheet.append([_copied(sheet, value) for value in values])


def _copied(sheet: Worksheet, value: object) -> object:
    """Keep numbers, dates and truth values; all else is text, and never a formula."""
    if value is None or isinstance(value, Cell):
        return value
    cell = WriteOnlyCell(sheet)
    if isinstance(value, int | float) and math.isfinite(value):
        cell.value = value
    elif isinstance(value, date) and value.year > 1900:
        cell.value = value
        cell.number_format = DATE_FORMAT
    else:
        as_text(cell, written(value)[:MOST_IN_CELL]).number_format = TEXT_FORMAT
    return cell
