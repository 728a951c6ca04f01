"""Periods, tenures and who may hold what, against answers counted day by day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.org.periods import Period, covers, through, unbroken, years_later
from guiju.base.org.policies import Holding, Seat, Wish, may_appoint, may_delegate
from guiju.base.org.reads.rotation import rotation_state
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel
from guiju.core.organisation.words_bodies import RotationState

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZERO = date(2020, 2, 20)
SPAN = 20
ALL = range(-1, SPAN + 1)
"""The days that are looked at; a period that is open reaches beyond them."""


def day(number):
    return ZERO + timedelta(days=number)


@st.composite
def periods(draw, *, is_open=True):
    start = draw(st.integers(0, SPAN - 2))
    end = draw(st.integers(start + 1, SPAN - 1))
    first = None if is_open and draw(st.booleans()) else day(start)
    return Period(first, None if is_open and draw(st.booleans()) else day(end))


def days(period):
    return {
        number
        for number in ALL
        if (period.start is None or day(number) >= period.start)
        and (period.end is None or day(number) < period.end)
    }


def together(listed):
    return set().union(*map(days, listed))


@given(periods(), periods())
def test_two_periods_overlap_when_a_day_is_common(one, other):
    assert one.overlaps(other) == bool(days(one) & days(other)) == other.overlaps(one)


@given(periods(), periods())
def test_one_contains_another_when_it_has_all_its_days(one, other):
    assert one.contains(other) == (days(other) <= days(one))


@given(periods(), st.sampled_from(ALL))
def test_a_period_holds_its_days(period, number):
    assert period.holds(day(number)) == (number in days(period))


@given(st.lists(periods(), max_size=6), periods())
def test_several_periods_cover_one_when_every_day_is_in_some(listed, wanted):
    assert covers(listed, wanted) == (days(wanted) <= together(listed))


@given(st.lists(periods(), max_size=6))
def test_unbroken_periods_have_the_same_days_and_a_day_between_them(listed):
    joined = unbroken(listed)
    assert together(joined) == together(listed)
    for one, other in pairwise(joined):
        assert one.end is not None
        assert other.start is not None
        assert one.end < other.start


@given(st.integers(0, 5), st.integers(0, 5))
def test_the_last_day_of_a_period_told_by_it_belongs_to_it(first, more):
    assert days(through(day(first), day(first + more))) == set(range(first, first + more + 1))


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(1, 50))
def test_years_end_on_the_corresponding_day_or_the_last_of_the_month(start, years):
    """民法典第202条."""
    due = years_later(start, years)
    assert (due.year, due.month) == (start.year + years, start.month)
    if due.day != start.day:
        assert (start.month, start.day, due.day) == (2, 29, 28)


@given(
    st.dates(date(2000, 1, 1), date(2010, 12, 31)),
    st.integers(1, 5),
    st.integers(-400, 400),
    st.integers(0, 365),
)
def test_the_state_of_a_tenure_is_found_by_counting_days(since, years, away, remind):
    due = years_later(since, years)
    on = due + timedelta(days=away)
    left = sum(1 for _ in iter_days(on, due)) if on <= due else -1
    expected = (
        RotationState.OVERDUE
        if left < 0
        else RotationState.SOON if left <= remind else RotationState.WITHIN
    )  # fmt: skip
    assert rotation_state(since, years, on=on, remind=remind) == (due, expected)


def iter_days(first, last):
    while first < last:
        first += timedelta(days=1)
        yield first


PEOPLE = ["person:1", "person:2", "person:3"]
POSTS = ["post:1", "post:2", "post:3", "post:4"]
FUNCTIONS = [Function.FINANCE, Function.PERSONNEL]


@st.composite
def seats(draw):
    """Four posts in a unit, one below it and one beside; a function is not also barred."""
    made = []
    for reference in POSTS:
        own = draw(st.frozensets(st.sampled_from(FUNCTIONS)))
        barred = draw(st.frozensets(st.sampled_from(FUNCTIONS))) - own
        unit = draw(st.sampled_from(["1/", "1/2/", "3/"]))
        level = draw(st.sampled_from([None, *LeaderLevel]))
        life = draw(st.one_of(st.just(Period()), periods()))
        made.append(Seat(reference, reference, unit, level, own, barred, life))
    return made


pairs = st.dictionaries(
    st.frozensets(st.sampled_from(POSTS), min_size=2, max_size=2), st.just(""), max_size=3
)


@st.composite
def worlds(draw):
    made = draw(seats())
    holding = st.builds(
        Holding,
        st.sampled_from(PEOPLE),
        st.sampled_from(made),
        st.sampled_from([None, *AppointmentKind]),
        periods(),
    )
    return made, draw(st.lists(holding, max_size=7)), draw(pairs)


STANDING_IN = {AppointmentKind.ACTING, AppointmentKind.PRESIDING}


def clash(one, other, conflicts):
    in_line = any(
        long.unit[: len(short.unit)] == short.unit for long, short in ((one, other), (other, one))
    )
    forbidden = (one.barred & other.functions) | (other.barred & one.functions)
    return {one.reference, other.reference} in map(set, conflicts) or bool(in_line and forbidden)


def appointment_is_in_order(wish, world, conflicts):
    """Look at every day and everybody in turn."""
    if not days(wish.period) <= days(wish.seat.life):
        return False
    for number in days(wish.period):
        for one in world:
            if number not in days(one.period):
                continue
            mine = one.person == wish.person
            same_post = one.seat.reference == wish.seat.reference
            stands_in = one.kind in STANDING_IN
            if one.kind and same_post and stands_in == (wish.kind in STANDING_IN):
                return False
            heads = [
                each.seat.level is LeaderLevel.HEAD and each.kind and each.kind not in STANDING_IN
                for each in (one, wish)
            ]
            if all(heads) and not mine and one.seat.unit == wish.seat.unit:
                return False
            if mine and not same_post and clash(one.seat, wish.seat, conflicts):
                return False
    return True


@PATIENT
@given(worlds(), st.data())
def test_an_appointment_is_in_order_when_every_single_day_is(world, data):
    made, held, conflicts = world
    seat = data.draw(st.sampled_from(made))
    kind = data.draw(st.sampled_from(AppointmentKind))
    wish = Holding("person:1", seat, kind, data.draw(periods(is_open=False)))
    refused = may_appoint(
        wish,
        own=[one for one in held if one.person == wish.person],
        beside=[one for one in held if one.kind is not None],
        conflicts=conflicts,
    )
    assert (refused is None) == appointment_is_in_order(wish, held, conflicts)


RANKS = {None: 3, **{level: place for place, level in enumerate(LeaderLevel)}}


def delegation_is_in_order(wish, held, conflicts):
    if wish.principal == wish.delegate or not wish.functions <= wish.seat.functions:
        return False
    given_away = wish.functions or wish.seat.functions
    seat = Seat(wish.seat.reference, "", wish.seat.unit, None, given_away, wish.seat.barred)
    for number in days(wish.period):
        then = [one for one in held if number in days(one.period)]
        holds = any(
            one.person == wish.principal and one.kind and one.seat.reference == seat.reference
            for one in then
        )
        taken = [one for one in then if one.person == wish.delegate]
        able = any(
            one.kind and RANKS[one.seat.level] <= RANKS[wish.seat.level] + 1 for one in taken
        )
        own = any(one.kind and one.seat.reference == seat.reference for one in taken)
        if not holds or not able or own:
            return False
        if any(clash(seat, one.seat, conflicts) for one in taken):
            return False
    return True


@PATIENT
@given(worlds(), st.data())
def test_a_delegation_is_in_order_when_every_single_day_is(world, data):
    made, held, conflicts = world
    wish = Wish(
        data.draw(st.sampled_from(made)),
        data.draw(st.sampled_from(PEOPLE)),
        data.draw(st.sampled_from(PEOPLE)),
        data.draw(periods(is_open=False)),
        data.draw(st.frozensets(st.sampled_from(FUNCTIONS))),
    )
    refused = may_delegate(
        wish,
        terms=[one for one in held if one.person == wish.principal],
        taken=[one for one in held if one.person == wish.delegate],
        conflicts=conflicts,
    )
    assert (refused is None) == delegation_is_in_order(wish, held, conflicts)
