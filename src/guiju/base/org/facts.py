"""What the policies judge by, out of the database."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from guiju.base.org.models import Appointment, Delegation, Person, Post, PostConflict
from guiju.base.org.periods import Period, through
from guiju.base.org.policies import Conflicts, Holding, Seat
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel


def seat(post: Post, functions: Iterable[str] = ()) -> Seat:
    """Return a post for the policies, or as much of it as some functions are."""
    unit = post.unit
    starts = [day for day in (post.founded_date, unit.founded_date) if day]
    ends = [day for day in (post.abolished_date, unit.abolished_date) if day]
    return Seat(
        post.reference,
        post.name,
        unit.path,
        LeaderLevel.of(post.leader_level) if post.leader_level else None,
        frozenset(map(Function.of, functions or post.functions)),
        frozenset(map(Function.of, post.barred_functions)),
        Period(max(starts, default=None), min(ends, default=None)),
    )


def holdings(appointments: QuerySet[Appointment]) -> list[Holding]:
    """Return appointments as holdings; one query."""
    return [
        Holding(
            one.person.reference,
            seat(one.post),
            AppointmentKind.of(one.kind),
            Period(one.start_date, one.end_date),
        )
        for one in appointments.select_related("person", "post__unit")
    ]


def held_by(person: Person) -> list[Holding]:
    """Return what somebody holds and what is delegated to them, at whatever time; two queries."""
    taken = Delegation.objects.filter(delegate=person, revoked_at=None).select_related("post__unit")
    return [
        *holdings(Appointment.objects.filter(person=person)),
        *(
            Holding(
                person.reference,
                seat(one.post, one.functions),
                None,
                through(one.start_date, one.last_date),
            )
            for one in taken
        ),
    ]


def beside(post: Post) -> list[Holding]:
    """Return who holds a post, and the heads' posts of its unit; one query."""
    heads = Q(post__unit=post.unit, post__leader_level=LeaderLevel.HEAD.value)
    return holdings(Appointment.objects.filter(Q(post=post) | heads))


def conflicts_of(post: Post) -> Conflicts:
    """Return with which posts nobody may hold this one; one query."""
    pairs = PostConflict.objects.filter(Q(one=post) | Q(other=post))
    return {
        frozenset({pair.one.reference, pair.other.reference}): pair.reason
        for pair in pairs.select_related("one", "other")
    }
