"""Writing an organisation as a workbook; an empty one is the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.errors import Invalid
from guiju.core.organisation.changes import shown
from guiju.core.organisation.columns import FIELDS, Field, Holds, Sheet
from guiju.core.organisation.rows import Organisation, Row
from guiju.core.sentence import zh
from guiju.core.terms import Term
from guiju.exchange.organisation.archive import MOST_IN_CELL, MOST_ROWS
from guiju.exchange.organisation.guide import LINES, NOTE, TITLE_GUIDE, TITLE_WORDS, explained
from guiju.exchange.organisation.still import Target, writing

_ABOVE = 2
"""The note and the header."""

_EXCEL_BEGINS = date(1900, 3, 1)
"""Before it spreadsheets cannot say a day, or say the wrong one."""

_UNWRITABLE = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXT_FORMAT = "@"
DATE_FORMAT = "yyyy-mm-dd"
_WIDTHS: Mapping[Holds, int] = {
    Holds.TEXT: 20,
    Holds.LINES: 48,
    Holds.CODE: 16,
    Holds.CODES: 24,
    Holds.NUMBER: 22,
    Holds.WORD: 14,
    Holds.WORDS: 24,
    Holds.DATE: 14,
    Holds.FLAG: 14,
    Holds.YEARS: 14,
}
HEAD_FILL = PatternFill("solid", fgColor="E8EEF4")
_GREY = Font(color="5B6776")


def write_organisation(organisation: Organisation, target: Target) -> None:
    """Write what ``read_organisation`` reads back as the same rows; the same bytes each time.

    Raises:
        Invalid: FILE-02 when it cannot be written; ORG-57 with more rows than can be read
            back, ORG-58 for text that would not come back.
    """
    _check(organisation)
    words = _words()
    with writing(target) as book:
        for sheet, fields in FIELDS.items():
            _write_rows(book.create_sheet(sheet), fields, organisation.rows(sheet), words)
        _write_guide(book.create_sheet(TITLE_GUIDE))
        _write_words(book.create_sheet(TITLE_WORDS), words)


def _check(organisation: Organisation) -> None:
    for sheet, fields in FIELDS.items():
        rows = organisation.rows(sheet)
        if len(rows) > MOST_ROWS:
            raise Invalid(
                "ORG-57",
                zh(
                    "「{sheet}」有 {count} 行，一张表最多 {most} 行。请分单位导出。",
                    sheet=sheet,
                    count=len(rows),
                    most=MOST_ROWS,
                ),
            )
        texts = [field for field in fields if field.holds not in _SAFE]
        for row in rows:
            for field in texts:
                text = str(shown(getattr(row, field.name)))
                if text and (
                    text != text.strip() or len(text) > MOST_IN_CELL or _UNWRITABLE.search(text)
                ):
                    raise _unwritable(sheet, row, field)


_SAFE = frozenset({Holds.WORD, Holds.WORDS, Holds.DATE, Holds.FLAG, Holds.YEARS})


def _unwritable(sheet: Sheet, row: Row, field: Field) -> Invalid:
    key = row.key if isinstance(row.key, str) else f"{row.key[0]} {row.key[1]}"
    return Invalid(
        "ORG-58",
        zh(
            "「{sheet}」里「{key}」的「{column}」写进表格再读出来会变样。"
            "请去掉首尾空白、看不见的字符和过长的文字。",
            sheet=sheet,
            key=key[:40],
            column=field.column,
        ),
    )


def _write_rows(
    sheet: Worksheet,
    fields: tuple[Field, ...],
    rows: tuple[Row, ...],
    words: Mapping[type[Term], str],
) -> None:
    # openpyxl reads a sheet twice that does not tell its size.
    last = f"{get_column_letter(len(fields))}{_ABOVE + len(rows)}"
    sheet.calculate_dimension = lambda: f"A1:{last}"  # type: ignore[method-assign]
    sheet.freeze_panes = f"B{_ABOVE + 1}"
    for place, field in enumerate(fields, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS[field.holds]
        column.number_format = DATE_FORMAT if field.holds is Holds.DATE else TEXT_FORMAT
        _validate(sheet, place, field, words)
    sheet.append([_styled(sheet, NOTE, font=_GREY)])
    sheet.append([head_cell(sheet, f"{f.column}{'*' if f.required else ''}") for f in fields])
    cells = [_cell(sheet, field) for field in fields]
    for row in rows:
        sheet.append(list(_filled(row, fields, cells)))


def _filled(row: Row, fields: tuple[Field, ...], cells: list[Cell]) -> Iterator[Cell | None]:
    """Yield the cells of a row; each cell is used for its column over and over."""
    for field, cell in zip(fields, cells, strict=True):
        value = getattr(row, field.name)
        if value is None or value in ("", ()):
            yield None
        elif isinstance(value, date) and value >= _EXCEL_BEGINS:
            cell.value = value
            cell.number_format = DATE_FORMAT
            yield cell
        elif field.holds is Holds.YEARS:
            yield _number(cell, value)
        else:
            yield as_text(cell, str(shown(value)))


def _number(cell: Cell, value: int) -> Cell:
    cell.value = value
    return cell


def _cell(sheet: Worksheet, field: Field) -> Cell:
    cell = WriteOnlyCell(sheet)
    wrapped = field.holds is Holds.LINES
    cell.alignment = Alignment(vertical="top", wrap_text=wrapped)
    if field.holds is not Holds.YEARS:
        cell.number_format = TEXT_FORMAT
    return cell


def as_text(cell: Cell, text: str) -> Cell:
    """Put text into a cell that is never a formula, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    return cell


def head_cell(sheet: Worksheet, text: str) -> Cell:
    """Return a cell of a header."""
    return _styled(sheet, text, font=Font(bold=True), fill=HEAD_FILL)


def _styled(sheet: Worksheet, text: str, *, font: Font, fill: PatternFill | None = None) -> Cell:
    cell = as_text(WriteOnlyCell(sheet), text)
    cell.font = font
    if fill:
        cell.fill = fill
    return cell


def _words() -> Mapping[type[Term], str]:
    """Return each closed set with the column of the words' sheet in which it stands."""
    sets = dict.fromkeys(field.words for fields in FIELDS.values() for field in fields)
    named = [words for words in sets if words]
    return {words: get_column_letter(place) for place, words in enumerate(named, 1)}


def _validate(sheet: Worksheet, place: int, field: Field, words: Mapping[type[Term], str]) -> None:
    if field.holds is Holds.WORD and field.words:
        letter = words[field.words]
        source = f"'{TITLE_WORDS}'!${letter}$2:${letter}${len(field.words) + 1}"
    elif field.holds is Holds.FLAG:
        source = '"是,否"'
    else:
        return
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = str(field.column), "请从列表里选一个。"
    letter = get_column_letter(place)
    rule.add(f"{letter}{_ABOVE + 1}:{letter}{MOST_ROWS + _ABOVE}")
    sheet.data_validations.append(rule)


def _write_guide(sheet: Worksheet) -> None:
    for letter, width in zip("ABCD", (14, 22, 10, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in LINES:
        bold = line[1] == "、"
        sheet.append([_styled(sheet, line, font=Font(bold=bold))])
    sheet.append([head_cell(sheet, text) for text in ("表", "列", "必填", "填什么")])
    for title, fields in FIELDS.items():
        for field in fields:
            sheet.append([title.value, field.column.value, *explained(field)])


def _write_words(sheet: Worksheet, words: Mapping[type[Term], str]) -> None:
    sheet.freeze_panes = "A2"
    heads = {
        field.words: field.column for fields in FIELDS.values() for field in fields if field.words
    }
    for letter in words.values():
        sheet.column_dimensions[letter].width = 20
    sheet.append([head_cell(sheet, heads[one]) for one in words])
    lists = [[str(term.label) for term in one] for one in words]
    for line in range(max(map(len, lists))):
        sheet.append([one[line] if line < len(one) else None for one in lists])
