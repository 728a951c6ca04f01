"""Everything as it will be once a workbook is taken in: what is on record, and over it the rows.

A row that the workbook does not have stays as it is on record; an end is said by its date,
never by leaving the row out, so that a part of an organisation can be brought in alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from guiju.core.organisation.columns import FIELDS, Sheet
from guiju.core.organisation.rows import (
    AppointmentKey,
    AppointmentRow,
    DutyKey,
    DutyRow,
    KnownBody,
    Organisation,
    PersonRow,
    PostRow,
    Row,
    UnitRow,
)
from guiju.core.sentence import Sentence, zh

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Books:
    """Rows by their keys, and which of the keys stand in the workbook."""

    units: dict[str, UnitRow]
    posts: dict[str, PostRow]
    persons: dict[str, PersonRow]
    appointments: dict[AppointmentKey, AppointmentRow]
    duties: dict[DutyKey, DutyRow]
    bodies: tuple[KnownBody, ...]
    told: dict[Sheet, frozenset[object]]

    @classmethod
    def of(cls, new: Organisation, known: Organisation | None) -> Books:
        """Lay ``new`` over ``known``; of rows with the same key the first counts."""
        old = known or Organisation()
        return cls(
            _laid(new.units, old.units),
            _laid(new.posts, old.posts),
            _laid(new.persons, old.persons),
            _laid(filter(_is_whole, new.appointments), filter(_is_whole, old.appointments)),
            _laid(filter(_is_whole, new.duties), filter(_is_whole, old.duties)),
            old.bodies,
            {sheet: frozenset(row.key for row in new.rows(sheet)) for sheet in Sheet},
        )

    def tells(self, row: Row) -> bool:
        """Say whether the workbook has this row, so that it can be mended there."""
        return row.key in self.told[row.sheet]

    def place(self, row: Row) -> Sentence:
        """Say where ``row`` is to be found."""
        return zh("第 {row} 行", row=row.row) if self.tells(row) else zh("系统里已有的记录")


def merged(new: Organisation, known: Organisation) -> Organisation:
    """Return what will be on record once ``new`` is taken in over ``known``."""
    books = Books.of(new, known)
    return Organisation(
        tuple(books.units.values()),
        tuple(books.posts.values()),
        tuple(books.persons.values()),
        tuple(books.appointments.values()),
        tuple(books.duties.values()),
        books.bodies,
    )


def completed(row: R, known: R) -> R:
    """Fill what ``row`` does not say from ``known``."""
    if not row.unsaid:
        return row
    unsaid: dict[str, Any] = {
        field.name: getattr(known, field.name)
        for field in FIELDS[row.sheet]
        if field.column in row.unsaid
    }
    return replace(row, **unsaid)


def _laid(new: Iterable[R], old: Iterable[R]) -> dict[Any, R]:
    known = {row.key: row for row in old if row.key}
    rows = dict(known)
    seen = set()
    for row in new:
        if row.key and row.key not in seen:
            seen.add(row.key)
            before = known.get(row.key)
            rows[row.key] = completed(row, before) if before else row
    return rows


def _is_whole(row: AppointmentRow | DutyRow) -> bool:
    return all(row.key)
