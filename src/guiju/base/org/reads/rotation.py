"""Who has been in a post for long, and who holds much (S0-09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guiju.base.org.models import Appointment, Post
from guiju.base.org.periods import Period, unbroken, years_later
from guiju.base.org.reads.within import living, running, within
from guiju.core.access import Scope
from guiju.core.organisation.words import Function
from guiju.core.organisation.words_bodies import RotationState

REMIND_DAYS = 180
"""So many days before the longest tenure is over, people are reminded."""


@dataclass(frozen=True, slots=True)
class RotationRow:
    """Somebody whose longest tenure of a post is near its end or over.

    Attributes:
        since: since when they have held it without a break.
        due: the last day of the longest tenure.
    """

    post: str
    post_name: str
    is_key: bool
    unit_name: str
    person: str
    name: str
    years: int
    since: date
    due: date
    state: RotationState


@dataclass(frozen=True, slots=True)
class Concentration:
    """Somebody who holds several posts, or a post with several functions.

    Attributes:
        posts: reference and name.
        key_posts: how many of them are key posts.
        functions: what they are in charge of, all posts together.
    """

    person: str
    name: str
    posts: tuple[tuple[str, str], ...]
    key_posts: int
    functions: tuple[Function, ...]


def rotation_state(since: date, years: int, *, on: date, remind: int) -> tuple[date, RotationState]:
    """Return the last day of the longest tenure, and how near it is ``on`` a day."""
    due = years_later(since, years)
    if on > due:
        return due, RotationState.OVERDUE
    soon = (due - on).days <= remind
    return due, RotationState.SOON if soon else RotationState.WITHIN


def rotation_due(scope: Scope, *, on: date, remind: int = REMIND_DAYS) -> tuple[RotationRow, ...]:
    """Return whose tenure is near its end or over, the most overdue first; two queries.

    Terms that follow each other without a gap count as one tenure: a renewal ends nothing.
    """
    limited = Q(post__longest_tenure_years__isnull=False)
    years = Post.objects.exclude(longest_tenure_years=None).values_list(
        "longest_tenure_years", flat=True
    )
    limits = sorted(one for one in years.distinct() if one is not None)
    if not limits:
        return ()
    same = Appointment.objects.filter(post=OuterRef("post"), person=OuterRef("person"))
    long_ago = Q(pk__in=[])
    for most in limits:
        latest = _years_before(on + timedelta(days=remind), most)
        long_ago |= Q(post__longest_tenure_years=most, start_date__lte=latest)
    rows = Appointment.objects.filter(
        limited,
        within(scope, "post__unit__path"),
        living(on, "post__"),
        Exists(same.filter(running(on))),
        Exists(same.filter(long_ago)),
    )
    due = [row for row in _tenures(rows, on, remind) if row.state is not RotationState.WITHIN]
    return tuple(sorted(due, key=lambda row: (row.due, row.post, row.person)))


def _years_before(day: date, years: int) -> date:
    """Return a day from which so many years are surely not over before ``day``, or hardly."""
    if day.year - years < date.min.year + 1:
        return date.min
    # A day more than the corresponding one: 29 February has none in most years.
    return date(day.year - years, day.month, min(day.day, 28)) + timedelta(days=3)


def _tenures(rows: QuerySet[Appointment], on: date, remind: int) -> Iterable[RotationRow]:
    columns = rows.values_list(
        "post__reference",
        "post__name",
        "post__is_key",
        "post__unit__name",
        "person__reference",
        "person__name",
        "post__longest_tenure_years",
        "start_date",
        "end_date",
    )
    terms: dict[tuple[str, str, bool, str, str, str, int], list[Period]] = {}
    for post, name, is_key, unit, person, called, years, start, end in columns:
        held = (post, name, is_key, unit, person, called, years or 0)
        terms.setdefault(held, []).append(Period(start, end))
    for (post, name, is_key, unit, person, called, years), periods in terms.items():
        now = next((one for one in unbroken(periods) if one.holds(on)), None)
        if now is None or now.start is None:
            continue
        due, state = rotation_state(now.start, years, on=on, remind=remind)
        yield RotationRow(post, name, is_key, unit, person, called, years, now.start, due, state)


def concentration(
    scope: Scope, *, on: date, posts: int = 2, functions: int = 3
) -> tuple[Concentration, ...]:
    """Return who holds so many posts, or is in charge of so many functions; two queries.

    The most posts first.
    """
    running_now = Appointment.objects.filter(running(on), within(scope, "post__unit__path"))
    many = (
        running_now.order_by()
        .values("person")
        .annotate(held=Count("post", distinct=True))
        .filter(held__gte=posts)
        .values("person")
    )
    rows = running_now.filter(Q(person__in=many) | ~Q(post__functions=[]))
    held: dict[str, list[Appointment]] = {}
    for one in rows.select_related("post", "person"):
        held.setdefault(one.person.reference, []).append(one)
    found = [_concentration(terms) for terms in held.values()]
    return tuple(
        sorted(
            (one for one in found if len(one.posts) >= posts or len(one.functions) >= functions),
            key=lambda one: (-len(one.posts), -len(one.functions), one.person),
        )
    )


def _concentration(terms: list[Appointment]) -> Concentration:
    person = terms[0].person
    posts = {one.post.reference: one.post for one in terms}
    functions = {code for post in posts.values() for code in post.functions}
    return Concentration(
        person.reference,
        person.name,
        tuple((reference, post.name) for reference, post in sorted(posts.items())),
        sum(post.is_key for post in posts.values()),
        tuple(sorted(map(Function.of, functions))),
    )
