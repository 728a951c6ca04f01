"""When a name is locked, and which passwords are good enough."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.access.sign_in.policies import (
    FIRST_LOCK,
    FORGETTING,
    LONGEST_LOCK,
    WINDOW,
    Failures,
    core_of,
    is_overdue,
    require_good_password,
)
from guiju.core.errors import Invalid

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def failing(count, *, at=NOW, before=None, most=5):
    failures = before or Failures()
    for number in range(count):
        failures = failures.with_another(at + number * SECOND, most=most)
    return failures


def test_four_failures_leave_it_open_and_the_fifth_locks_for_a_quarter_of_an_hour():
    assert failing(4).left(NOW + 4 * SECOND) == timedelta()
    locked = failing(5)
    assert locked.left(NOW + 4 * SECOND) == FIRST_LOCK == timedelta(minutes=15)
    assert locked.left(NOW + 4 * SECOND + FIRST_LOCK) == timedelta()


def test_failures_that_lie_further_apart_than_the_window_do_not_add_up():
    failures = Failures()
    for number in range(40):
        failures = failures.with_another(NOW + number * (WINDOW / 4 + SECOND), most=5)
    assert failures.strikes == 0
    assert failing(1, at=NOW + WINDOW, before=failing(4)).locked_until is None


def test_each_further_lock_lasts_twice_as_long_up_to_a_day():
    failures, at, lengths = Failures(), NOW, []
    for _ in range(10):
        failures = failing(5, at=at, before=failures)
        lengths.append(failures.left(at + 4 * SECOND))
        at = failures.locked_until
    minutes = [int(one.total_seconds()) // 60 for one in lengths]
    assert minutes[:7] == [15, 30, 60, 120, 240, 480, 960]
    assert lengths[7:] == [LONGEST_LOCK] * 3


def test_after_a_quiet_day_the_next_lock_is_a_first_one_again():
    once = failing(5)
    soon, late = once.locked_until + FORGETTING - SECOND * 5, once.locked_until + FORGETTING
    assert failing(5, at=soon, before=once).strikes == 2
    assert failing(5, at=late, before=once).strikes == 1


@pytest.mark.parametrize(("most", "guesses"), [(5, 35), (20, 140)])
def test_how_many_guesses_a_day_leaves_is_what_the_decision_says(most, guesses):
    failures, made = Failures(), 0
    for second in range(0, 24 * 60 * 60, 60):
        for number in range(most):
            at = NOW + second * SECOND + number * SECOND / 100
            if not failures.left(at):
                failures, made = failures.with_another(at, most=most), made + 1
    assert made == guesses


@given(st.lists(st.integers(0, 4000), max_size=60))
def test_no_window_ever_lets_more_than_five_guesses_through(seconds):
    """Against a plain count: attempts while locked are refused and count for nothing."""
    failures, let_through = Failures(), []
    for offset in sorted(seconds):
        at = NOW + offset * SECOND
        if not failures.left(at):
            let_through.append(at)
            failures = failures.with_another(at, most=5)
    for start in let_through:
        assert sum(start <= one < start + WINDOW for one in let_through) <= 5


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1!xyzab", "ACCESS-65"),
        ("Ab1!" * 33, "ACCESS-65"),
        ("onlylowercase12", "ACCESS-66"),
        ("ONLYUPPER-----", "ACCESS-66"),
        ("Aa1Aa1Aa1Aa1", "ACCESS-66"),
        ("My-zhang.san-1", "ACCESS-67"),
        ("My-ZHANG.SAN-1", "ACCESS-67"),
        ("My-nas.gnahz-1", "ACCESS-67"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(password, code):
    with pytest.raises(Invalid) as caught:
        require_good_password(password, login_name="zhang.san", least=10)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "password", ["Lotus-rain-27", "春江花月夜abcDE7", "lotus rain 27", "A1b2C3d4E5"]
)
def test_a_good_password_is_taken(password):
    require_good_password(password, login_name="zhang.san", least=10)


def test_figures_and_symbols_around_a_word_do_not_hide_it():
    assert core_of("12Password!2026") == "password"
    assert core_of("2026!") == ""


def test_a_password_is_overdue_on_its_ninetieth_day():
    assert not is_overdue(NOW, NOW + timedelta(days=90) - SECOND, days=90)
    assert is_overdue(NOW, NOW + timedelta(days=90), days=90)
