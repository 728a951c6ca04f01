"""The example's units, posts and holders by their numbers, once they are on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from guiju.base.org.reads.holders import Holder
from guiju.base.org.reads.posts import PostShown, posts
from guiju.base.org.reads.units import UnitShown, tree
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.words_bodies import StandIn


@dataclass
class Roster:
    """The organisation on one day; whatever is asked for must be there."""

    on: date
    _posts: dict[str, PostShown] = field(default_factory=dict)

    @cached_property
    def _units(self) -> dict[str, UnitShown]:
        return {unit.code: unit for unit in tree(EVERYWHERE, on=self.on)}

    def unit(self, code: str) -> UnitShown:
        """Return a unit that exists on the day."""
        return self._units[code]

    def post(self, code: str) -> PostShown:
        """Return a post that exists on the day, with who holds it."""
        if code not in self._posts:
            found = posts(EVERYWHERE, on=self.on, search=code).rows
            self._posts |= {post.code: post for post in found}
        return self._posts[code]

    def holder(self, code: str) -> Holder:
        """Return who holds a post in his own right."""
        return next(one for one in self.post(code).holders if one.how is StandIn.HOLDER)
