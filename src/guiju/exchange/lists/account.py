"""What became of each cell: nothing that was not empty is passed over without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.sheet import Sheet, Spot
from guiju.exchange.lists.words import CellState

UNCLAIMED = zh("看不出这一格属于哪张表。")


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
        self._texts = {
            Spot(line.number, column): text
            for line in sheet.lines
            for column, text in line.filled()
        }
        self._states: dict[Spot, CellState] = {}
        self._said: dict[Spot, tuple[str, Sentence]] = {}
        self._made: dict[Spot, str] = {}

    def take(self, *spots: Spot) -> None:
        """Say that cells were understood, unless they are doubted already."""
        for spot in spots:
            if self._states.get(spot) is not CellState.DOUBTFUL and spot in self._texts:
                self._states[spot] = CellState.UNDERSTOOD

    def doubt(self, spot: Spot, made: str, why: Sentence) -> None:
        """Say what was made of a cell, and why that may be wrong; the first doubt stays."""
        if spot in self._texts and self._states.get(spot) is not CellState.DOUBTFUL:
            self._states[spot] = CellState.DOUBTFUL
            self._said[spot] = made, why

    def leave(self, spot: Spot, why: Sentence) -> None:
        """Say why nothing was made of a cell; what was taken before stays taken."""
        if spot in self._texts and spot not in self._states:
            self._states[spot] = CellState.UNREAD
            self._said[spot] = "", why

    def note_made(self, spot: Spot, made: str) -> None:
        """Remember what was made of a cell where it is not what stands there."""
        self._made[spot] = made

    def shown(self, spot: Spot) -> CellShown | None:
        """Return a cell with all that was said of it; None for an empty one."""
        text = self._texts.get(spot)
        if text is None:
            return None
        state = self.state(spot)
        if state is CellState.UNDERSTOOD:
            return CellShown(text, self._made.get(spot, text), None, state)
        return CellShown(text, *self._said_of(spot), state)

    def _said_of(self, spot: Spot) -> tuple[str, Sentence]:
        return self._said.get(spot, ("", UNCLAIMED))

    def is_claimed(self, spot: Spot) -> bool:
        """Tell whether something has been said of a cell."""
        return spot in self._states

    def state(self, spot: Spot) -> CellState:
        """Return what became of a cell."""
        return self._states.get(spot, CellState.UNREAD)

    def counts(self) -> Mapping[CellState, int]:
        """Return how many cells came to which end; together they are all that are not empty."""
        found = Counter(map(self.state, self._texts))
        return {state: found[state] for state in CellState}

    def notes(self) -> list[Note]:
        """Return what is doubtful or was not understood, in the order of the sheet."""
        return [
            Note(
                self.file,
                self.sheet.name,
                spot.line,
                get_column_letter(spot.column + 1),
                text,
                *self._said_of(spot),
                self.state(spot),
            )
            for spot, text in sorted(self._texts.items())
            if self.state(spot) is not CellState.UNDERSTOOD
        ]


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
