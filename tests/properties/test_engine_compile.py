"""The compiled net of a block-structured flow against the token game on the flow itself."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.brute import (
    Exhaustive,
    NetGame,
    TooManyError,
    Words,
    can_finish,
    least_cost,
    states_of,
)
from engine.playing import Game, UnsafeError
from engine.weaving import LABELS, blocks, flow_of
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Repeat
from guiju.core.flow.soundness import prove

CALM = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
LENGTH = 4


def words_of_the_flow(flow):
    """Return the flow's words up to ``LENGTH``, None where the token game is too large."""
    game = Game(flow)
    try:
        states_of(game, 800)
        return Words(game).up_to(LENGTH, 1500)
    except (UnsafeError, TooManyError):
        return None


@CALM
@given(blocks(asides=True))
def test_the_net_allows_exactly_the_words_of_the_flow(block):
    flow = flow_of(block)
    expected = words_of_the_flow(flow)
    if expected is not None:
        assert Words(NetGame(compile_flow(flow))).up_to(LENGTH, 10**6) == expected


@CALM
@given(blocks(asides=True))
def test_every_block_structured_flow_is_proven_sound(block):
    net = compile_flow(flow_of(block))
    assert prove(net).is_sound
    with suppress(TooManyError):
        assert Exhaustive(net, 1500).is_sound


@CALM
@given(blocks(asides=False))
def test_without_asides_the_token_game_itself_can_always_finish(block):
    game = Game(flow_of(block))
    try:
        graph = states_of(game, 800)
    except TooManyError:
        return
    assert can_finish(game, graph) == set(graph)


@settings(CALM, max_examples=60)
@given(blocks(asides=True, leaves=5), st.lists(st.sampled_from(LABELS + "t?"), max_size=6))
def test_a_trace_costs_on_the_net_what_it_costs_on_the_flow(block, trace):
    flow = flow_of(block)
    try:
        expected = least_cost(Game(flow), trace, most=4000)
    except (UnsafeError, TooManyError):
        return
    assert least_cost(NetGame(compile_flow(flow)), trace) == expected


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("times", range(1, 10))
def test_a_step_counted_n_times_is_done_exactly_n_times(times, sequential):
    block = ("hosted", ("step", "a", Repeat(sequential, times)), [(True, ("task", "x"))])
    words = Words(NetGame(compile_flow(flow_of(block)))).up_to(times + 2)
    late = {("a",) * n + ("x",) for n in range(times)}
    assert words == {("a",) * times} | late


@pytest.mark.parametrize("times", range(1, 10))
def test_a_subprocess_counted_n_times_is_run_exactly_n_times(times):
    block = ("hosted", ("sub", ("task", "a"), Repeat(sequential=True, times=times)), [])
    assert Words(NetGame(compile_flow(flow_of(block)))).up_to(times + 2) == {("a",) * times}


def test_the_counter_needs_few_places_even_for_many_rounds():
    block = ("hosted", ("step", "a", Repeat(sequential=True, times=999_999)), [])
    assert len(compile_flow(flow_of(block)).places) < 50
