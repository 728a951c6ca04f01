"""The units for which lists are made: what they are called, and who stands how high in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from guiju.core.organisation.words import LeaderLevel
from guiju.demo.county.rows import UNITS
from guiju.demo.county.seats import Unit
from guiju.demo.lists.catalogue import Office

_HEIGHT = {level: place for place, level in enumerate(reversed(LeaderLevel))}


@dataclass(frozen=True, slots=True)
class Body:
    """A unit with the levels of its posts; an office has its bureau's leaders above it.

    Attributes:
        keeper: number of the post that keeps the unit's lists.
    """

    code: str
    name: str
    short: str
    levels: Mapping[str, LeaderLevel]
    keeper: str

    def first(self, level: LeaderLevel) -> str:
        """Return the first post of a level; empty when there is none."""
        return next((post for post, one in self.levels.items() if one is level), "")

    @property
    def head(self) -> str:
        """The post that leads it."""
        return self.first(LeaderLevel.HEAD)

    def leader(self, office: Office) -> str:
        """Return the deputy who leads an office."""
        posts = (office.post("a"), office.post("r"))
        named = next((p for p in posts if self.levels[p] is LeaderLevel.DEPUTY), "")
        return named or self.first(LeaderLevel.DEPUTY)

    def owner(self, post: str, office: Office, least: LeaderLevel) -> str:
        """Return who answers for what ``post`` does: itself if it stands high enough."""
        ladder = (post, office.post("r"), office.post("a"), self.leader(office))
        return next(p for p in ladder if self._fits(p, least))

    def _fits(self, post: str, least: LeaderLevel) -> bool:
        level = self.levels[post]
        return level is not LeaderLevel.HEAD and _HEIGHT[level] >= _HEIGHT[least]

    def above(self, owner: str, office: Office, least: LeaderLevel) -> str:
        """Return who watches an owner: of a higher level, and of ``least`` at least."""
        ladder = (office.post("r"), self.leader(office), self.head)
        height = _HEIGHT[self.levels[owner]]
        return next(
            post
            for post in ladder
            if _HEIGHT[self.levels[post]] > height and _HEIGHT[self.levels[post]] >= _HEIGHT[least]
        )


@cache
def bodies() -> Mapping[str, Body]:
    """Return the county's units by number."""
    seats = {unit.code: {seat.name: seat.level for seat in unit.seats} for unit in UNITS}
    return {
        unit.code: Body(
            unit.code,
            unit.name,
            unit.short_name,
            seats[unit.code] | _leaders(seats.get(unit.code.partition("-")[0], {})),
            f"{unit.code}-{_keeper(unit):02d}",
        )
        for unit in UNITS
    }


def _keeper(unit: Unit) -> int:
    """Return the place of whoever leads an office; in small units of a deputy."""
    levels = [seat.level for seat in unit.seats]
    chosen = (LeaderLevel.MIDDLE, LeaderLevel.DEPUTY)
    return next((levels.index(one) + 1 for one in chosen if one in levels), 1)


def _leaders(posts: Mapping[str, LeaderLevel]) -> dict[str, LeaderLevel]:
    leading = (LeaderLevel.HEAD, LeaderLevel.DEPUTY)
    return {post: level for post, level in posts.items() if level in leading}
