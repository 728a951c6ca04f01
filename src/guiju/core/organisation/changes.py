"""What taking in a workbook would change: the preview, and the list to work off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from guiju.core.organisation.books import completed
from guiju.core.organisation.columns import FIELDS, Column, Sheet
from guiju.core.organisation.rows import AppointmentRow, DutyRow, Organisation, Row
from guiju.core.organisation.words import ChangeKind
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import Term

Value: TypeAlias = str | int | date | tuple[str, ...] | None

_YES, _NO = zh("是"), zh("否")
_ENDS = frozenset({Column.ABOLISHED, Column.END})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that differs from what is on record."""

    column: Column
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes.

    Attributes:
        kind: new, changed, or ended: given the last day that it did not have.
        row: the row as it will be, with what the workbook leaves unsaid filled in.
        before: the row as it is on record, None for a new one.
        fields: what differs, in the order of the columns; for a new row all that is filled in.
    """

    kind: ChangeKind
    row: Row
    before: Row | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, by sheet and in the order of the rows; empty (false) when there are none.

    Attributes:
        rows: the changes.
        unchanged: how many rows of each sheet say what is on record already.
        untouched: how many rows on record the workbook does not mention; they stay.
    """

    rows: tuple[Change, ...]
    unchanged: Mapping[Sheet, int]
    untouched: Mapping[Sheet, int]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def count(self, sheet: Sheet, kind: ChangeKind) -> int:
        """Return how many rows of ``sheet`` are of this kind."""
        return sum(change.kind is kind and change.row.sheet is sheet for change in self.rows)


def changes(old: Organisation, new: Organisation) -> Changes:
    """Return what ``new`` changes in ``old``; of rows with the same key the first counts.

    Nothing is ended by not being mentioned. Taking in the same rows again changes nothing.
    """
    rows: list[Change] = []
    unchanged, untouched = {}, {}
    for sheet in Sheet:
        known: dict[object, Row] = {row.key: row for row in old.rows(sheet)}
        told: dict[object, Row] = {}
        for row in new.rows(sheet):
            told.setdefault(row.key, row)
        made = [change for key, row in told.items() if (change := _change(known.get(key), row))]
        unchanged[sheet] = len(told) - len(made)
        untouched[sheet] = len(known.keys() - told.keys())
        rows += made
    return Changes(tuple(rows), unchanged, untouched)


def _change(before: Row | None, told: Row) -> Change | None:
    if before is None:
        blank = type(told)()
        return Change(ChangeKind.NEW, told, None, _differences(blank, told))
    row = completed(told, before)
    fields = _differences(before, row)
    if not fields:
        return None
    ended = any(field.column in _ENDS and not field.before for field in fields)
    return Change(ChangeKind.ENDED if ended else ChangeKind.CHANGED, row, before, fields)


def _differences(before: Row, after: Row) -> tuple[FieldChange, ...]:
    if before == after:
        return ()
    return tuple(
        FieldChange(field.column, one, other)
        for field in FIELDS[after.sheet]
        if not _same(one := getattr(before, field.name), other := getattr(after, field.name))
    )


def _same(one: Value, other: Value) -> bool:
    """Compare two values; of several in one cell the order says nothing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(one) == sorted(other)
    return one == other


def shown(value: Value) -> str | Sentence | Listing:
    """Return a value as it stands in a cell, empty for none."""
    match value:
        case None:
            return ""
        case bool():
            return _YES if value else _NO
        case Term():
            return value.label
        case tuple():
            return listing(item.label if isinstance(item, Term) else item for item in value)
        case _:
            return str(value)


def title(row: Row) -> str:
    """Return how a row is called in a list."""
    if isinstance(row, AppointmentRow):
        return f"{row.person} {row.post} {row.start or ''}".strip()
    if isinstance(row, DutyRow):
        return f"{row.kind.label if row.kind else ''} {row.area} {row.start or ''}".strip()
    return f"{row.code} {row.name}".strip()
