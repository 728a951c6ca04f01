"""What the makers of an edition's tables share: the power at hand, its unit, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from zlib import crc32

from guiju.core.lists.profile import Profile
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind, Layer, Side
from guiju.core.organisation.words import LeaderLevel
from guiju.demo.lists.catalogue import Office, Pattern, Plan, PowerRow, patterns
from guiju.demo.lists.units import Body

T = TypeVar("T")

_AREA = "999999"
"""No 行政区划代码 begins with 99 (GB/T 2260): the county is nowhere."""

_KINDS = {
    "licence": "XK",
    "penalty": "CF",
    "coercion": "QZ",
    "levy": "ZS",
    "payment": "JF",
    "inspection": "JC",
    "confirmation": "QR",
    "reward": "JL",
    "ruling": "CJ",
    "other": "QT",
    "project": "XM",
    "funds": "ZJ",
    "major": "ZD",
    "finance": "CW",
    "logistics": "HQ",
    "admission": "ZS",
    "personnel": "RS",
    "works": "JJ",
    "procurement": "CG",
    "teaching": "JX",
}
_EXEMPT = "涉及个人隐私或者国家秘密，依据《政府信息公开条例》第十四条、第十五条不予公开"
_REVIEW = date(2027, 12, 31)
_LAYERS = {"岗": Layer.POST, "导": Layer.LEADER, "个": Layer.PERSON}


def named(unit: str, kind: str, number: int, part: int = 0) -> str:
    """Return the short number of a power; ``part`` counts the sub-items of a main item."""
    return f"{unit}-{_KINDS[kind]}-{number:03d}" + (f"-{part:02d}" if part else "")


def full(short: str) -> str:
    """Return the number with region and sub-item, 16 characters long (湖北省编码说明)."""
    return f"{_AREA}-{short}" if short.count("-") > 2 else f"{_AREA}-{short}-00"


@dataclass(frozen=True)
class Making:
    """One power while all that belongs to it is made.

    Attributes:
        short: its number without region; ``code`` the number that the lists use.
        parent: number of its main item, if it is a sub-item.
        place: which one of its unit it is, so that neighbours get different words.
    """

    plan: Plan
    body: Body
    profile: Profile
    row: PowerRow
    place: int
    short: str
    code: str
    parent: str = ""

    @cached_property
    def pattern(self) -> Pattern:
        return patterns()[self.row.pattern]

    @cached_property
    def office(self) -> Office:
        return self.plan.offices[self.row.office]

    def has(self, flag: str) -> bool:
        """Say whether the row bears a mark."""
        return flag in self.row.flags

    @cached_property
    def side(self) -> Side:
        inside = self.has("内") or self.row.office in ("nb", "zw", "jw", "zl")
        return Side.INTERNAL if inside or self.plan.is_school else Side.EXTERNAL

    @cached_property
    def layer(self) -> Layer:
        return next((layer for flag, layer in _LAYERS.items() if self.has(flag)), Layer.UNIT)

    @property
    def grade(self) -> int:
        """The grade from which the grades of its risks are taken."""
        if self.has("大") or self.has("高"):
            return 1
        return 2 if self.has("中") or self.has("裁") else 3

    def words(self, post: str = "", above: str = "") -> Mapping[str, str]:
        """Return what the phrases of the patterns leave open."""
        return {
            "t": self.row.thing + ("案件" if self.row.pattern == "penalty" else ""),
            "o": self.row.targets,
            "n": self.row.name,
            "s": self.body.short,
            "p": post,
            "u": above,
        }

    def say(self, text: str, post: str = "", above: str = "") -> str:
        """Return a phrase in the words of this power, a post and the one above it."""
        return text.format_map(self.words(post, above))

    def pick(self, among: tuple[T, ...], shift: int = 0) -> T:
        """Return one of several, another one for the next power."""
        return among[(self.place + shift) % len(among)]

    def throw(self, what: str, sides: int) -> int:
        """Return a number below ``sides`` that looks like chance and is always the same."""
        return crc32(f"{self.code} {what}".encode()) % sides

    def level(self, post: str) -> LeaderLevel:
        """Return how high a post stands."""
        return self.body.levels[post]

    def shown(self, kind: ItemKind) -> Publication:
        """Return to whom an item is shown."""
        if self.has("密"):
            return Publication(
                audience=Audience.INTERNAL,
                exemption=_EXEMPT,
                approver=self.body.head,
                review_date=_REVIEW,
            )
        return Publication(audience=self.profile.audiences[kind])
