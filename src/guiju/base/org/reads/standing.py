"""What other rooms are told: where units lie, who acts in what post, who stands above whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiju.base.org.models import Appointment, Delegation, Person, Post, Unit
from guiju.base.org.policies import LEADERS, STANDING_IN
from guiju.base.org.reads.holders import in_force
from guiju.base.org.reads.within import numbers_in, running, within
from guiju.core.access import Grant, Scope
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import Role


def path_of(reference: str) -> str | None:
    """Return a unit's path, None when there is no such unit; one query."""
    return Unit.objects.filter(reference=reference).values_list("path", flat=True).first()


def paths_of(references: Iterable[str]) -> dict[str, str]:
    """Return the paths of units, without those that are unknown; one query."""
    rows = Unit.objects.filter(reference__in=list(references))
    return dict(rows.values_list("reference", "path"))


def units_of(posts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the unit of each post and where it lies, by the post; one query."""
    rows = Post.objects.filter(reference__in=list(posts))
    found = rows.values_list("reference", "unit__reference", "unit__path")
    return {post: (unit, path) for post, unit, path in found}


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Return what units are called, without those that are unknown; one query."""
    rows = Unit.objects.filter(reference__in=list(references))
    return dict(rows.values_list("reference", "name"))


def offered() -> list[tuple[str, str]]:
    """Return the units that are not abolished, reference and name, by code; one query."""
    rows = Unit.objects.filter(abolished_date=None).order_by("code")
    return list(rows.values_list("reference", "name"))


def acting_post(person: str, on: date) -> tuple[str, str]:
    """Return the post in which somebody acts, and its unit; empty without one; one query.

    One's own post comes before one in which one stands in, the older before the newer.
    """
    rows = Appointment.objects.filter(running(on), person__reference=person)
    found = rows.values_list("kind", "start_date", "post__reference", "post__unit__reference")
    standing_in = {kind.value for kind in STANDING_IN}
    ordered = sorted((kind in standing_in, start, post, unit) for kind, start, post, unit in found)
    return ordered[0][2:] if ordered else ("", "")


def grants_from_delegations(person: str, on: date) -> tuple[Grant, ...]:
    """Return the roles that delegations give somebody on a day; one query.

    Who stands in for a leader sees what the leader of that unit sees, as long as it lasts.
    """
    rows = Delegation.objects.filter(
        in_force(on),
        delegate__reference=person,
        post__leader_level__in=[level.value for level in LEADERS],
    )
    paths = rows.order_by().values_list("post__unit__path", flat=True).distinct()
    return tuple(Grant(Role.LEADER, path) for path in sorted(paths))


def person_of(code: str) -> tuple[str, str] | None:
    """Return the reference and the name of who serves under a code, None for nobody; one query."""
    rows = Person.objects.filter(code=code, left_date=None, erased_at=None)
    return rows.values_list("reference", "name").first()


def units_within(scope: Scope) -> tuple[str, ...]:
    """Return the units of a scope, by reference; one query."""
    return tuple(Unit.objects.filter(within(scope, "path")).values_list("reference", flat=True))


def called(references: Iterable[str]) -> dict[str, str]:
    """Return how people, posts and units are called, without those that are unknown.

    One query. An erased person has no name.
    """
    wanted = list(references)
    questions = []
    for model, noun in ((Person, "person:"), (Post, "post:"), (Unit, "unit:")):
        named = [reference for reference in wanted if reference.startswith(noun)]
        if named:
            rows = model.objects.filter(reference__in=named).order_by()
            questions.append(rows.values_list("reference", "name"))
    if not questions:
        return {}
    first, *others = questions
    found = dict(first.union(*others, all=True) if others else first)
    return {reference: name for reference, name in found.items() if name}


def stand_ins(people: Iterable[str], on: date) -> tuple[tuple[str, str, str], ...]:
    """Return the delegations in force that any of these people gave or took; one query.

    Each as who delegated, who stands in, and for which post.
    """
    wanted = list(people)
    either = Q(principal__reference__in=wanted) | Q(delegate__reference__in=wanted)
    rows = Delegation.objects.filter(in_force(on), either).order_by("number")
    return tuple(rows.values_list("principal__reference", "delegate__reference", "post__reference"))


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody, and for whom they stand in: principal and post, by reference."""

    person: str
    taken: tuple[tuple[str, str], ...]

    def concerned(self, **still: object) -> Q:
        """Return the condition that a row with ``person`` and ``post`` is theirs to answer for.

        Args:
            still: what must hold besides of a row in which they only stand in.
        """
        wanted = Q(person=self.person)
        for principal, post in self.taken:
            wanted |= Q(person=principal, post=post, **still)
        return wanted


def acting(person: str, on: date) -> Acting:
    """Return somebody with the delegations that they took and that are in force; one query."""
    taken = stand_ins([person], on)
    return Acting(person, tuple((who, post) for who, to, post in taken if to == person))


def superior_of(person: str, post: str, on: date) -> str:
    """Return who stands above somebody in a post on a day, empty when nobody is known.

    The head of the post's unit, or of the nearest unit above that has one who is not they
    themselves; two queries.
    """
    path = Post.objects.filter(reference=post).values_list("unit__path", flat=True).first()
    if path is None:
        return ""
    numbers = numbers_in(path)
    rows = Appointment.objects.filter(
        running(on),
        post__unit__number__in=numbers,
        post__leader_level=LeaderLevel.HEAD.value,
    ).exclude(person__reference=person)
    found = rows.values_list("post__unit__path", "kind", "person__reference")
    standing_in = {kind.value for kind in STANDING_IN}
    ordered = sorted((-len(unit), kind in standing_in, who) for unit, kind, who in found)
    return ordered[0][2] if ordered else ""
