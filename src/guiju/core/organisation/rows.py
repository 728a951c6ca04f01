"""The rows of an organisation as frozen data.

Periods are half-open: a unit, post or appointment that ends on a day is over on that day,
so that a successor may begin on it (免职和任职常在同一天).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, TypeAlias

from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    PartyStanding,
    Profile,
    ResponsibilityKind,
    UnitKind,
)
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Where a row stands, and the columns about which it says nothing.

    Two rows that say the same are equal wherever they stand.

    Attributes:
        row: its number in the sheet, counted from 1; 0 for what is in no sheet.
        unsaid: columns that the sheet does not have, or whose cell could not be read.
    """

    row: int = field(default=0, compare=False)
    unsaid: frozenset[Column] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(_Row):
    """A unit; without a profile it has that of the unit above it."""

    sheet: ClassVar[Sheet] = Sheet.UNITS
    code: str = ""
    name: str = ""
    short_name: str = ""
    parent: str = ""
    kind: UnitKind | None = None
    credit_code: str = ""
    area_code: str = ""
    profile: Profile | None = None
    founded: date | None = None
    abolished: date | None = None

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow(_Row):
    """A post of a unit; ``most_years`` is the longest tenure."""

    sheet: ClassVar[Sheet] = Sheet.POSTS
    code: str = ""
    unit: str = ""
    name: str = ""
    is_key: bool = False
    level: LeaderLevel | None = None
    most_years: int | None = None
    functions: tuple[Function, ...] = ()
    incompatible: tuple[str, ...] = ()
    barred: tuple[Function, ...] = ()
    duties: str = ""
    founded: date | None = None
    abolished: date | None = None

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(_Row):
    """A person, with what is sealed about him."""

    sheet: ClassVar[Sheet] = Sheet.PERSONS
    code: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    rank: str = ""
    standing: PartyStanding | None = None

    @property
    def key(self) -> str:
        return self.code


AppointmentKey: TypeAlias = tuple[str, str, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRow(_Row):
    """That a person holds a post from ``start`` until before ``end``."""

    sheet: ClassVar[Sheet] = Sheet.APPOINTMENTS
    person: str = ""
    post: str = ""
    kind: AppointmentKind | None = AppointmentKind.REGULAR
    start: date | None = None
    end: date | None = None
    responsibility: ResponsibilityKind | None = None
    document: str = ""

    @property
    def key(self) -> AppointmentKey:
        return self.person, self.post, self.start


DutyKey: TypeAlias = tuple[str, str, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow(_Row):
    """That a unit carries a statutory duty for another and all below it, over a period.

    Attributes:
        area: the code of the unit for which it is carried.
        carrier: the code of the unit that carries it, or that hosts the ``body`` that does.
        body: the name of that body; empty where the unit itself carries it.
    """

    sheet: ClassVar[Sheet] = Sheet.DUTIES
    kind: StatutoryDuty | None = None
    area: str = ""
    carrier: str = ""
    body: str = ""
    start: date | None = None
    end: date | None = None
    document: str = ""

    @property
    def key(self) -> DutyKey:
        return self.kind.value if self.kind else "", self.area, self.start


Row: TypeAlias = UnitRow | PostRow | PersonRow | AppointmentRow | DutyRow


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body on record: the code of its host, its name, and its life; it is in no sheet."""

    host: str
    name: str
    founded: date | None = None
    abolished: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """What a workbook says, or what is on record; only there are ``bodies`` known."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    persons: tuple[PersonRow, ...] = ()
    appointments: tuple[AppointmentRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    bodies: tuple[KnownBody, ...] = ()

    def rows(self, sheet: Sheet) -> tuple[Row, ...]:
        """Return the rows of one sheet."""
        match sheet:
            case Sheet.UNITS:
                return self.units
            case Sheet.POSTS:
                return self.posts
            case Sheet.PERSONS:
                return self.persons
            case Sheet.APPOINTMENTS:
                return self.appointments
            case Sheet.DUTIES:
                return self.duties


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place of a workbook.

    Attributes:
        sheet: the sheet.
        row: the row in it, counted from 1.
        column: the column; None when the whole row or sheet is meant.
        code: stable rule code, ``ORG-23`` and following.
        sentence: what is wrong and what to do; the place is not repeated in it.
    """

    sheet: Sheet
    row: int
    column: Column | None
    code: str
    sentence: Sentence

    @property
    def told(self) -> Sentence:
        """The sentence with its place before it."""
        if self.column is None:
            return zh(
                "「{sheet}」表第 {row} 行：{why}",
                sheet=self.sheet,
                row=self.row,
                why=self.sentence,
            )
        return zh(
            "「{sheet}」表第 {row} 行「{column}」列：{why}",
            sheet=self.sheet,
            row=self.row,
            column=self.column,
            why=self.sentence,
        )
