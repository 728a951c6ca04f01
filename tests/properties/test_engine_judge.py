"""Costs, moves, prefix costs and the automaton against the net's own token game."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.brute import NetGame, TooManyError, Words, least_cost
from engine.weaving import LABELS, blocks, flow_of
from guiju.core.check.deviation import Judge, Matcher
from guiju.core.check.moves import find_moves
from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.terms import MoveKind

CALM = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
ANY_EVENT = LABELS + "t?"


@st.composite
def cases(draw):
    """Return a net, its judge and a trace: near the flow's words, or of any events."""
    net = compile_flow(flow_of(draw(blocks(leaves=5))))
    try:
        words = sorted(Words(NetGame(net)).up_to(6, 1200))
    except TooManyError:
        words = []
    trace = list(draw(st.sampled_from(words))) if words and draw(st.booleans()) else []
    edits = st.tuples(st.integers(0, 6), st.sampled_from(ANY_EVENT), st.booleans())
    for place, label, add in draw(st.lists(edits, max_size=3 if trace else 7)):
        if add:
            trace.insert(place, label)
        else:
            del trace[place : place + 1]
    return net, Judge(determinise(net)), trace


@CALM
@given(cases())
def test_the_cost_is_the_least_number_of_edits_and_fit_is_cost_zero(case):
    net, judge, trace = case
    codes = judge.codes(trace)
    cost = judge.cost(codes)
    assert cost == least_cost(NetGame(net), trace)
    fits = Matcher(judge.automaton).fits(codes)
    assert fits == (cost == 0) == Words(NetGame(net)).has(trace)


@CALM
@given(cases())
def test_moves_add_up_to_the_cost_keep_the_events_in_order_and_replay_to_the_end(case):
    net, judge, trace = case
    moves = find_moves(judge, trace)
    deviating = [m for m in moves if m.kind is not MoveKind.SYNC]
    assert len(deviating) == judge.cost(judge.codes(trace))
    events = [m for m in moves if m.kind is not MoveKind.SKIPPED]
    assert [m.activity for m in events] == trace
    assert [m.event for m in events] == list(range(len(trace)))
    assert all(m.event is None for m in moves if m.kind is MoveKind.SKIPPED)
    walked = [m.activity for m in moves if m.kind is not MoveKind.EXTRA]
    assert Words(NetGame(net)).has(walked)


@CALM
@given(cases())
def test_s0_21_the_running_sum_is_the_exact_prefix_cost_and_never_falls(case):
    net, judge, trace = case
    state, total = judge.start, 0
    for done, code in enumerate(judge.codes(trace), start=1):
        state, rise = judge.advance(state, code)
        assert rise in (0, 1)
        total += rise
        assert total == least_cost(NetGame(net), trace[:done], free_tail=True)


@CALM
@given(cases())
def test_event_by_event_whole_trace_and_after_forgetting_give_the_same_cost(case):
    _, judge, trace = case
    codes = judge.codes(trace)
    state, total, costs = judge.start, 0, [judge.cost([])]
    for done, code in enumerate(codes, start=1):
        state, rise = judge.advance(state, code)
        total += rise
        costs.append(total + judge.closing_cost(state))
        assert costs[-1] == judge.cost(codes[:done])
    moves = find_moves(judge, trace)
    judge.forget()
    assert [judge.cost(codes[:n]) for n in range(len(codes) + 1)] == costs
    assert find_moves(judge, trace) == moves
    forgetful = Judge(judge.automaton)
    forgetful._most = 1
    assert [forgetful.cost(codes[:n]) for n in range(len(codes) + 1)] == costs
    assert len(forgetful._vectors) <= 3


@CALM
@given(cases(), st.integers(0, 7))
def test_an_unknown_activity_always_costs_exactly_one_more(case, place):
    _, judge, trace = case
    longer = [*trace[:place], "流程里没有的步骤", *trace[place:]]
    assert judge.cost(judge.codes(longer)) == judge.cost(judge.codes(trace)) + 1
    assert not Matcher(judge.automaton).fits(judge.codes(longer))


@CALM
@given(blocks(leaves=8))
def test_the_automaton_is_minimal_every_state_is_reached_and_can_end(block):
    automaton = determinise(compile_flow(flow_of(block)))
    states = range(len(automaton.arcs))
    reached = {0}
    for _ in states:
        reached |= {to for s in reached for to in automaton.arcs[s].values()}
    assert reached == set(states)
    live = set(automaton.accepting)
    for _ in states:
        live |= {s for s in states if live & set(automaton.arcs[s].values())}
    assert live == set(states)
    assert all_told_apart(automaton)


def all_told_apart(automaton) -> bool:
    """Table filling: every pair of states has a continuation that only one accepts."""
    states = range(len(automaton.arcs))
    assume(len(states) < 60)
    apart = {
        pair
        for pair in combinations(states, 2)
        if (pair[0] in automaton.accepting) != (pair[1] in automaton.accepting)
    }
    size = -1
    while size < len(apart):
        size = len(apart)
        for one, two in combinations(states, 2):
            left, right = automaton.arcs[one], automaton.arcs[two]
            if left.keys() != right.keys() or any(
                tuple(sorted((left[code], right[code]))) in apart for code in left
            ):
                apart.add((one, two))
    return len(apart) == len(states) * (len(states) - 1) // 2


def test_a_flow_without_any_task_accepts_only_the_empty_trace():
    net = compile_flow(flow_of(("skip",)))
    judge = Judge(determinise(net))
    assert judge.cost([]) == 0
    assert judge.cost(judge.codes(["甲", "乙"])) == 2
    assert find_moves(judge, []) == ()
    assert not Matcher(judge.automaton).fits(judge.codes(["甲"]))


def test_the_search_for_states_is_capped_with_a_message():
    net = compile_flow(flow_of(("and", [("task", label) for label in LABELS])))
    assert len(determinise(net, most=40).arcs) == 32
    with pytest.raises(Invalid, match="FLOW-10"):
        determinise(net, most=20)
