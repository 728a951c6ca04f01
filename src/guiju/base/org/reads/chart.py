"""Who heads units on a day: what stands in the boxes of their chart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiju.base.org.models import Post
from guiju.base.org.reads.holders import Holder, holders_in
from guiju.base.org.reads.within import living
from guiju.core.organisation.words import LeaderLevel


@dataclass(frozen=True, slots=True)
class HeadPost:
    """A unit's post of a head: its name, and who held it or stood in; nobody is a vacancy."""

    name: str
    holders: tuple[Holder, ...]


def heads_of(units: Collection[int], *, on: date) -> dict[int, tuple[HeadPost, ...]]:
    """Return the heads' posts of units, by the units' numbers; two queries."""
    posts = Post.objects.filter(living(on), unit__in=units, leader_level=LeaderLevel.HEAD.value)
    held = holders_in(Q(post__unit__in=units, post__leader_level=LeaderLevel.HEAD.value), on)
    found: dict[int, list[HeadPost]] = {}
    for unit, reference, name in posts.order_by("code").values_list("unit", "reference", "name"):
        found.setdefault(unit, []).append(HeadPost(name, held.get(reference, ())))
    return {unit: tuple(rows) for unit, rows in found.items()}
