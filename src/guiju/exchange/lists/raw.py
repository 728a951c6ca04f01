"""A row, card or block as it was found: texts under what they are taken to mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.core.sentence import Sentence
from guiju.exchange.lists.sheet import Spot
from guiju.exchange.lists.words import TableKind


@dataclass(frozen=True, slots=True)
class Piece:
    """What one cell says, or several that belong together.

    Attributes:
        spots: the cells; the text may stand in an earlier row that it was taken from.
        doubt: why it may not belong here.
        mark: what the file says against the value itself, such as that a formula gave it.
    """

    text: str
    spots: tuple[Spot, ...]
    doubt: Sentence | None = None
    mark: Sentence | None = None


@dataclass(slots=True)
class Raw:
    """A row of a table, or a card: each target with what stands under it.

    Attributes:
        line: where it begins.
        table: which table of the sheet it belongs to, counted from 0.
        title: what stands over that table.
        group: the heading of the group of rows, where it says what they are.
    """

    kind: TableKind
    line: int
    table: int
    title: str = ""
    pieces: dict[str, Piece] = field(default_factory=dict)
    group: Piece | None = None
