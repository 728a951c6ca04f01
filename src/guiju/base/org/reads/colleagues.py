"""Who works beside somebody: who stands in for whom, who serves in the same units."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from guiju.base.org.models import Appointment, Delegation, Post, Unit
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads.holders import in_force
from guiju.base.org.reads.within import running
from guiju.core.organisation.words import AppointmentKind

_MOST = 300
"""How many colleagues are offered; the nearest come first."""


@dataclass(frozen=True, slots=True)
class ColleagueShown:
    """Somebody in one of their posts; ``path`` is that of the post's unit."""

    person: str
    name: str
    post: str
    post_name: str
    unit: str
    path: str


def absences(people: Collection[str], on: date) -> tuple[tuple[str, str, str], ...]:
    """Return who stands in for any of these people, or for whom they do; one query.

    By a delegation in force, or as acting holder of a post beside the one who holds it. Each
    as the absent one, who stands in, and the post. A post that nobody holds has nobody whom
    the acting one stands in for.
    """
    wanted = list(people)
    holder = "post__appointments__person__reference"
    # Each arm begins with the person: one that asks for either would look through everybody.
    arms: list[QuerySet[Any, Any]] = [
        _acting_beside(on, Q(**{f"{one}__in": wanted})).values_list(
            F(holder), F("person__reference"), F("post__reference")
        )
        for one in (holder, "person__reference")
    ]
    given = Delegation.objects.filter(in_force(on)).values_list(
        F("principal__reference"), F("delegate__reference"), F("post__reference")
    )
    arms += [
        given.filter(principal__reference__in=wanted),
        given.filter(delegate__reference__in=wanted),
    ]
    return tuple(sorted(arms[0].union(*arms[1:])))


def _acting_beside(on: date, whom: Q) -> QuerySet[Appointment]:
    """Return who acts in a post beside somebody else who holds it, joined with that one."""
    acting = [kind.value for kind in STANDING_IN]
    own = [kind.value for kind in AppointmentKind if kind not in STANDING_IN]
    holder = "post__appointments__"
    # Not ``exclude``, which would join the post's terms once more, those that are over too.
    another = Q(**{f"{holder}person__lt": F("person")}) | Q(**{f"{holder}person__gt": F("person")})
    return Appointment.objects.filter(
        running(on),
        running(on, holder),
        another,
        whom,
        kind__in=acting,
        post__appointments__kind__in=own,
    )


def colleagues(person: str, on: date) -> tuple[ColleagueShown, ...]:
    """Return who else holds a post in somebody's units or right below, nearest first; one query."""
    own = Post.objects.filter(
        appointments__in=Appointment.objects.filter(running(on), person__reference=person)
    ).values("unit")
    below = Unit.objects.filter(parent__in=own).order_by().values("pk")
    # Not one condition for either: PostgreSQL would take most units for near ones.
    rows = Appointment.objects.filter(running(on), post__unit__in=own.union(below))
    others = rows.exclude(person__reference=person).filter(person__erased_at=None)
    shown = others.order_by(Length("post__unit__path"), "post__code", "number").values_list(
        "person__reference",
        "person__name",
        "post__reference",
        "post__name",
        "post__unit__reference",
        "post__unit__path",
    )
    return tuple(ColleagueShown(*row) for row in shown[:_MOST])
