"""Reading the organisation's workbook, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.organisation.columns import FIELDS, Column, Field, Sheet
from guiju.core.organisation.faults import MOST_FAULTS, in_order
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    Fault,
    Organisation,
    PersonRow,
    PostRow,
    Row,
    UnitRow,
)
from guiju.core.sentence import Sentence, quoted, zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.organisation.archive import Cells, Source, opened_workbook, rows_of
from guiju.exchange.organisation.cells import Unreadable, value_of
from guiju.exchange.organisation.sheets import TOP, Head, find_head, head_faults, known_sheets

_OFTEN = 1000


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What a workbook says, the cells that could not be read, and what the reader noticed."""

    organisation: Organisation
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Sentence, ...] = ()


def read_organisation(source: Source, progress: Progress = silent) -> OrganisationFile:
    """Read a workbook; what a cell should hold but does not is a fault of its row.

    The faults are those of single cells and headers (ORG-23 to ORG-28);
    ``core.organisation.faults`` finds the others, so that the two add up without repeating.

    Raises:
        Invalid: FILE-01 when it cannot be opened, ORG-20 for what is no workbook, ORG-21 for
            one that is too large, ORG-22 when it has none of the sheets.
    """
    with opened_workbook(source) as (book, total):
        reading = _Reading(progress, total)
        found = known_sheets(book)
        rows = {sheet: tuple(reading.rows(sheet, one)) for sheet, one in found.items()}
    progress(total, total)
    # mypy cannot see that each sheet gives rows of its own kind.
    told: dict[str, Any] = {_PLACES[sheet]: made for sheet, made in rows.items()}
    organisation = Organisation(**told)
    return OrganisationFile(organisation, in_order(reading.faults), tuple(reading.remarks))


_PLACES: Mapping[Sheet, str] = {
    Sheet.UNITS: "units",
    Sheet.POSTS: "posts",
    Sheet.PERSONS: "persons",
    Sheet.APPOINTMENTS: "appointments",
    Sheet.DUTIES: "duties",
}
_ROWS: Mapping[Sheet, Callable[..., Row]] = {
    Sheet.UNITS: UnitRow,
    Sheet.POSTS: PostRow,
    Sheet.PERSONS: PersonRow,
    Sheet.APPOINTMENTS: AppointmentRow,
    Sheet.DUTIES: DutyRow,
}


class _Reading:
    """What was noticed while reading one workbook."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.faults: list[Fault] = []
        self.remarks: list[Sentence] = []
        self._progress, self._total, self._done = progress, total, 0

    def rows(self, sheet: Sheet, worksheet: Worksheet) -> Iterator[Row]:
        """Yield the rows below the header of one sheet."""
        lines = rows_of(worksheet)
        top = list(islice(lines, TOP))
        head = find_head(sheet, top)
        titles = next((cells for row, cells in top if head and row == head.row), ())
        self._note(head_faults(sheet, head, titles))
        if head is None:
            return
        if head.unknown:
            self.remarks.append(
                zh(
                    "「{sheet}」表里没有用到的列：{columns}。",
                    sheet=sheet,
                    columns=quoted(head.unknown),
                )
            )
        below = ((row, cells) for row, cells in top if row > head.row)
        yield from self._below(sheet, head, chain(below, lines))

    def _below(self, sheet: Sheet, head: Head, lines: Iterable[tuple[int, Cells]]) -> Iterator[Row]:
        make = _ROWS[sheet]
        places = [
            (field, head.places[field.column])
            for field in FIELDS[sheet]
            if field.column in head.places
        ]
        for row, cells in lines:
            self._done += 1
            if not self._done % _OFTEN:
                self._progress(min(self._done, self._total), self._total)
            values, unread = self._values(sheet, row, cells, places)
            if values or unread:
                unsaid = head.absent | unread if unread else head.absent
                yield make(row=row, unsaid=unsaid, **values)

    def _values(
        self, sheet: Sheet, row: int, cells: Cells, places: list[tuple[Field, int]]
    ) -> tuple[dict[str, Any], set[Column]]:
        values: dict[str, Any] = {}
        unread: set[Column] = set()
        for field, place in places:
            cell = cells[place] if place < len(cells) else None
            if cell is None:
                continue
            try:
                value = value_of(field, cell)
            except Unreadable as why:
                unread.add(field.column)
                self._note([Fault(sheet, row, field.column, why.code, why.sentence)])
                if field.column is Column.APPOINTMENT_KIND:
                    values[field.name] = None  # not the usual kind: nothing is known of it
            else:
                if value is not None:
                    values[field.name] = value
        return values, unread

    def _note(self, faults: Iterable[Fault]) -> None:
        """Keep one more than can be told, so that ``in_order`` knows that there are more."""
        for fault in faults:
            if len(self.faults) <= MOST_FAULTS:
                self.faults.append(fault)
