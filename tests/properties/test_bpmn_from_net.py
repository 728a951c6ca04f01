"""A net and the flow made from it allow the same traces, on nets of every shape."""

from __future__ import annotations

import contextlib
import random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.net import Net, Transition
from guiju.exchange.bpmn import flow_of_net

LONGEST = 3
MOST = 300


def traces(net: Net, *, most: int) -> set[tuple[str, ...]] | None:
    """Play ``net`` in all ways; return its complete traces of at most ``LONGEST`` steps.

    None when a place would hold two tokens, or when there are more than ``most`` ways to stand.
    """
    waiting: list[tuple[int, tuple[str, ...]]] = [(net.initial, ())]
    seen = set(waiting)
    found = set()
    while waiting:
        marking, trace = waiting.pop()
        if marking == net.final:
            found.add(trace)
        for index in net.enabled(marking):
            label = net.transitions[index].label
            after = net.fire(marking, index), (*trace, label) if label else trace
            if net.overfills(marking, index) or len(seen) > most:
                return None
            if after not in seen and len(after[1]) <= LONGEST:
                seen.add(after)
                waiting.append(after)
    return found


def net_of(seed: int) -> Net:
    """Make a net of up to six places in which each transition takes and puts one or two."""
    chance = random.Random(seed)  # noqa: S311 - a test draws, not a cipher
    size = chance.randint(2, 6)

    def some() -> int:
        return chance.choice([0, 0, 1 << chance.randrange(size)]) | 1 << chance.randrange(size)

    moves = [Transition(some(), some(), label=chance.choice("ab ").strip()) for _ in range(6)]
    first = Transition(1, some(), label="a")
    return Net(tuple("uvwxyz"[:size]), (first, *moves[: chance.randint(1, 6)]), 1, some(), {})


@given(st.integers(0, 2**32).map(net_of))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
def test_the_flow_of_a_net_allows_exactly_its_traces(net):
    wanted = traces(net, most=MOST)
    assume(wanted)
    with contextlib.suppress(Invalid):
        assert traces(compile_flow(flow_of_net(net)), most=MOST * 100) == wanted
