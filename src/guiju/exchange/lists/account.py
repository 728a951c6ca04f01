"""What became of each cell: nothing that was not empty is passed over without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.sheet import Sheet, Spot
from guiju.exchange.lists.words import CellState

UNCLAIMED = zh("看不出这一格属于哪张表。")

_TAKEN, _DOUBTED, _LEFT = 1, 2, 3
_STATES = (CellState.UNREAD, CellState.UNDERSTOOD, CellState.DOUBTFUL, CellState.UNREAD)
"""What the numbers mean that stand for the cells of a line: a sheet may have millions."""


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that is doubtful or was not understood.

    Attributes:
        column: the letter that spreadsheets give it.
        text: as it stood.
        made: what was made of it; empty when nothing was.
    """

    file: str
    sheet: str
    line: int
    column: str
    text: str
    made: str
    why: Sentence
    state: CellState


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell as it stood, what was made of it, and why that is doubtful or nothing was."""

    text: str
    made: str
    why: Sentence | None
    state: CellState


class Account:
    """The cells of one sheet, each with its state; what nobody claims was not understood."""

    def __init__(self, file: str, sheet: Sheet) -> None:
        self.file, self.sheet = file, sheet
        self._texts: dict[int, tuple[str, ...]] = {}
        for line in sheet.lines:
            # A broken file may say a number twice; then the later cells stand over the earlier.
            held = self._texts.get(line.number)
            self._texts[line.number] = line.cells if held is None else _over(held, line.cells)
        self._states = {number: bytearray(len(cells)) for number, cells in self._texts.items()}
        self._said: dict[Spot, tuple[str, Sentence]] = {}
        self._made: dict[Spot, str] = {}

    def take(self, *spots: Spot) -> None:
        """Say that cells were understood, unless they are doubted already."""
        for spot in spots:
            if self._is_filled(spot) and self._found(spot) != _DOUBTED:
                self._states[spot.line][spot.column] = _TAKEN

    def take_line(self, number: int) -> None:
        """Say that all cells of a line of which nothing has been said yet were understood."""
        self._states[number] = bytearray(map(bool, self._texts[number]))

    def doubt(self, spot: Spot, made: str, why: Sentence) -> None:
        """Say what was made of a cell, and why that may be wrong; the first doubt stays."""
        if self._is_filled(spot) and self._found(spot) != _DOUBTED:
            self._states[spot.line][spot.column] = _DOUBTED
            self._said[spot] = made, why

    def leave(self, spot: Spot, why: Sentence) -> None:
        """Say why nothing was made of a cell; what was taken before stays taken."""
        if self._is_filled(spot) and not self._found(spot):
            self._states[spot.line][spot.column] = _LEFT
            self._said[spot] = "", why

    def note_made(self, spot: Spot, made: str) -> None:
        """Remember what was made of a cell where it is not what stands there."""
        self._made[spot] = made

    def shown(self, spot: Spot) -> CellShown | None:
        """Return a cell with all that was said of it; None for an empty one."""
        if not self._is_filled(spot):
            return None
        text, state = self._text(spot), self.state(spot)
        if state is CellState.UNDERSTOOD:
            return CellShown(text, self._made.get(spot, text), None, state)
        return CellShown(text, *self._said_of(spot), state)

    def is_claimed(self, spot: Spot) -> bool:
        """Tell whether something has been said of a cell."""
        return bool(self._found(spot))

    def state(self, spot: Spot) -> CellState:
        """Return what became of a cell."""
        return _STATES[self._found(spot)]

    def is_understood(self, number: int) -> bool:
        """Tell whether every cell of a line that is not empty was understood."""
        return self._states[number] == bytes(map(bool, self._texts[number]))

    def counts(self) -> Mapping[CellState, int]:
        """Return how many cells came to which end; together they are all that are not empty."""
        found = Counter[int]()
        for states in self._states.values():
            found.update(states)
        there = sum(len(cells) - cells.count("") for cells in self._texts.values())
        taken, doubted = found[_TAKEN], found[_DOUBTED]
        return {
            CellState.UNDERSTOOD: taken,
            CellState.DOUBTFUL: doubted,
            CellState.UNREAD: there - taken - doubted,
        }

    def notes(self) -> list[Note]:
        """Return what is doubtful or was not understood, in the order of the sheet."""
        return [
            Note(
                self.file,
                self.sheet.name,
                spot.line,
                get_column_letter(spot.column + 1),
                self._text(spot),
                *self._said_of(spot),
                self.state(spot),
            )
            for number, cells in sorted(self._texts.items())
            if not self.is_understood(number)
            for column, text in enumerate(cells)
            if text and self._found(spot := Spot(number, column)) != _TAKEN
        ]

    def _said_of(self, spot: Spot) -> tuple[str, Sentence]:
        return self._said.get(spot, ("", UNCLAIMED))

    def _is_filled(self, spot: Spot) -> bool:
        return bool(self._text(spot))

    def _text(self, spot: Spot) -> str:
        cells = self._texts.get(spot.line, ())
        return cells[spot.column] if spot.column < len(cells) else ""

    def _found(self, spot: Spot) -> int:
        states = self._states.get(spot.line)
        return states[spot.column] if states and spot.column < len(states) else 0


def _over(earlier: tuple[str, ...], later: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(new or old for old, new in zip_longest(earlier, later, fillvalue=""))


def grouped(notes: Iterable[Note]) -> Iterator[tuple[Note, int]]:
    """Yield the first of those that lie in one column and are told the same, and how many are.

    Cells of which nobody knows what they are stand alone.
    """
    groups: dict[tuple[str, str, str, CellState, Sentence, str], list[Note]] = {}
    for one in notes:
        text = one.text if one.why == UNCLAIMED else ""
        key = (one.file, one.sheet, one.column, one.state, one.why, text)
        groups.setdefault(key, []).append(one)
    return ((group[0], len(group)) for group in groups.values())
