"""What ``prove`` says against exhaustive play on the unreduced net."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from engine.brute import Exhaustive, NetGame, TooManyError, Words, replay_nodes
from engine.nets import damaged_nets, raw_nets, wild_flows
from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.markings import explore
from guiju.core.flow.net import Net, Transition
from guiju.core.flow.reduction import reduce_net
from guiju.core.flow.soundness import prove
from guiju.core.terms import FaultKind

CALM = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
raw, damaged, wild = raw_nets(), damaged_nets(), wild_flows().map(compile_flow)


def compare(net):
    """Assert that ``prove`` agrees with exhaustive play, in every particular that it tells."""
    try:
        truth = Exhaustive(net, 1500)
    except TooManyError:
        assume(False)
        raise
    proof = prove(net)
    kinds = {fault.kind for fault in proof.faults}
    assert proof.is_sound == truth.is_sound
    if truth.overfull:
        assert kinds == {FaultKind.OVERFULL}
    else:
        assert bool(kinds - {FaultKind.DEAD}) == truth.stuck
        assert {f.node for f in proof.faults if f.kind is FaultKind.DEAD} == truth.dead
    for fault in proof.faults:
        assert str(explain_fault(net, fault))
        if fault.kind is not FaultKind.DEAD:
            ends, doubled = replay_nodes(net, fault.path)
            assert doubled if fault.kind is FaultKind.OVERFULL else ends - truth.good
    return truth


@CALM
@given(raw)
def test_proof_and_path_agree_with_play_on_any_net(net):
    compare(net)


@CALM
@given(damaged)
def test_proof_and_path_agree_with_play_on_damaged_flows(net):
    compare(net)


@CALM
@given(wild)
def test_proof_and_path_agree_with_play_on_wild_gateways(net):
    compare(net)


@CALM
@given(damaged | raw)
def test_reduction_keeps_the_verdict_of_its_own_exhaustive_play(net):
    steps = reduce_net(net).steps
    moves = tuple(Transition(s.take, s.put, s.clear, node=str(i)) for i, s in enumerate(steps))
    try:
        before, after = (
            Exhaustive(net, 1500),
            Exhaustive(Net(net.places, moves, net.initial, net.final, {}), 1500),
        )
    except TooManyError:
        return
    assert before.is_sound == after.is_sound
    assert before.overfull == after.overfull


@CALM
@given(damaged | wild)
def test_the_automaton_has_the_nets_words_wherever_no_place_holds_two_tokens(net):
    try:
        truth = Exhaustive(net, 1500)
        words = Words(NetGame(net)).up_to(4, 800)
    except TooManyError:
        return
    if truth.overfull:
        return
    if net.initial not in truth.good:
        with pytest.raises(Invalid, match="FLOW-11"):
            determinise(net)
        return
    assert Words(AutomatonGame(determinise(net))).up_to(4, 10**6) == words


@CALM
@given(damaged)
def test_explore_finds_exactly_the_reachable_markings(net):
    try:
        truth = Exhaustive(net, 1500)
    except TooManyError:
        return
    graph = explore(net)
    if not truth.overfull:
        assert set(graph.numbers) == set(truth.graph)
    for number, marking in enumerate(graph.numbers):
        here = net.initial
        for index in graph.path_to(number):
            assert index in net.enabled(here)
            here = net.fire(here, index)
        assert here == marking


def by_hand(*moves):
    """Return a net from (take, put, clear) strings of place numbers; 0 starts, 1 ends."""
    masks = [[sum(1 << int(p) for p in part) for part in move] for move in moves]
    made = (Transition(*mask, node=f"t{i}") for i, mask in enumerate(masks))
    return Net(tuple("012345"), tuple(made), 1, 2, {})


@pytest.mark.parametrize(
    "net",
    [
        by_hand(("0", "24", ""), ("2", "3", ""), ("4", "5", "2"), ("35", "1", "")),
        by_hand(("0", "24", ""), ("2", "3", ""), ("4", "5", "3"), ("35", "1", "")),
        by_hand(("0", "24", ""), ("2", "3", "4"), ("4", "5", ""), ("35", "1", "")),
        by_hand(("0", "2", ""), ("2", "34", ""), ("3", "5", "4"), ("4", "4", ""), ("5", "1", "")),
        by_hand(("0", "24", ""), ("2", "3", ""), ("4", "3", ""), ("3", "1", "")),
    ],
    ids=["before is cleared", "behind is cleared", "move clears", "loop is cleared", "meet"],
)
def test_reduction_leaves_alone_what_an_interruption_can_empty(net):
    compare(net)


class AutomatonGame:
    """An automaton as a system to play."""

    start = 0

    def __init__(self, automaton) -> None:
        self.automaton = automaton

    def is_final(self, state) -> bool:
        return state in self.automaton.accepting

    def moves(self, state):
        names = self.automaton.activities
        return [(names[code], to) for code, to in self.automaton.arcs[state].items()]
