"""Who held a post on a day, and who stood in: the question that everything asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from django.db.models import CharField, Exists, F, JSONField, OuterRef, Q, QuerySet, Value

from guiju.base.org.find import CHINA
from guiju.base.org.models import Appointment, Delegation
from guiju.base.org.periods import DAY
from guiju.base.org.policies import counts_as
from guiju.base.org.reads.within import running
from guiju.core.organisation.words import AppointmentKind, Function
from guiju.core.organisation.words_bodies import StandIn


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who could act in a post.

    Attributes:
        post: the post's reference.
        person: their reference, with name and code.
        how: as holder, acting, or by delegation.
        kind: of which kind the appointment is; None for a delegate.
        start: since when.
        end: the first day on which it is over; None without an end.
        source: the reference of the appointment or delegation.
        principal: who delegated it; empty otherwise.
        functions: which functions are delegated; none is the whole post.
    """

    post: str
    person: str
    name: str
    code: str
    how: StandIn
    kind: AppointmentKind | None
    start: date
    end: date | None
    source: str
    principal: str = ""
    functions: tuple[Function, ...] = ()


_Row: TypeAlias = tuple[str, str, str, str, str, date, date | None, str, str, list[str] | None, int]
_ORDER = {StandIn.HOLDER: 0, StandIn.ACTING: 1, StandIn.DELEGATE: 2}


def holding(found: Iterable[Holder]) -> tuple[Holder, ...]:
    """Return who of these holds the post."""
    return tuple(one for one in found if one.how is StandIn.HOLDER)


def standing_in(found: Iterable[Holder]) -> tuple[Holder, ...]:
    """Return who of these stands in."""
    return tuple(one for one in found if one.how is not StandIn.HOLDER)


def holders(post: str, on: date) -> tuple[Holder, ...]:
    """Return who held a post on a day, then who stood in; one query.

    A delegation counts while its principal holds the post, and no longer on the day on which
    it is taken back.
    """
    return holders_of([post], on).get(post, ())


def holders_of(posts: Iterable[str], on: date) -> dict[str, tuple[Holder, ...]]:
    """Return ``holders`` of several posts, by their references; one query."""
    wanted = list(posts)
    return _by_post(
        Appointment.objects.filter(running(on), post__reference__in=wanted),
        Delegation.objects.filter(in_force(on), post__reference__in=wanted),
    )


def holders_in(unit: Q, on: date) -> dict[str, tuple[Holder, ...]]:
    """Return ``holders`` of the posts for which a condition on ``post__…`` holds; one query."""
    return _by_post(
        Appointment.objects.filter(running(on), unit),
        Delegation.objects.filter(in_force(on), unit),
    )


def in_force(on: date) -> Q:
    """Return the condition that a delegation holds on a day."""
    held = Appointment.objects.filter(
        running(on), post=OuterRef("post"), person=OuterRef("principal")
    )
    serving = Q(delegate__left_date=None) | Q(delegate__left_date__gt=on)
    return (
        Q(start_date__lte=on, last_date__gte=on)
        & (Q(revoked_at=None) | Q(revoked_at__gte=day_after(on)))
        & serving
        & Q(Exists(held))
    )


def day_after(on: date) -> datetime:
    """Return the instant at which the day after ``on`` begins in China."""
    return datetime.combine(on + DAY, time(), CHINA)


def _by_post(
    appointments: QuerySet[Appointment], delegations: QuerySet[Delegation]
) -> dict[str, tuple[Holder, ...]]:
    terms = appointments.values_list(
        F("post__reference"),
        F("person__reference"),
        F("person__name"),
        F("person__code"),
        F("kind"),
        F("start_date"),
        F("end_date"),
        F("reference"),
        Value("", CharField()),
        Value(None, JSONField()),
        F("number"),
    )
    taken = delegations.values_list(
        F("post__reference"),
        F("delegate__reference"),
        F("delegate__name"),
        F("delegate__code"),
        Value("", CharField()),
        F("start_date"),
        F("last_date"),
        F("reference"),
        F("principal__reference"),
        F("functions"),
        F("number"),
    )
    found: dict[str, list[Holder]] = {}
    for row in terms.union(taken, all=True):
        one = _holder(row)
        found.setdefault(one.post, []).append(one)
    return {post: tuple(sorted(rows, key=_order)) for post, rows in found.items()}


def _holder(row: _Row) -> Holder:
    post, person, name, code, kind, start, end, source, principal, functions, _ = row
    known = AppointmentKind.of(kind) if kind else None
    last = end + DAY if known is None and end is not None and end < date.max else end
    return Holder(
        post,
        person,
        name,
        code,
        counts_as(known),
        known,
        start,
        last,
        source,
        principal,
        tuple(map(Function.of, functions or ())),
    )


def _order(one: Holder) -> tuple[int, date, str]:
    return _ORDER[one.how], one.start, one.source


@dataclass(frozen=True, slots=True)
class PastHolder:
    """One term in the history of a post."""

    person: str
    name: str
    code: str
    kind: AppointmentKind
    start: date
    end: date | None
    document: str
    appointment: str


def history(post: str) -> tuple[PastHolder, ...]:
    """Return everybody who was ever appointed to a post, the latest first; one query."""
    rows = Appointment.objects.filter(post__reference=post).select_related("person")
    return tuple(
        PastHolder(
            one.person.reference,
            one.person.name,
            one.person.code,
            AppointmentKind.of(one.kind),
            one.start_date,
            one.end_date,
            one.document,
            one.reference,
        )
        for one in rows.order_by("-start_date", "-number")
    )
