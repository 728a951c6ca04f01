"""Headers that a person pointed out, which go before what is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


Asked = Mapping[tuple[str, int], HeadAsked]
"""By sheet and number of the header's first line."""


def asked_in(asked: Asked, sheet: str) -> dict[int, HeadAsked]:
    """Return what was said of one sheet, by line."""
    return {line: said for (name, line), said in asked.items() if name == sheet}
