"""Writing an edition as the product's own workbook; an empty edition is the template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.errors import Invalid
from guiju.core.lists.model import Edition
from guiju.core.lists.words import PowerKind
from guiju.core.sentence import zh
from guiju.core.terms import Term
from guiju.exchange.lists.cells import read_cell
from guiju.exchange.lists.fields import EDITION, Field, Holds
from guiju.exchange.lists.guide import LINES, NOTE, comment_of
from guiju.exchange.lists.layout import (
    EDITION_SHEET,
    GRAPH_SHEET,
    GUIDE_SHEET,
    HEAD_LINE,
    MARK,
    OWN_SHEETS,
    WORD_SHEET,
    OwnSheet,
)
from guiju.exchange.lists.own_rows import rows_of
from guiju.exchange.lists.sheet import MOST_LINES
from guiju.exchange.lists.shown import shown
from guiju.exchange.organisation.archive import MOST_IN_CELL
from guiju.exchange.organisation.cells import Unreadable
from guiju.exchange.organisation.still import Target, writing
from guiju.exchange.organisation.write import DATE_FORMAT, TEXT_FORMAT, as_text, head_cell

_UNWRITABLE = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXCEL_BEGINS = date(1900, 3, 1)
_EXCEL_ZERO = date(1899, 12, 30)
_LAST_VALIDATED = 20_000
_WIDTHS: Mapping[Holds, int] = {
    Holds.TEXT: 28,
    Holds.TEXTS: 28,
    Holds.CODE: 18,
    Holds.WORDS: 22,
    Holds.KIND: 14,
}
_NARROW = 13
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_GREY = Font(color="5B6776")
_SURE = frozenset({Holds.WORD, Holds.WORDS, Holds.FLAG, Holds.DATE})


def write_workbook(edition: Edition, target: Target) -> None:
    """Write what ``read_lists`` reads back as the same edition; the same bytes each time.

    Raises:
        Invalid: FILE-02 when it cannot be written; LISTS-08 for what would not come back as
            it is, naming the row; LISTS-09 for more rows than can be read back.
    """
    tables = {own.title: list(rows_of(own, edition)) for own in OWN_SHEETS}
    head = {field.path: getattr(edition, field.path) for field in EDITION}
    _Check().head(head)
    for own in OWN_SHEETS:
        _Check().rows(own, tables[own.title])
    letters = _letters()
    below: dict[str, Iterable[str]] = {}
    with writing(target, below) as book:
        _write_edition(book.create_sheet(EDITION_SHEET), head)
        for own in OWN_SHEETS:
            sheet = book.create_sheet(own.title)
            below[own.title] = _write_rows(sheet, own, tables[own.title], letters)
            if own.title == GRAPH_SHEET:
                sheet.sheet_state = "hidden"
        _write_guide(book.create_sheet(GUIDE_SHEET))
        _write_words(book.create_sheet(WORD_SHEET), letters)


class _Check:
    """Refuses what reading back would change; each value is looked at once."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, Any]] = set()

    def head(self, head: Mapping[str, Any]) -> None:
        """Look at what is said of the whole edition."""
        for field in EDITION:
            if not self._is_kept(field, head[field.path]):
                raise _unwritable(EDITION_SHEET, head["title"], field)

    def rows(self, own: OwnSheet, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look at the rows of one table."""
        if len(rows) > MOST_LINES - HEAD_LINE:
            raise Invalid(
                "LISTS-09",
                zh(
                    "「{sheet}」有 {count} 行，一张表最多 {most} 行。请分单位导出，或改用 JSON。",
                    sheet=own.title,
                    count=len(rows),
                    most=MOST_LINES - HEAD_LINE,
                ),
            )
        for row in rows:
            for field in own.fields:
                if not self._is_kept(field, row.get(field.path)):
                    raise _unwritable(own.title, str(next(iter(row.values()), "")), field)

    def _is_kept(self, field: Field, value: Any) -> bool:  # noqa: ANN401 - of many types
        if value in (None, "", ()) or (field.holds in _SURE and not isinstance(value, str)):
            return not isinstance(value, date) or 1000 <= value.year <= 2999
        key = (field.path, value)
        if key in self._seen:
            return True
        text = shown(field, value)
        if text != text.strip() or len(text) > MOST_IN_CELL or _UNWRITABLE.search(text):
            return False
        try:
            kept = read_cell(field, text, is_exact=True).value == value
        except Unreadable:
            kept = False
        if kept:
            self._seen.add(key)
        return bool(kept)


def _unwritable(sheet: str, key: str, field: Field) -> Invalid:
    return Invalid(
        "LISTS-08",
        zh(
            "「{sheet}」里「{key}」的「{column}」写进表格再读出来会变样。"
            "请去掉首尾空白、看不见的字符和过长的文字，或改用 JSON。",
            sheet=sheet,
            key=key[:40],
            column=field.header,
        ),
    )


def _write_edition(sheet: Worksheet, head: Mapping[str, Any]) -> None:
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 60
    sheet.append([head_cell(sheet, MARK)])
    for field in EDITION:
        name = head_cell(sheet, field.header)
        value = as_text(WriteOnlyCell(sheet), shown(field, head[field.path]))
        value.number_format = TEXT_FORMAT
        sheet.append([name, value])


def _write_rows(
    sheet: Worksheet,
    own: OwnSheet,
    rows: Sequence[Mapping[str, Any]],
    letters: Mapping[type[Term], str],
) -> Iterator[str]:
    """Write all but the rows; return those."""
    # openpyxl reads a sheet twice that does not tell its size.
    last = f"{get_column_letter(len(own.fields))}{HEAD_LINE + len(rows)}"
    sheet.calculate_dimension = lambda: f"A1:{last}"  # type: ignore[method-assign]
    sheet.freeze_panes = f"C{HEAD_LINE + 1}"
    for place, field in enumerate(own.fields, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS.get(field.holds, _NARROW)
        column.number_format = DATE_FORMAT if field.holds is Holds.DATE else TEXT_FORMAT
        _validate(sheet, place, field, letters)
    note = as_text(WriteOnlyCell(sheet), NOTE)
    note.font = _GREY
    sheet.append([note])
    sheet.append([_head(sheet, field) for field in own.fields])
    styles = _style(sheet, TEXT_FORMAT), _style(sheet, DATE_FORMAT)
    return _lines(own.fields, rows, styles)


def _head(sheet: Worksheet, field: Field) -> Any:  # noqa: ANN401 - openpyxl's cell
    cell = head_cell(sheet, field.header + ("*" if field.path == "code" else ""))
    cell.comment = Comment(comment_of(field), "guiju", width=240, height=90)
    return cell


def _style(sheet: Worksheet, number_format: str) -> int:
    """Return the number of the style of cells below the header."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = _WRAPPED
    cell.number_format = number_format
    return cell.style_id


def _lines(
    fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], styles: tuple[int, int]
) -> Iterator[str]:
    """Yield rows as XML: cell by cell through openpyxl they cost four times as much."""
    as_words, as_day = styles
    columns = [(get_column_letter(place), field) for place, field in enumerate(fields, 1)]
    for number, row in enumerate(rows, HEAD_LINE + 1):
        cells = []
        for letter, field in columns:
            value = row.get(field.path)
            text = shown(field, value)
            if not text:
                continue
            if isinstance(value, date) and value >= _EXCEL_BEGINS:
                day = (value - _EXCEL_ZERO).days
                cells.append(f'<c r="{letter}{number}" s="{as_day}"><v>{day}</v></c>')
            else:
                cells.append(
                    f'<c r="{letter}{number}" s="{as_words}" t="inlineStr">'
                    f"<is><t>{escape(text)}</t></is></c>"
                )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _letters() -> Mapping[type[Term], str]:
    """Return each closed set with the column of the words' sheet in which it stands."""
    named: dict[type[Term], None] = {PowerKind: None}
    named |= dict.fromkeys(f.words for own in OWN_SHEETS for f in own.fields if f.words)
    return {words: get_column_letter(place) for place, words in enumerate(named, 1)}


def _validate(
    sheet: Worksheet, place: int, field: Field, letters: Mapping[type[Term], str]
) -> None:
    """Offer the words of a column in a list; where others are allowed too, refuse none."""
    words = PowerKind if field.holds is Holds.KIND else field.words
    if field.holds is Holds.FLAG:
        source = '"是,否"'
    elif words:
        source = f"'{WORD_SHEET}'!${letters[words]}$2:${letters[words]}${len(words) + 1}"
    else:
        return
    strict = field.holds in (Holds.WORD, Holds.FLAG)
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = field.header[:32], "请从列表里选一个。"
    letter = get_column_letter(place)
    rule.add(f"{letter}{HEAD_LINE + 1}:{letter}{_LAST_VALIDATED}")
    sheet.data_validations.append(rule)


def _write_guide(sheet: Worksheet) -> None:
    for letter, width in zip("ABC", (14, 26, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in LINES:
        sheet.append([line])
    sheet.append([head_cell(sheet, text) for text in ("表", "列", "填什么")])
    for own in OWN_SHEETS:
        for field in own.fields:
            sheet.append([own.title, field.header, comment_of(field)])


def _write_words(sheet: Worksheet, letters: Mapping[type[Term], str]) -> None:
    heads = {f.words: f.header for own in OWN_SHEETS for f in own.fields if f.words}
    heads[PowerKind] = "权力类型"
    for letter in letters.values():
        sheet.column_dimensions[letter].width = 18
    sheet.append([head_cell(sheet, heads[one]) for one in letters])
    lists = [[str(term.label) for term in one] for one in letters]
    for line in range(max(map(len, lists))):
        sheet.append([one[line] if line < len(one) else None for one in lists])
