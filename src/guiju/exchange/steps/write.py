"""Writing a flow as a step table, pretty in XLSX and safe to open in any spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.sentence import zh
from guiju.exchange.files import replacing
from guiju.exchange.steps import notation
from guiju.exchange.steps.fold import fold
from guiju.exchange.steps.rows import read_steps
from guiju.exchange.steps.step import Column, Step
from guiju.exchange.steps.table import MOST_IN_CELL, MOST_ROWS, Row, find_table, too_large
from guiju.exchange.steps.text import guarded

_WIDTHS = (8, 24, 10, 10, 18, 14, 16, 36, 14)
_UNWRITABLE = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_step_table(flow: Flow, path: Path) -> None:
    """Write ``flow`` as CSV, TSV or XLSX, as the ending of ``path`` says.

    Ids, task kinds and the names of gateways have no place in a table.

    Raises:
        Invalid: FILE-02 when it cannot be written; STEP-16 and STEP-17 for what a table
            cannot express, STEP-18 for text that would not come back, STEP-19 for an
            unknown ending, STEP-02 for too many steps.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise Invalid(
            "STEP-19",
            zh(
                "不知道「{name}」是哪种表格。请用 .csv、.tsv 或 .xlsx 结尾的文件名。",
                name=path.name,
            ),
        )
    steps = fold(flow)
    if len(steps) > MOST_ROWS:
        raise too_large()
    rows = [tuple(Column), *map(_cells, steps)]
    _check_readable(steps, rows)
    content = write(rows)
    with replacing(path) as stream:
        stream.write(content)


def workbook_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows, the header first, as a workbook in which nothing is a formula.

    Raises:
        Invalid: STEP-18 for a text that no workbook can hold.
    """
    for row in rows:
        for text in row:
            if len(text) > MOST_IN_CELL or _UNWRITABLE.search(text):
                raise Invalid(
                    "STEP-18",
                    zh(
                        "「{text}」里有看不见的字符，或写得太长，写不进表格。请删去后再导出。",
                        text=_UNWRITABLE.sub("", text)[:40],
                    ),
                )
    return _xlsx([tuple(row) for row in rows])


def _cells(step: Step) -> tuple[str, ...]:
    return (
        step.number,
        step.name,
        str(step.kind.label) if step.kind else "",
        str(step.phase.label) if step.phase else "",
        step.post,
        notation.written_limit(step.limit),
        "、".join(way.written for way in step.ways),
        notation.written_conditions(step.ways),
        notation.written_signing(step.signing),
    )


def _check_readable(steps: Sequence[Step], rows: Sequence[tuple[str, ...]]) -> None:
    """Refuse what reading would change: blanks at the ends, odd characters, a limit of zero."""
    for step, cells in zip(steps, rows[1:], strict=True):
        for column, cell in zip(Column, cells, strict=True):
            if len(cell) > MOST_IN_CELL or _UNWRITABLE.search(cell):
                raise _unwritable(step, column)
    try:
        again, _ = read_steps(find_table([Row(i, cells) for i, cells in enumerate(rows, 1)]))
    except Invalid as refusal:
        raise Invalid(
            "STEP-18",
            zh("有的内容写进表格再读出来会变样：{why}", why=refusal.sentence),
        ) from None
    for step, back in zip(steps, again, strict=True):
        for column, one, other in zip(Column, _cells(step), _cells(back), strict=True):
            if one != other:
                raise _unwritable(step, column)
        if step != back:
            raise _unwritable(step, Column.CONDITION)


def _unwritable(step: Step, column: Column) -> Invalid:
    return Invalid(
        "STEP-18",
        zh(
            "第 {number} 步「{name}」的「{column}」写进表格再读出来会变样。"
            "请去掉首尾空白、看不见的字符和过长的文字。",
            number=step.number,
            name=step.name[:40],
            column=column,
        ),
    )


def _csv(rows: Sequence[tuple[str, ...]], separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerows(tuple(map(guarded, row)) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _tsv(rows: Sequence[tuple[str, ...]]) -> bytes:
    return _csv(rows, "\t")


def _xlsx(rows: Sequence[tuple[str, ...]]) -> bytes:
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "步骤表"
    sheet.freeze_panes = "C2"
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(line, place)
            if place == 1 and text.isascii() and text.isdigit() and str(int(text)) == text:
                cell.value = int(text)
            elif text:
                cell.value = text
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if line == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EEF4")
    widths = (*_WIDTHS, *(14 for _ in rows[0][len(_WIDTHS) :]))
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


_WRITERS: Mapping[str, Callable[[Sequence[tuple[str, ...]]], bytes]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".xlsx": _xlsx,
}
