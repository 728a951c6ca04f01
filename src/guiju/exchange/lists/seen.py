"""What was seen in a file: its tables, and how many rows and cells came to which end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.sentence import Sentence
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.dictionary import Learned
from guiju.exchange.lists.heads import CERTAIN_ENOUGH, Column
from guiju.exchange.lists.preview import Beginning, RowShown
from guiju.exchange.lists.words import CellState, TableKind


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows or cells there were, and what became of them."""

    seen: int = 0
    understood: int = 0
    doubtful: int = 0
    unread: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.seen + other.seen,
            self.understood + other.understood,
            self.doubtful + other.doubtful,
            self.unread + other.unread,
        )


@dataclass(frozen=True, slots=True)
class CardsSeen:
    """How cards lie: to which line, with which label each begins, whether labels stand first."""

    last: int
    first: str = ""
    is_stacked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was found, and why it is taken for what it is.

    Attributes:
        line: where its header begins; for cards where the first begins.
        confidence: in per cent.
        levels: how many lines its header has.
        is_left_out: whether a person said not to read it.
        samples: for each column some of what stands in it.
        preview: its first rows, with what was made of each cell.
        cards: how it lies, where it is no table but labels with their contents; then
            ``columns`` are its labels.
    """

    sheet: str
    line: int
    kind: TableKind
    columns: tuple[Column, ...]
    confidence: int
    reason: Sentence
    rows: int = 0
    levels: int = 1
    is_left_out: bool = False
    samples: tuple[tuple[str, ...], ...] = ()
    preview: tuple[RowShown, ...] = ()
    cards: CardsSeen | None = None


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """What was seen in one sheet, or in all sheets of the product's own workbook."""

    accounts: tuple[Account, ...]
    tables: tuple[Table, ...] = ()
    rows: Counts = Counts()
    remarks: tuple[Sentence, ...] = ()
    begins: Beginning | None = None


@dataclass(frozen=True, slots=True)
class FileSeen:
    """What was seen in one file."""

    name: str
    tables: tuple[Table, ...]
    rows: Counts
    cells: Counts
    remarks: tuple[Sentence, ...] = ()
    sheets: tuple[Beginning, ...] = ()


def file_seen(name: str, sheets: Iterable[SheetSeen]) -> FileSeen:
    """Return what was seen in the sheets of a file together."""
    seen = tuple(sheets)
    cells = (counts_of(account) for sheet in seen for account in sheet.accounts)
    return FileSeen(
        name,
        tuple(table for sheet in seen for table in sheet.tables),
        sum((sheet.rows for sheet in seen), Counts()),
        sum(cells, Counts()),
        tuple(remark for sheet in seen for remark in sheet.remarks),
        tuple(sheet.begins for sheet in seen if sheet.begins),
    )


def counts_of(account: Account) -> Counts:
    """Return what became of the cells of one sheet."""
    found = account.counts()
    return Counts(sum(found.values()), *(found[state] for state in CellState))


def mapping_of(tables: Iterable[Table]) -> Learned:
    """Return the columns that were known for sure, to be stored once a person confirms them."""
    found: dict[TableKind, dict[str, str]] = {}
    for table in tables:
        for column in table.columns if table.cards is None else ():
            if column.target and column.confidence >= CERTAIN_ENOUGH:
                found.setdefault(table.kind, {})[column.header] = column.target
    return found


def guesses_of(tables: Iterable[Table]) -> Learned:
    """Return the columns of which the meaning is unknown or a guess, each with the guess."""
    found: dict[TableKind, dict[str, str]] = {}
    for table in tables:
        for column in table.columns if table.cards is None else ():
            if column.confidence < CERTAIN_ENOUGH:
                found.setdefault(table.kind, {})[column.header] = column.target
    return found
