"""The catalogue as it is written in ``data``: rows of words, nothing worked out yet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from guiju.core.organisation.words import Profile


@dataclass(frozen=True, slots=True)
class Office:
    """An office with the post for each role.

    Attributes:
        roles: h 经办, r 审核, a 审批, b 主持集体研究, c 检查, p 付款.
    """

    name: str
    roles: Mapping[str, str]

    def post(self, role: str) -> str:
        """Return the post for a role; empty when the office has none."""
        return self.roles.get("h" if role == "e" else role, "")


@dataclass(frozen=True, slots=True)
class PowerRow:
    """A power in a line; ``bases``, ``limit`` and ``flags`` as the heading of the file says."""

    name: str
    kind: str
    office: str
    flags: str
    limit: str
    bases: str
    thing: str
    targets: str
    conditions: str
    boundary: str
    risk: str
    shows: str

    @property
    def pattern(self) -> str:
        """The pattern by which it is carried out; a kind's own, or the one named after a colon."""
        kind, _, pattern = self.kind.partition(":")
        return pattern or {"other": "filing"}.get(kind, kind)

    def told(self, flavour: Mapping[str, str]) -> PowerRow:
        """Return it with the unit's own words in the places left for them."""
        return PowerRow(*(getattr(self, name).format_map(flavour) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a pattern; ``key`` is how duties name it."""

    key: str
    name: str
    kind: str
    phase: str
    role: str
    weight: int
    flags: str
    document: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """How powers of one sort are carried out, and what goes wrong in them."""

    family: str
    function: str
    steps: tuple[Step, ...]
    mode: tuple[str, ...]
    discipline: tuple[str, ...]
    duties: tuple[tuple[str, ...], ...]
    cases: tuple[tuple[str, ...], ...]
    decision: tuple[tuple[str, ...], ...]
    execution: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A unit's share of the catalogue."""

    unit: str
    profile: Profile
    offices: Mapping[str, Office]
    flavour: Mapping[str, str]
    powers: tuple[PowerRow, ...]
    standards: tuple[tuple[str, ...], ...] = ()
    fees: tuple[tuple[str, ...], ...] = ()

    @property
    def is_school(self) -> bool:
        """Whether its powers are those that all schools share."""
        return self.profile is Profile.SCHOOL


COUNTY_UNITS = ("ZFB", "SJJ", "FGJ", "MZJ", "SFJ", "CZJ", "ZRJ", "ZJJ", "WJJ")
BUREAU_UNITS = ("JYJ", "JYJ-JC")
SCHOOLS = ("YZ", "EX", "QSX")


def plans() -> tuple[Plan, ...]:
    """Return every unit's share, in the order in which editions are made."""
    common = rows(read("internal")["powers"])
    school = read("units/school")
    return (
        *(_of_unit(unit, Profile.COUNTY, common) for unit in COUNTY_UNITS),
        *(_of_unit(unit, Profile.BUREAU, ()) for unit in BUREAU_UNITS),
        *(_of_school(unit, school) for unit in SCHOOLS),
    )


def _of_unit(unit: str, profile: Profile, common: tuple[PowerRow, ...]) -> Plan:
    data = read(f"units/{unit.lower()}")
    return Plan(
        unit,
        profile,
        _offices(data["offices"]),
        data["flavour"],
        (*rows(data["powers"]), *common),
        _cut(data["standards"]),
        _cut(data.get("fees", ())),
    )


def _of_school(unit: str, data: Mapping[str, Any]) -> Plan:
    extra = [line for part in data["extra"] if part["unit"] == unit for line in part["powers"]]
    powers = rows([*data["powers"], *extra])
    return Plan(
        unit, Profile.SCHOOL, _offices(data["offices"][unit]), data["flavour"][unit], powers
    )


def _offices(data: Mapping[str, Mapping[str, str]]) -> Mapping[str, Office]:
    return {key: Office(held["name"], held) for key, held in data.items()}


def rows(lines: Iterable[str]) -> tuple[PowerRow, ...]:
    """Return the powers of these lines."""
    return tuple(PowerRow(*line.split("|")) for line in lines)


@cache
def patterns() -> Mapping[str, Pattern]:
    """Return the patterns by name."""
    found: dict[str, Pattern] = {}
    for part in ("approval", "enforcement", "money"):
        found |= {name: _pattern(data) for name, data in read(f"patterns_{part}").items()}
    return found


def _pattern(data: Mapping[str, Any]) -> Pattern:
    return Pattern(
        data["family"],
        data["function"],
        tuple(_step(line) for line in data["steps"]),
        tuple(data["mode"]),
        tuple(data["discipline"]),
        *(_cut(data[name]) for name in ("duties", "cases", "decision", "execution")),
    )


def _step(line: str) -> Step:
    key, name, kind, phase, role, weight, flags, document = line.split("|")
    return Step(key, name, kind, phase, role, int(weight), flags, document)


def _cut(lines: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("|")) for line in lines)


@cache
def read(name: str) -> Mapping[str, Any]:
    """Return one file of ``data``."""
    return tomllib.loads(files(__package__).joinpath(f"data/{name}.toml").read_text("utf-8"))
