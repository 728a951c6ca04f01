"""Lists in XLSX workbooks, which may be hostile archives: values, merged areas, formulas."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Generator, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse

from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import (
    CF_TAG,
    COL_TAG,
    EXT_TAG,
    HYPERLINK_TAG,
    MERGE_TAG,
    ROW_TAG,
    VALIDATION_TAG,
    WorkSheetParser,
)
from openpyxl.worksheet.merge import MergeCells
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import iterparse as careful_iterparse

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_IN_ALL,
    MOST_IN_CELL,
    MOST_LINES,
    Area,
    Line,
    Sheet,
    Spot,
    spread_of,
    too_large,
)
from guiju.exchange.organisation.archive import opened_workbook
from guiju.exchange.organisation.cells import written

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HEAD = 1024
_BARE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*<[A-Za-z]"
)
_UNREAD = frozenset({CF_TAG, COL_TAG, EXT_TAG, HYPERLINK_TAG, VALIDATION_TAG})
_FORMULA, _INLINE, _VALUE = f"{_MAIN}f", f"{_MAIN}is", f"{_MAIN}v"
_DIGITS = "0123456789"
_PLACES = {get_column_letter(place): place for place in range(1, MOST_COLUMNS + 1)}
_MACROS = ("vbaproject.bin", "/macrosheets/")
_MOST_EXACT = 10**15
_CALCULATED = zh("这一格是公式，只取了表格里存着的结果。请核对。")
_UNCALCULATED = zh("这一格是公式，表格里没有存结果。请打开表格重新保存，或填写值本身。")
_WRONG = zh("公式算错了。请填写值本身。")
_LOST = zh("被当成了数字，后几位已经丢失。请把这一列设为文本格式，再重新填写。")
_AS_DATE = zh("被表格当成了日期，原来写的可能不是日期。请核对。")


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return every sheet, hidden ones too.

    Raises:
        Invalid: LISTS-01 for a workbook with macros, LISTS-02 and ORG-21 for one that is too
            large, ORG-20 for what is broken.
    """
    _refuse_macros(content)
    with opened_workbook(content) as (book, lines):
        if lines > MOST_IN_ALL:
            raise too_large()
        left = MOST_CELLS
        sheets = []
        for worksheet in book.worksheets:
            sheet = _read(worksheet, left)
            left -= sum(len(line.cells) for line in sheet.lines)
            sheets.append(sheet)
        return tuple(sheets)


def _refuse_macros(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return  # whoever opens it next tells what is wrong
    if any(mark in name for name in names for mark in _MACROS):
        raise Invalid(
            "LISTS-01",
            zh("这个工作簿带有宏，不予读取。请另存为不带宏的 .xlsx 再导入。"),
        )


class _Cell(NamedTuple):
    """A cell: the column counted from 0, its text, and what the file says against it."""

    column: int
    text: str
    mark: Sentence | None


class _Parser(WorkSheetParser):
    """Reads values as they are stored, and says which of them formulas gave."""

    def parse(self) -> Generator[Any, None, None]:
        """Yield the rows; of all else only merged areas are wanted."""
        for _, element in _elements(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)
            elif element.tag in _UNREAD:
                element.clear()

    def parse_row(self, row: Any) -> Any:  # noqa: ANN401 - number and cells, not as openpyxl has them
        """Return a row's number and those of its cells in which something stands."""
        self._count(row.get("r"))
        cells = []
        for element in row:
            read = self._text_cell(element) or self._any_cell(element)
            if read.text:
                cells.append(read)
        return self.row_counter, cells

    def _count(self, stated: str | None) -> None:
        if stated is None:
            self.row_counter += 1
        elif stated.isdecimal():
            self.row_counter = int(stated)
        else:
            number = float(stated)
            if not number.is_integer():
                raise ValueError(stated)
            self.row_counter = int(number)
        self.col_counter = 0

    def _text_cell(self, element: Any) -> _Cell | None:  # noqa: ANN401 - as above
        """Read a cell that holds a text and nothing else, as nearly all do; None for others."""
        if len(element) != 1:
            return None
        kind, (inner,) = element.get("t"), element
        if kind == "inlineStr" and inner.tag == _INLINE and len(inner) == 1 and not len(inner[0]):
            text = inner[0].text
        elif kind == "s" and inner.tag == _VALUE:
            text = self.shared_strings[int(inner.text)]
        else:
            return None
        stated = element.get("r", "")
        place = _PLACES.get(letters := stated.rstrip(_DIGITS))
        if place is None or letters == stated:
            return None
        self.col_counter = place
        return _Cell(place - 1, _text(text), None)

    def _any_cell(self, element: Any) -> _Cell:  # noqa: ANN401 - as above
        cell: dict[str, Any] = self.parse_cell(_shared(element))
        cell["formula"] = element.find(_FORMULA) is not None
        text = _text(cell["value"])
        mark = _mark(cell, cell["value"], text)
        return _Cell(int(cell["column"]) - 1, text or ("=" if mark else ""), mark)


def _elements(stream: Any) -> Iterator[Any]:  # noqa: ANN401 - of the archive
    """Parse a sheet, by the fast parser where nothing can be declared in it.

    A document type may stand only before the first element. Where that comes at once, in
    UTF-8, there is none, and so no entity; anything else goes to the careful parser.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    return iterparse(stream) if _BARE.match(head) else careful_iterparse(stream)


def _shared(element: Any) -> Any:  # noqa: ANN401 - openpyxl's element
    """Make a plain inline text a stored one, which openpyxl reads ten times as fast.

    Such a cell comes here only where it does not say in which column it stands.
    """
    inline = element.find(_INLINE) if element.get("t") == "inlineStr" else None
    if inline is not None and len(inline) == 1 and len(inline[0]) == 0:
        inline[0].tag = _VALUE
        element.append(inline[0])
        element.set("t", "str")
    return element


def _read(worksheet: Worksheet, left: int) -> Sheet:
    book: Any = worksheet.parent
    source: Any = worksheet
    marks: dict[Spot, Sentence] = {}
    try:
        with warnings.catch_warnings(), source._get_source() as stream:  # noqa: SLF001
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            parser = _Parser(
                stream,
                source._shared_strings,  # noqa: SLF001
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            )
            lines = tuple(_lines(parser, marks, left))
            areas = _areas(parser)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - on broken workbooks openpyxl raises whatever happens to
        raise Invalid(
            "LISTS-03",
            zh(
                "工作表「{name}」已损坏，读不出来。请用表格软件打开后另存为新的 .xlsx 再试。",
                name=worksheet.title[:40],
            ),
        ) from None
    return Sheet(
        worksheet.title, lines, worksheet.sheet_state != "visible", marks, spread_of(areas)
    )


def _lines(parser: _Parser, marks: dict[Spot, Sentence], left: int) -> Iterator[Line]:
    found = 0
    for number, cells in parser.parse():
        texts = _texts(number, cells, marks)
        if not any(texts):
            continue
        found += 1
        left -= len(texts)
        if found > MOST_LINES or len(texts) > MOST_COLUMNS or left < 0:
            raise too_large()
        yield Line(number, tuple(texts))


def _texts(number: int, cells: list[_Cell], marks: dict[Spot, Sentence]) -> list[str]:
    texts: list[str] = []
    for column, text, mark in cells:
        if column >= MOST_COLUMNS or len(text) > MOST_IN_CELL:
            raise too_large()
        if column == len(texts):
            texts.append(text)
        else:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
        if mark:
            marks[Spot(number, column)] = mark
    return texts


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return value.strip()
    if isinstance(value, time | timedelta):
        return str(value)
    return written(value)


def _mark(cell: dict[str, Any], value: object, text: str) -> Sentence | None:
    if cell["data_type"] == "e":
        return _WRONG
    if cell["formula"]:
        return _CALCULATED if text else _UNCALCULATED
    if isinstance(value, int | float) and not abs(value) < _MOST_EXACT:
        return _LOST
    if isinstance(value, date | datetime | time | timedelta):
        return _AS_DATE
    return None


def as_date(mark: Sentence) -> bool:
    """Tell whether a mark says no more than that a cell holds a date."""
    return mark is _AS_DATE


def is_lost(mark: Sentence) -> bool:
    """Tell whether a cell has no value at all: its formula gave an error, or nothing yet."""
    return mark is _WRONG or mark is _UNCALCULATED


def _areas(parser: _Parser) -> list[Area]:
    merged: Any = parser.merged_cells
    return [
        Area(Spot(one.min_row, one.min_col - 1), Spot(one.max_row, one.max_col - 1))
        for one in (_range(cell.ref) for cell in (merged.mergeCell if merged else ()))
    ]


def _range(reference: str) -> Any:  # noqa: ANN401 - openpyxl's range
    from openpyxl.worksheet.cell_range import CellRange  # noqa: PLC0415 - only for merged cells

    return CellRange(reference)
