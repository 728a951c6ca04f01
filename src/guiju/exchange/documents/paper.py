"""What a document says, before it has a layout: a title, headings, paragraphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 to 4 stands for 一、（一）1.（1）, which the writer numbers."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``label`` stands before it in 黑体, such as 编码."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        head: the columns' names, repeated on every page.
        rows: as many cells each.
        widths: how the columns share the width, in parts.
    """

    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[int, ...] = ()


Part: TypeAlias = Heading | Text | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document.

    Attributes:
        title: in the middle, on top.
        under: a line below the title, such as the number of the edition.
        parts: what follows, in order.
        signed: whose document it is, at the end to the right; empty for none.
        dated: the day below it, as it is written out.
        is_wide: A4 lying on its side, for tables of many columns.
    """

    title: str
    under: str = ""
    parts: tuple[Part, ...] = ()
    signed: str = ""
    dated: str = ""
    is_wide: bool = False
