"""A list as a file: exactly the rows and columns that the page shows, all pages of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, TypeVar

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from guiju.base.ui.badges import Badge
from guiju.base.ui.heat import Heat
from guiju.base.ui.language import say, translate
from guiju.base.ui.list_state import ListState
from guiju.base.ui.sources import Source, all_rows
from guiju.base.ui.tables import Table, Value
from guiju.core.errors import Invalid
from guiju.core.sentence import Translate, zh

Row = TypeVar("Row")
Plain = str | int | float | date | datetime | None

MOST_ROWS = 100_000
"""Rows of one file."""

MOST_IN_WORKBOOK = 50_000
"""Rows of a workbook, which is written whole before it is sent; CSV is sent as it is read."""

_BATCH = 500
_CHUNK = 64 * 1024
_MOST_TEXT = 32_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def counted(source: Source[object], into: str = "csv") -> int:
    """Return how many rows will be exported into a file of that format.

    Raises:
        Invalid: PAGE-10 for more than ``MOST_ROWS``, or ``MOST_IN_WORKBOOK`` of a workbook.
    """
    count = source.count(MOST_ROWS + 1)
    if into == "xlsx" and MOST_IN_WORKBOOK < count <= MOST_ROWS:
        raise Invalid(
            "PAGE-10",
            zh(
                "符合条件的有 {count:,} 行，XLSX 文件最多写 {most:,} 行。"
                "请改用 CSV（Excel 也能打开），或加上筛选条件。",
                count=count,
                most=MOST_IN_WORKBOOK,
            ),
        )
    if count > MOST_ROWS:
        raise Invalid(
            "PAGE-10",
            zh(
                "符合条件的超过 {most:,} 行，一个文件装不下。请加上筛选条件，分几次导出。",
                most=MOST_ROWS,
            ),
        )
    return count


def file_of(table: Table[Row], state: ListState, source: Source[Row]) -> HttpResponseBase:
    """Return the file in the state's format; the place in the list does not matter."""
    shown = [column for column in table.columns if column.name in state.columns]
    head = [say(column.label) for column in shown]
    into = translate()  # a file is still written when the page's language has ended
    rows = (
        [plain(column.value(row), into) for column in shown]
        for row in all_rows(source, state.order, is_backwards=state.is_backwards)
    )
    return WRITERS[state.format](say(table.name), head, rows)


def plain(value: Value, into: Translate | None = None) -> Plain:
    """Return a value as a cell holds it: words as text, instants in the body's time zone."""
    if isinstance(value, Badge):
        return say(value.label, into)
    if isinstance(value, Heat):
        return value.number
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, date | int | float) and not isinstance(value, bool)):
        return value
    return _CONTROL.sub("", say(value, into))[:_MOST_TEXT]


def harmless(value: Plain) -> Plain:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(name: str, head: list[str], rows: Iterable[list[Plain]]) -> HttpResponseBase:
    return StreamingHttpResponse(
        _lines(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": _attachment(name, "csv")},
    )


def _lines(head: list[str], rows: Iterable[list[Plain]]) -> Iterator[bytes]:
    yield "\ufeff".encode()  # so that Excel shows Chinese
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(harmless, head))
    for number, row in enumerate(rows, 1):
        writer.writerow(map(_written, row))
        if number % _BATCH == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    data = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return data


def _written(value: Plain) -> Plain:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return harmless(value)


def _xlsx(name: str, head: list[str], rows: Iterable[list[Plain]]) -> HttpResponseBase:
    """Write a workbook of one sheet; text is stored as text, so that nothing is calculated."""
    from openpyxl import Workbook  # noqa: PLC0415 - loaded only for files that need it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_SHEETS.sub(" ", name)[:31])
    sheet.freeze_panes = "A2"

    def cell(value: Plain) -> object:
        if not isinstance(value, str) or not value.startswith(_FORMULA):
            return value
        made = WriteOnlyCell(sheet, str(harmless(value)))
        made.data_type = "s"
        return made

    bold = [WriteOnlyCell(sheet, str(harmless(label))) for label in head]
    for one in bold:
        one.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([cell(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - closed when it has been sent, or nobody wants it
    book.save(file)
    return StreamingHttpResponse(
        _sent(file),
        content_type=_XLSX,
        headers={"Content-Disposition": _attachment(name, "xlsx")},
    )


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while data := file.read(_CHUNK):
            yield data


def _attachment(name: str, ending: str) -> str:
    header = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}")
    return header or "attachment"


Writer = Callable[[str, list[str], Iterable[list[Plain]]], HttpResponseBase]
WRITERS: dict[str, Writer] = {"xlsx": _xlsx, "csv": _csv}
"""How a file is written, by format."""
