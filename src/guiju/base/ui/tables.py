"""What a list consists of: its columns, filters and what can be done with chosen rows.

An area describes its list once; page, paging, column choice and export follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from guiju.base.ui.badges import Badge
from guiju.base.ui.heat import Heat
from guiju.core.sentence import Listing, Sentence, zh
from guiju.core.terms import Term

Row = TypeVar("Row")
Value = str | int | float | date | datetime | Sentence | Listing | Term | Badge | Heat | None


@dataclass(frozen=True, slots=True)
class Sort:
    """By what a column is sorted.

    Attributes:
        field: of the rows that the source reads (a column of the query, an annotation, an
            attribute); never NULL, texts of at most ``paging.MOST_TEXT`` characters, and with
            an index on it and the id where the table is long.
        kind: str, int, date or datetime.
    """

    field: str
    kind: type = str


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column.

    Attributes:
        name: what it is called in addresses; never changed.
        label: what people read.
        value: what a row shows here, on the page and in exports.
        sort: where the list can be sorted by it.
        link: the page behind the value; empty for none.
        is_shown: unless the reader chooses other columns.
        is_numeric: set to the right.
    """

    name: str
    label: Sentence
    value: Callable[[Row], Value]
    sort: Sort | None = None
    link: Callable[[Row], str] | None = None
    is_shown: bool = True
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that readers can set.

    Attributes:
        name: what it is called in addresses.
        label: what people read.
        choices: values with their words; empty for free text.
        is_day: whether a day is typed.
        is_period: whether a span of days is picked (``periods``); its days stand in the
            address as ``…_since`` and ``…_until``.
        hint: what is to be typed, shown while nothing is.
    """

    name: str
    label: Sentence
    choices: tuple[tuple[str, Sentence | str], ...] = ()
    is_day: bool = False
    is_period: bool = False
    hint: Sentence | None = None


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something done with all chosen rows; it asks for confirmation on its own page.

    Attributes:
        view: the view that the chosen rows are posted to.
        label: verb and object, such as 通知所选人员.
        arguments: what stands in its address.
    """

    view: str
    label: Sentence
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A list.

    Attributes:
        name: of exported files, such as 人员.
        columns: from left to right.
        sort: name of the column by which it is sorted first, ``-`` before it for backwards.
        identity: what a chosen row is called in the form.
        filters: in the order of the form.
        actions: what can be done with chosen rows.
        empty: what comes here and how, for a list without rows.
        plain: names of the columns that a plain list begins with (S3-02); empty for the first.
    """

    name: Sentence
    columns: tuple[Column[Row], ...]
    sort: str
    identity: Callable[[Row], str]
    filters: tuple[Filter, ...] = ()
    actions: tuple[BulkAction, ...] = ()
    empty: Sentence = field(default_factory=lambda: zh("还没有内容。"))
    plain: tuple[str, ...] = ()

    def column(self, name: str) -> Column[Row] | None:
        """Return the column of that name."""
        return next((column for column in self.columns if column.name == name), None)


AnyTable = Table[Any]
