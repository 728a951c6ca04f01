"""Who answers for a unit (S0-08, S0-44, S1-01).

主要负责人是第一责任人，分管领导是直接领导责任人，岗位上的人是岗位责任人。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.base.org.models import Post, Unit
from guiju.base.org.reads.posts import PostShown, posts_in
from guiju.base.org.reads.within import numbers_in, within
from guiju.core.access import Scope
from guiju.core.organisation.words import LeaderLevel


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a unit on a day; each post with who holds it and who stands in.

    Attributes:
        led_by: the unit whose head answers: itself, or the nearest above that has a head's post.
        first: the heads' posts (第一责任人).
        direct: the deputies' posts with what they are in charge of (直接领导责任人).
        posts: the unit's own other posts (岗位责任人).
    """

    unit: str
    led_by: str
    led_by_name: str
    first: tuple[PostShown, ...]
    direct: tuple[PostShown, ...]
    posts: tuple[PostShown, ...]

    @property
    def is_vacant(self) -> bool:
        """Whether nobody answers first, which is to be warned of (S0-08)."""
        return not any(post.holders for post in self.first)


def responsible(reference: str, scope: Scope, *, on: date) -> Responsible | None:
    """Return who answers for a unit on a day, None outside of the scope; four queries."""
    unit = Unit.objects.filter(within(scope, "path"), reference=reference).first()
    if unit is None:
        return None
    numbers = numbers_in(unit.path)
    heads = Post.objects.filter(
        unit__number__in=numbers, leader_level=LeaderLevel.HEAD.value, abolished_date=None
    )
    paths = heads.order_by().values_list("unit__path", "unit__number", "unit__name")
    found = max(
        set(paths), key=lambda one: len(one[0]), default=(unit.path, unit.number, unit.name)
    )
    shown = posts_in([unit.number, found[1]], on)
    leading = [post for post in shown if post.unit_number == found[1]]
    return Responsible(
        reference,
        leading[0].unit if leading else reference,
        found[2],
        tuple(post for post in leading if post.level is LeaderLevel.HEAD),
        tuple(post for post in leading if post.level is LeaderLevel.DEPUTY),
        tuple(
            post
            for post in shown
            if post.unit_number == unit.number
            and post.level not in {LeaderLevel.HEAD, LeaderLevel.DEPUTY}
        ),
    )
