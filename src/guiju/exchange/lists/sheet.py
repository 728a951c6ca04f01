"""A sheet as it came: lines of texts with their places, whatever file it stood in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 4_000_000
MOST_IN_CELL = 32_767
MOST_IN_ALL = 5 * MOST_LINES
"""How many lines all sheets of a workbook may have, blank ones too."""

MOST_SPREAD = 1_000_000
"""How many cells all merged areas of a sheet may cover."""


class Spot(NamedTuple):
    """A cell: the line counted from 1, the column counted from 0."""

    line: int
    column: int


class Area(NamedTuple):
    """A merged area; both corners belong to it."""

    first: Spot
    last: Spot


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank; ``doubt`` says why its cells may stand in wrong columns."""

    number: int
    cells: tuple[str, ...]
    doubt: Sentence | None = None

    def filled(self) -> Iterator[tuple[int, str]]:
        """Yield the cells that are not empty, with their columns."""
        return ((place, text) for place, text in enumerate(self.cells) if text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file.

    Attributes:
        marks: cells that say something else than what was typed: formulas, lost digits.
        spread: cells covered by a merged area, each with the cell that holds its text.
    """

    name: str
    lines: tuple[Line, ...]
    is_hidden: bool = False
    marks: Mapping[Spot, Sentence] = field(default_factory=dict)
    spread: Mapping[Spot, Spot] = field(default_factory=dict)

    def count(self) -> int:
        """Return how many cells are not empty."""
        return sum(1 for line in self.lines for text in line.cells if text)


def spread_of(areas: list[Area]) -> dict[Spot, Spot]:
    """Return each covered cell with the one that holds the text.

    Raises:
        Invalid: LISTS-02 when merged areas cover more than any list needs.
    """
    spread: dict[Spot, Spot] = {}
    for first, last in areas:
        right = min(last.column, MOST_COLUMNS)
        covered = (last.line - first.line + 1) * (right - first.column + 1)
        if covered + len(spread) > MOST_SPREAD:
            raise too_large()
        for line in range(first.line, last.line + 1):
            for column in range(first.column, right + 1):
                spread[Spot(line, column)] = first
        spread.pop(first, None)
    return spread


def too_large() -> Invalid:
    """Refuse a file that no list needs."""
    return Invalid(
        "LISTS-02",
        zh(
            "清单文件太大：最多 {file} MB，每张表 {lines} 行、{columns} 列，一格 {cell} 字。"
            "请核对是否选错了文件，去掉无关的表，或按单位分成几个文件。",
            file=MOST_BYTES // 2**20,
            lines=MOST_LINES,
            columns=MOST_COLUMNS,
            cell=MOST_IN_CELL,
        ),
    )
