"""The tree of units as it was on a day, and who led a unit from above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guiju.base.org.models import Appointment, Body, BodyMember, Post, Unit, UnitVersion
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads.within import is_wide, living, numbers_in, running, within
from guiju.base.ui.sources import looked_up
from guiju.core.access import Scope
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import BodyKind, MemberRole

ACTING = tuple(kind.value for kind in STANDING_IN)


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it was on a day.

    Attributes:
        parent: number of the unit above it then; 0 for none.
        path: its place today.
        posts: how many posts it had itself, ``vacant`` of them held by nobody.
    """

    number: int
    parent: int
    path: str
    reference: str
    code: str
    name: str
    kind: UnitKind
    is_key: bool
    posts: int
    vacant: int


@dataclass(frozen=True, slots=True)
class Above:
    """Somebody who leads a unit from above: in which post of which unit."""

    person: str
    name: str
    post: str
    post_name: str
    unit: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class UnitInBody:
    """That a unit hosts a body, keeps its office, or is one of its members."""

    body: str
    name: str
    kind: BodyKind
    role: MemberRole | None
    is_host: bool
    is_office: bool


@dataclass(frozen=True, slots=True)
class UnitHead:
    """What stands above every page of a unit.

    Attributes:
        line: the units above, from the top: name, reference and path.
        name: what it was called on the day, ``parent`` under which unit it stood.
        now: what it is called today.
    """

    reference: str
    path: str
    kind: UnitKind
    line: tuple[tuple[str, str, str], ...]
    name: str
    parent: str
    now: str
    founded: date | None
    abolished: date | None


def unit_head(reference: str, scope: Scope, *, on: date) -> UnitHead | None:
    """Return a unit's head, None outside of the scope; three queries."""
    unit = Unit.objects.filter(within(scope, "path"), reference=reference).first()
    if unit is None:
        return None
    above = numbers_in(unit.path)[:-1]
    line = sorted(
        Unit.objects.filter(number__in=above).values_list("name", "reference", "path"),
        key=lambda one: len(one[2]),
    )
    then = UnitVersion.objects.filter(
        Q(from_date=None) | Q(from_date__lte=on), Q(to_date=None) | Q(to_date__gt=on), unit=unit
    ).select_related("parent")
    version = then.first()
    return UnitHead(
        reference,
        unit.path,
        UnitKind.of(unit.kind),
        tuple(line),
        version.name if version else unit.name,
        version.parent.name if version and version.parent else "",
        unit.name,
        unit.founded_date,
        unit.abolished_date,
    )


def units_on(scope: Scope, *, on: date) -> tuple[UnitOnDay, ...]:
    """Return the units that existed on a day, named and placed as then, by code; two queries."""
    versions = UnitVersion.objects.filter(
        Q(from_date=None) | Q(from_date__lte=on),
        Q(to_date=None) | Q(to_date__gt=on),
        within(scope, "unit__path"),
        living(on, "unit__"),
    )
    counts = _post_counts(scope, on)
    rows = versions.order_by("unit__code").values_list(
        "unit",
        "parent",
        "unit__path",
        "unit__reference",
        "unit__code",
        "name",
        "unit__kind",
        "unit__is_key",
    )
    return tuple(
        UnitOnDay(
            unit,
            parent or 0,
            path,
            reference,
            code,
            name,
            UnitKind.of(kind),
            is_key,
            *_with_vacant(counts.get(unit, (0, 0))),
        )
        for unit, parent, path, reference, code, name, kind, is_key in rows
    )


def _with_vacant(counted: tuple[int, int]) -> tuple[int, int]:
    posts, held = counted
    return posts, posts - held


def _post_counts(scope: Scope, on: date) -> dict[int, tuple[int, int]]:
    """Return of each unit how many posts it has, and how many of them somebody holds."""
    posts = Post.objects.filter(living(on)).order_by()
    if not is_wide(scope):  # else nearly all of them are wanted, and to look for each costs more
        posts = posts.filter(within(scope, "unit__path"))
    counted = posts.values("unit").annotate(count=Count("pk"), held=Count("pk", filter=is_held(on)))
    return {
        unit: (count, held) for unit, count, held in counted.values_list("unit", "count", "held")
    }


def is_held(on: date) -> Q:
    """Return the condition that somebody holds a post on a day; that one is acting fills none.

    Most posts are held by a term without an end, which is looked for first and alone. It is for
    counting over all posts; ``is_held_each`` is for a page of a list.
    """
    return _held(on, Exists)


def is_held_each(on: date) -> Q:
    """Return the same condition, looked for beside each post."""
    return _held(on, looked_up)


def _held(on: date, is_there: Callable[[QuerySet[Appointment]], Exists]) -> Q:
    terms = Appointment.objects.filter(start_date__lte=on, post=OuterRef("pk"))
    terms = terms.exclude(kind__in=ACTING)
    return Q(is_there(terms.filter(end_date=None))) | Q(is_there(terms.filter(end_date__gt=on)))


def head_above(path: str, *, on: date) -> Above | None:
    """Return the head of the nearest unit above a path that has one on a day; one query."""
    above = numbers_in(path)[:-1]
    rows = Appointment.objects.filter(
        running(on), post__unit__in=above, post__leader_level=LeaderLevel.HEAD.value
    ).select_related("person", "post__unit")
    found = sorted(rows, key=lambda one: (-len(one.post.unit.path), one.kind in ACTING, one.number))
    if not found:
        return None
    one = found[0]
    unit = one.post.unit
    return Above(
        one.person.reference,
        one.person.name,
        one.post.reference,
        one.post.name,
        unit.reference,
        unit.name,
    )


def bodies_of(unit: str, *, on: date) -> tuple[UnitInBody, ...]:
    """Return in which bodies a unit has a part on a day, by kind and name; two queries."""
    kept = Body.objects.filter(
        Q(host__reference=unit) | Q(office__reference=unit), living(on)
    ).select_related("host", "office")
    found = [
        UnitInBody(
            one.reference,
            one.name,
            BodyKind.of(one.kind),
            None,
            one.host.reference == unit,
            one.office is not None and one.office.reference == unit,
        )
        for one in kept
    ]
    members = BodyMember.objects.filter(
        running(on), living(on, "body__"), unit__reference=unit, person=None
    ).select_related("body")
    found += [
        UnitInBody(
            one.body.reference,
            one.body.name,
            BodyKind.of(one.body.kind),
            MemberRole.of(one.role),
            is_host=False,
            is_office=False,
        )
        for one in members
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.name, one.role or "")))
