"""Who has been in a post for long, and who holds much (S0-09)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from guiju.base.org.models import Appointment, Post
from guiju.base.org.periods import Period, unbroken, years_later
from guiju.base.org.reads.within import is_wide, living, running, within
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
class Tenure:
    """The same without names; ``number`` is that of the term that runs."""

    number: int
    is_key: bool
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


@dataclass(frozen=True, slots=True)
class HoldsMuch:
    """Somebody who holds much, by number and reference: how many posts and functions."""

    number: int
    person: str
    posts: int
    functions: int


def rotation_state(since: date, years: int, *, on: date, remind: int) -> tuple[date, RotationState]:
    """Return the last day of the longest tenure, and how near it is ``on`` a day."""
    due = years_later(since, years)
    if on > due:
        return due, RotationState.OVERDUE
    soon = (due - on).days <= remind
    return due, RotationState.SOON if soon else RotationState.WITHIN


def rotation_due(scope: Scope, *, on: date, remind: int = REMIND_DAYS) -> tuple[RotationRow, ...]:
    """Return whose tenure is near its end or over, the most overdue first; four queries at most.

    Terms that follow each other without a gap count as one tenure: a renewal ends nothing.
    """
    return rotation_rows(tenures_due(scope, on=on, remind=remind))


def tenures_due(scope: Scope, *, on: date, remind: int = REMIND_DAYS) -> tuple[Tenure, ...]:
    """Return the same without names, for a list of which a page is shown; three queries at most."""
    limited = Post.objects.filter(longest_tenure_years__isnull=False).order_by()
    limits = limited.values_list("longest_tenure_years", flat=True).distinct()
    begun, soon = Q(goes_on=True), on + timedelta(days=remind)
    for years in limits:
        latest = _years_before(soon, years or 0)
        begun |= Q(longest_tenure_years=years, since__lte=latest)
    terms = limited.filter(
        living(on), within(scope, "unit__path"), running(on, "appointments__")
    ).annotate(
        term=F("appointments__number"),
        person=F("appointments__person"),
        since=F("appointments__start_date"),
    )
    # Of the post's own number, so that it is asked where the post is known to have a limit and
    # not of every term that runs.
    before = Appointment.objects.filter(
        person=OuterRef("person"), post=OuterRef("pk"), start_date__lt=OuterRef("since")
    )
    return _tenures(terms.annotate(goes_on=Exists(before)).filter(begun), on, remind)


def rotation_rows(tenures: Sequence[Tenure]) -> tuple[RotationRow, ...]:
    """Return tenures with the names of posts, units and people; at most one query."""
    if not tenures:
        return ()
    terms = Appointment.objects.filter(pk__in=[one.number for one in tenures]).values_list(
        "number",
        "post__reference",
        "post__name",
        "post__unit__name",
        "person__reference",
        "person__name",
    )
    named = {number: names for number, *names in terms}
    return tuple(_row(one, *named[one.number]) for one in tenures)


def _row(one: Tenure, post: str, post_name: str, unit: str, person: str, name: str) -> RotationRow:
    return RotationRow(
        post, post_name, one.is_key, unit, person, name, one.years, one.since, one.due, one.state
    )


def _years_before(day: date, years: int) -> date:
    """Return a day from which so many years are surely not over before ``day``, or hardly."""
    if day.year - years < date.min.year + 1:
        return date.min
    # A day more than the corresponding one: 29 February has none in most years.
    return date(day.year - years, day.month, min(day.day, 28)) + timedelta(days=3)


def _tenures(rows: QuerySet[Any], on: date, remind: int) -> tuple[Tenure, ...]:
    columns = rows.values_list(
        "term", "pk", "person", "is_key", "longest_tenure_years", "since", "goes_on"
    )
    listed = list(columns)
    began = _beginnings([row[0] for row in listed if row[-1]], on)
    found: dict[tuple[int, int], Tenure] = {}
    for number, post, person, is_key, years, start, _ in listed:
        since = began.get(number, start)
        due, state = rotation_state(since, years or 0, on=on, remind=remind)
        if state is not RotationState.WITHIN:
            found[post, person] = Tenure(number, is_key, years or 0, since, due, state)
    return tuple(sorted(found.values(), key=lambda one: (one.due, one.number)))


def _beginnings(terms: Sequence[int], on: date) -> dict[int, date]:
    """Return since when posts are held without a break by terms that perhaps go on from others."""
    if not terms:
        return {}
    rows = Appointment.objects.filter(pk__in=terms, post__appointments__person=F("person"))
    periods: dict[int, list[Period]] = {}
    for number, start, end in rows.values_list(
        "number", "post__appointments__start_date", "post__appointments__end_date"
    ):
        periods.setdefault(number, []).append(Period(start, end))
    joined = {number: unbroken(theirs) for number, theirs in periods.items()}
    return {
        number: one.start
        for number, theirs in joined.items()
        for one in theirs
        if one.holds(on) and one.start is not None
    }


def concentration(
    scope: Scope, *, on: date, posts: int = 2, functions: int = 3
) -> tuple[Concentration, ...]:
    """Return who holds so many posts, or is in charge of so many functions; two queries.

    The most posts first.
    """
    found = holding_much(scope, on=on, posts=posts, functions=functions)
    return told(found, scope, on=on)


def holding_much(
    scope: Scope, *, on: date, posts: int = 2, functions: int = 3
) -> tuple[HoldsMuch, ...]:
    """Return the same without names, for a list of which a page is shown; one query."""
    rows = Appointment.objects.filter(
        running(on),
        within(scope, "post__unit__path"),
        person__in=_perhaps(scope, on, min(posts, 2), functions),
    )
    charge = Cast("post__functions", TextField())  # thousands of rows, of which most say the same
    read = cache(json.loads)
    held: dict[tuple[int, str], dict[int, str]] = {}
    for number, person, post, text in rows.values_list(
        "person", "person__reference", "post", charge
    ):
        held.setdefault((number, person), {})[post] = text
    found = [
        HoldsMuch(number, person, len(theirs), len(set(chain(*map(read, theirs.values())))))
        for (number, person), theirs in held.items()
    ]
    return tuple(
        sorted(
            (one for one in found if one.posts >= posts or one.functions >= functions),
            key=lambda one: (-one.posts, -one.functions, one.person),
        )
    )


def _perhaps(scope: Scope, on: date, posts: int, functions: int) -> QuerySet[Any, Any]:
    """Return everybody whom it may be about, found along indexes; others surely hold less.

    Somebody holds several posts by several terms without an end, or has a term with one. Who
    holds a single post must find all the functions in it.
    """
    terms = Appointment.objects.order_by()
    if not is_wide(scope):
        terms = terms.filter(within(scope, "post__unit__path"))
    several = (
        terms.filter(end_date=None)
        .values("person")
        .annotate(held=Count("post"))
        .filter(held__gte=posts)
    )
    charged = Post.objects.filter(**{f"functions__{functions - 1}__isnull": False}).order_by()
    return several.values("person").union(
        terms.filter(end_date__gt=on).values("person"),
        terms.filter(end_date=None, post__in=charged.values("pk")).values("person"),
    )


def told(rows: Sequence[HoldsMuch], scope: Scope, *, on: date) -> tuple[Concentration, ...]:
    """Return these people with their posts and functions; one query."""
    terms = Appointment.objects.filter(
        running(on),
        within(scope, "post__unit__path"),
        person__in=[one.number for one in rows],
    )
    held: dict[int, list[Appointment]] = {}
    for one in terms.select_related("post", "person"):
        held.setdefault(one.person_id, []).append(one)
    return tuple(_concentration(held[one.number]) for one in rows)


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
