"""How the posts of a unit are filled on a day, for those who judge flows by who acts in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Concat

from guiju.base.org.models import Post
from guiju.base.org.reads.holders import Holder, holders_in, holding, standing_in
from guiju.base.org.reads.within import living, within
from guiju.core.access import Scope
from guiju.core.organisation.words import Function, LeaderLevel


@dataclass(frozen=True, slots=True)
class StaffedPost:
    """A post with who holds it on the day and who stands in."""

    reference: str
    name: str
    unit: str
    unit_name: str
    level: LeaderLevel | None
    functions: tuple[Function, ...]
    is_key: bool
    years: int | None
    holders: tuple[Holder, ...]

    @property
    def own(self) -> tuple[Holder, ...]:
        """Who holds it."""
        return holding(self.holders)

    @property
    def standing_in(self) -> tuple[Holder, ...]:
        """Who stands in."""
        return standing_in(self.holders)


def staffing(path: str, on: date, names: Collection[str] | None = None) -> tuple[StaffedPost, ...]:
    """Return the posts of a unit and of all below it, by code; two queries.

    Args:
        path: the unit's place.
        on: the day.
        names: only posts that are called so, alone or with their unit's name before it.
    """
    inside = Scope((path,))
    wanted = within(inside, "post__unit__path")
    posts = Post.objects.filter(within(inside, "unit__path"), living(on))
    if names is not None:
        full = Concat("unit__name", "name")
        posts = posts.annotate(full=full).filter(Q(name__in=names) | Q(full__in=names))
        wanted = Q(post__in=posts.order_by().values("number"))
    held = holders_in(Q(wanted), on)
    return tuple(
        StaffedPost(
            one.reference,
            one.name,
            one.unit.reference,
            one.unit.name,
            LeaderLevel.of(one.leader_level) if one.leader_level else None,
            tuple(map(Function.of, one.functions)),
            one.is_key,
            one.longest_tenure_years,
            held.get(one.reference, ()),
        )
        for one in posts.select_related("unit").order_by("code")
    )
