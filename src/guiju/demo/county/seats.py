"""The words in which the example county's units and posts are written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from guiju.core.organisation.words import Function, LeaderLevel, Profile, UnitKind

FOUND_2018 = date(2018, 1, 29)
"""国家监察体制改革: the county's supervision commission begins, the supervision bureau ends."""

FOUND_2019 = date(2019, 3, 12)
"""机构改革: the county's bureaus are cut anew."""

KEY_TENURE, LEADER_TENURE = 5, 10
"""Years; the second as 党政领导干部职务任期暂行规定 art. 6 has it, two terms of five."""

FINANCE, PERSONNEL, WORKS = Function.FINANCE, Function.PERSONNEL, Function.WORKS
PROCUREMENT, APPROVAL = Function.PROCUREMENT, Function.APPROVAL
HEADS_BARRED = tuple(Function)
"""五个不直接管 (K7, the county profile)."""


class Field(Enum):
    """Among whom people move: nobody goes from a ward to a village."""

    TOP = auto()
    ORGANS = auto()
    SCHOOLS = auto()
    HOSPITAL = auto()
    VILLAGES = auto()


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as its unit lists it.

    Attributes:
        apart: places, in the unit's list counted from 1, of posts that the same person
            may not hold.
        after: the post, by its number, that this one continues since it was founded.
        beside: the post, by its number, whose holder holds this one too.
        is_elected: who comes new acts until the election.
    """

    name: str
    level: LeaderLevel
    duties: str
    functions: tuple[Function, ...] = ()
    is_key: bool = False
    most_years: int | None = None
    barred: tuple[Function, ...] = ()
    apart: tuple[int, ...] = ()
    founded: date | None = None
    after: str = ""
    beside: str = ""
    is_elected: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its posts; ``founded`` and ``abolished`` hold for its posts as well."""

    code: str
    name: str
    short_name: str
    above: str
    kind: UnitKind
    field: Field
    seats: tuple[Seat, ...] = ()
    profile: Profile | None = None
    founded: date | None = None
    abolished: date | None = None
    word: str = ""
    """One character under which it numbers its documents; without one, the county's."""


def head(name: str, duties: str, *, after: str = "") -> Seat:
    """Return a unit's first post: a key post that manages none of the five by itself."""
    return Seat(
        name,
        LeaderLevel.HEAD,
        duties,
        is_key=True,
        most_years=LEADER_TENURE,
        barred=HEADS_BARRED,
        after=after,
    )


def deputy(
    name: str, duties: str, *functions: Function, after: str = "", founded: date | None = None
) -> Seat:
    """Return a deputy's post; one that manages something of the five is a key post."""
    return Seat(
        name,
        LeaderLevel.DEPUTY,
        duties,
        functions,
        is_key=bool(functions),
        most_years=LEADER_TENURE,
        after=after,
        founded=founded,
    )


def chief(
    name: str, duties: str, *functions: Function, after: str = "", founded: date | None = None
) -> Seat:
    """Return the post of whoever leads an office."""
    return _working(LeaderLevel.MIDDLE, name, duties, functions, after, founded)


def clerk(
    name: str, duties: str, *functions: Function, after: str = "", founded: date | None = None
) -> Seat:
    """Return the post of whoever does the work."""
    return _working(LeaderLevel.STAFF, name, duties, functions, after, founded)


def apart(seat: Seat, *places: int) -> Seat:
    """Return ``seat``, kept apart from others of its unit."""
    return replace(seat, apart=places)


def beside(seat: Seat, other: str) -> Seat:
    """Return ``seat``, held by whoever holds ``other``."""
    return replace(seat, beside=other)


def elected(seat: Seat) -> Seat:
    """Return ``seat``, in which who comes new acts until the election."""
    return replace(seat, is_elected=True)


def _working(
    level: LeaderLevel,
    name: str,
    duties: str,
    functions: tuple[Function, ...],
    after: str,
    founded: date | None,
) -> Seat:
    return Seat(
        name,
        level,
        duties,
        functions,
        is_key=bool(functions),
        most_years=KEY_TENURE if functions else None,
        after=after,
        founded=founded,
    )
