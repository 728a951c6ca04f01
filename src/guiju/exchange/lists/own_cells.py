"""Reading rows of the product's own workbook: quickly where a row says nothing unusual.

A county has nearly two million cells. A row whose cells all stand in known columns, are not
marked by the file and can be read needs no word about any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.cells import read_cell
from guiju.exchange.lists.fields import Field, Holds
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.shown import shown
from guiju.exchange.lists.words import CellState
from guiju.exchange.lists.workbook import as_date, is_lost
from guiju.exchange.organisation.cells import Unreadable

_AS_THEY_STAND = frozenset({Holds.TEXT, Holds.CODE})
_SELDOM_THE_SAME = frozenset({Holds.TEXTS})
_UNKNOWN = zh("这一列不是模板里的，没有采用。")

_Read = Callable[[str], Any]


@dataclass(slots=True)
class OwnRow:
    """A row: what it says by path, and where each of its cells stands.

    Attributes:
        reader: of its sheet.
        line: its number.
        values: what was read; what follows from the row may be taken out of it.
        places: the columns that were looked at one by one, by path; None where no cell
            said anything unusual.
    """

    reader: RowReader
    line: int
    values: dict[str, Any]
    places: Mapping[str, int] | None = None

    def doubt(self, path: str, why: Sentence) -> None:
        """Say that nothing was made of what stands under a path, though it was read."""
        place = self.reader.places[path]
        self.reader.account.doubt(Spot(self.line, place), "", why)

    def leave_out(self, why: Sentence) -> None:
        """Say that nothing was made of the row."""
        for spot in self._spots():
            self.reader.account.doubt(spot, "", why)

    def state(self, *, made: bool) -> CellState:
        """Return what became of the row."""
        account = self.reader.account
        if not made:
            return CellState.UNREAD
        if self.places is None:
            is_clear = account.is_understood(self.line)
        else:
            is_clear = all(account.state(spot) is CellState.UNDERSTOOD for spot in self._spots())
        return CellState.UNDERSTOOD if is_clear else CellState.DOUBTFUL

    def _spots(self) -> list[Spot]:
        places = self.reader.places if self.places is None else self.places
        return [Spot(self.line, place) for place in places.values()]


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet.

    Attributes:
        sheet: with what the file says against single cells.
        account: told what became of each cell.
        columns: the field of each column.
        kinds: the profile's own kinds of power, label to code.
    """

    sheet: Sheet
    account: Account
    columns: Mapping[int, Field]
    kinds: Mapping[str, str]
    places: dict[str, int] = field(init=False)
    _marked: frozenset[int] = field(init=False)
    _quick: list[tuple[str, _Read | None] | None] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {of.path: place for place, of in self.columns.items()}
        self._marked = frozenset(spot.line for spot in self.sheet.marks)
        self._quick = []
        numbers = {line.number for line in self.sheet.lines}
        if len(self.places) == len(self.columns) and len(numbers) == len(self.sheet.lines):
            # No header and no number stands twice.
            self._quick = [None] * (max(self.columns, default=-1) + 1)
            for place, of in self.columns.items():
                self._quick[place] = of.path, self._remembering(of)

    def row(self, line: Line) -> OwnRow:
        """Read one row."""
        values = None if line.number in self._marked else self._quickly(line.cells)
        if values is None:
            return self._closely(line)
        self.account.take_line(line.number)
        return OwnRow(self, line.number, values)

    def told(self, line: Line) -> Any:  # noqa: ANN401 - of many types
        """Return the value of a line that says one thing; None where there is none."""
        return next(iter(self._closely(line, only=1).values.values()), None)

    def _quickly(self, cells: tuple[str, ...]) -> dict[str, Any] | None:
        """Return what a row says; None where something has to be looked at."""
        if len(cells) > len(self._quick):
            return None
        values: dict[str, Any] = {}
        try:
            for text, column in zip(cells, self._quick, strict=False):
                if not text:
                    continue
                if column is None:
                    return None
                path, read = column
                value = text if read is None else read(text)
                if value is not None:
                    values[path] = value
        except Unreadable:
            return None
        return values

    def _remembering(self, of: Field) -> _Read | None:
        """Return what reads a column, the same text but once; None where it is the value."""
        if of.holds in _AS_THEY_STAND:
            return None
        kinds = self.kinds

        def read(text: str) -> Any:  # noqa: ANN401 - of many types
            return read_cell(of, text, is_exact=True, kinds=kinds).value

        if of.holds in _SELDOM_THE_SAME:
            return read
        known: dict[str, Any] = {}

        def remembered(text: str) -> Any:  # noqa: ANN401 - as above
            if text not in known:
                known[text] = read(text)
            return known[text]

        return remembered

    def _closely(self, line: Line, *, only: int | None = None) -> OwnRow:
        """Read a row cell by cell and say what became of each."""
        values: dict[str, Any] = {}
        places: dict[str, int] = {}
        for place, text in line.filled():
            if only not in (None, place):
                continue
            spot, of = Spot(line.number, place), self.columns.get(place)
            mark = self.sheet.marks.get(spot)
            if of is None:
                self.account.leave(spot, _UNKNOWN)
            elif mark and is_lost(mark):
                self.account.leave(spot, mark)
            else:
                places[of.path] = place
                self._one(spot, of, text, mark, values)
        return OwnRow(self, line.number, values, places)

    def _one(
        self, spot: Spot, of: Field, text: str, mark: Sentence | None, values: dict[str, Any]
    ) -> None:
        try:
            value = read_cell(of, text, is_exact=True, kinds=self.kinds).value
        except Unreadable as why:
            self.account.leave(spot, why.sentence)
            return
        self.account.take(spot)
        if mark and not (of.holds is Holds.DATE and as_date(mark)):
            self.account.doubt(spot, shown(of, value), mark)
        if value is not None:
            values[of.path] = value
