"""The beginning of sheets and tables, to show a person what was understood of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.exchange.lists.account import Account, CellShown
from guiju.exchange.lists.heads import Column
from guiju.exchange.lists.sheet import Line, Sheet, Spot

FIRST_ROWS = 5
_SAMPLES, _LOOKED_AT = 3, 60
_LINES, _COLUMNS, _LONGEST = 12, 12, 40


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of a table: under each of its columns the cell, None where it is empty."""

    line: int
    cells: tuple[CellShown | None, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a sheet begins: lines by number, long texts cut."""

    name: str
    is_hidden: bool
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def beginning_of(sheet: Sheet) -> Beginning:
    """Return how a sheet begins, so that a person can tell where its header stands."""
    lines = tuple(
        (line.number, tuple(text[:_LONGEST] for text in line.cells[:_COLUMNS]))
        for line in sheet.lines[:_LINES]
    )
    return Beginning(sheet.name, sheet.is_hidden, lines)


def samples_of(columns: Sequence[Column], lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    """Return for each column up to three different texts that stand in it."""
    seen = lines[:_LOOKED_AT]
    found = []
    for column in columns:
        texts = (line.cells[column.place] for line in seen if column.place < len(line.cells))
        found.append(tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES])
    return tuple(found)


def first_rows(
    account: Account, columns: Sequence[Column], lines: Sequence[Line]
) -> tuple[RowShown, ...]:
    """Return the first rows of a table with what was made of each cell."""
    return tuple(
        RowShown(
            line.number,
            tuple(account.shown(Spot(line.number, column.place)) for column in columns),
        )
        for line in lines[:FIRST_ROWS]
    )
