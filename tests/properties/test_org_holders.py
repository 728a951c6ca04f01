"""Who held a post on a day, and where units stand, against answers from the bare rows."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.org.models import Appointment, Delegation, Person, Post, Unit
from guiju.base.org.reads.holders import holders_of
from guiju.base.org.reads.units import tree
from guiju.base.record import wall
from guiju.core.access import EVERYWHERE, scope_of
from guiju.core.organisation.words import AppointmentKind
from guiju.core.organisation.words_bodies import StandIn

pytestmark = pytest.mark.django_db

ZERO = date(2024, 2, 25)
SPAN = 12
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

number = st.integers(0, SPAN)
people = st.integers(0, 3)
posts = st.integers(0, 2)
term = st.tuples(people, posts, st.sampled_from(AppointmentKind), number, st.none() | number)
delegation = st.tuples(posts, people, people, number, number, st.none() | st.integers(0, 24 * SPAN))


def day(count):
    return ZERO + timedelta(days=count)


def hour(count):
    """So many hours after the beginning of the first day in China."""
    return datetime(2024, 2, 24, 16, tzinfo=UTC) + timedelta(hours=count)


def expected(terms, given_away, left, post, count):
    """Return who could act on a day, by looking at every row."""
    found = set()
    for place, (person, held, kind, start, end) in terms.items():
        if held == post and start <= count and (end is None or count < end):
            stands_in = kind in {AppointmentKind.ACTING, AppointmentKind.PRESIDING}
            how = StandIn.ACTING if stands_in else StandIn.HOLDER
            found.add((how, f"person:{person}", f"appointment:{place}"))
    for place, (held, principal, delegate, first, last, hours) in given_away.items():
        if (
            held != post
            or not first <= count <= last
            or (delegate in left and left[delegate] <= count)
        ):
            continue
        if hours is not None and hours < 24 * (count + 1):
            continue
        holds = any(
            person == principal and at == post and start <= count and (end is None or count < end)
            for person, at, _, start, end in terms.values()
        )
        if holds:
            found.add((StandIn.DELEGATE, f"person:{delegate}", f"delegation:{place}"))
    return found


def write(terms, given_away, left):
    unit = Unit.objects.create(reference="unit:1", code="U", name="U", kind="office", path="1/")
    made = Post.objects.bulk_create(
        Post(reference=f"post:{n}", code=f"P{n}", name=f"P{n}", unit=unit) for n in range(3)
    )
    who = Person.objects.bulk_create(
        Person(
            reference=f"person:{n}",
            code=f"N{n}",
            name=f"N{n}",
            left_date=day(left[n]) if n in left else None,
        )
        for n in range(4)
    )
    Appointment.objects.bulk_create(
        Appointment(
            reference=f"appointment:{place}",
            person=who[person],
            post=made[post],
            kind=kind.value,
            start_date=day(start),
            end_date=None if end is None else day(end),
        )
        for place, (person, post, kind, start, end) in terms.items()
    )
    Delegation.objects.bulk_create(
        Delegation(
            reference=f"delegation:{place}",
            post=made[post],
            principal=who[principal],
            delegate=who[delegate],
            start_date=day(first),
            last_date=day(last),
            reason="x",
            revoked_at=None if hours is None else hour(hours),
            revoked_by="" if hours is None else "person:0",
        )
        for place, (post, principal, delegate, first, last, hours) in given_away.items()
    )


@contextmanager
def undone():
    """Write freely, and leave nothing for the next example."""
    with wall.opened(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@QUICK
@given(
    st.lists(term, max_size=8, unique_by=lambda one: one[:2]),
    st.lists(delegation, max_size=5),
    st.dictionaries(people, number, max_size=1),
)
def test_who_held_a_post_on_each_day(db, terms, given_away, left):
    sound = [one for one in terms if one[4] is None or one[3] < one[4]]
    rows = dict(enumerate(sound))
    away = dict(enumerate(one for one in given_away if one[1] != one[2] and one[3] <= one[4]))
    with undone():
        write(rows, away, left)
        for count in range(SPAN + 1):
            found = holders_of([f"post:{n}" for n in range(3)], day(count))
            for post in range(3):
                shown = found.get(f"post:{post}", ())
                told = {(one.how, one.person, one.source) for one in shown}
                assert told == expected(rows, away, left, post, count)
                assert [one.how for one in shown] == sorted(
                    (one.how for one in shown), key=list(StandIn).index
                )


@QUICK
@given(st.lists(st.integers(0, 30), max_size=14), st.sets(st.integers(1, 15), max_size=4))
def test_a_tree_shows_each_unit_after_the_one_above_it_and_nothing_outside(db, parents, scope):
    with undone():
        made = []
        for place, chosen in enumerate(parents, start=1):
            above = made[chosen - 1] if 0 < chosen <= len(made) else None
            path = f"{above.path if above else ''}{place}/"
            made.append(
                Unit.objects.create(
                    number=place,
                    reference=f"unit:{place}",
                    code=f"U{(place * 7) % 15:02}",
                    name="U",
                    kind="office",
                    parent=above,
                    path=path,
                )
            )
        inside = [one for one in made if any(str(n) in one.path.split("/") for n in scope)]
        limited = scope_of(one.path for one in made if one.number in scope)
        shown = tree(limited, on=ZERO)
        everything = tree(EVERYWHERE, on=ZERO)
    assert {one.reference for one in shown} == {one.reference for one in inside}
    paths = [one.path for one in everything]
    assert len(paths) == len(made)
    assert all(
        path.count("/") == 1 or above_of(path) in paths[:place] for place, path in enumerate(paths)
    )
    for place, path in enumerate(paths):
        below = [n for n, other in enumerate(paths) if other.startswith(path)]
        assert below == list(range(place, place + len(below)))


def above_of(path):
    return path[: path[:-1].rfind("/") + 1]
