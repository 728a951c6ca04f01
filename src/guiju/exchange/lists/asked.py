"""Headers and cards that a person pointed out, which go before what is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.exchange.lists.words import TableKind


@dataclass(frozen=True, slots=True)
class HeadAsked:
    """A header as a person says it is.

    Attributes:
        levels: how many lines it has, 1 or 2; 0 where a guessed header is none.
        kind: what the rows below it are.
        is_left_out: whether nothing of the table is to be read.
    """

    levels: int
    kind: TableKind
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class CardsAsked:
    """A part of a sheet in which labels and contents alternate, as a person says it is.

    Attributes:
        last: number of its last line.
        kind: what the items are.
        first: the label with which each item begins, as ``dictionary.bare`` writes it; empty
            where one begins when a label comes again.
        is_stacked: whether all labels stand first, and then the contents of each item.
        contents: texts that are contents though they look like labels, bare too.
        is_left_out: whether nothing of the part is to be read.
    """

    last: int
    kind: TableKind
    first: str = ""
    is_stacked: bool = False
    contents: tuple[str, ...] = ()
    is_left_out: bool = False


Asked = Mapping[tuple[str, int], HeadAsked | CardsAsked]
"""By sheet and number of the header's first line, or of the part's."""


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """What was said of one sheet, by line."""

    heads: Mapping[int, HeadAsked] = field(default_factory=dict)
    cards: Mapping[int, CardsAsked] = field(default_factory=dict)


def asked_in(asked: Asked, sheet: str) -> SheetAsked:
    """Return what was said of one sheet."""
    here = {line: said for (name, line), said in asked.items() if name == sheet}
    return SheetAsked(
        {line: said for line, said in here.items() if isinstance(said, HeadAsked)},
        {line: said for line, said in here.items() if isinstance(said, CardsAsked)},
    )
