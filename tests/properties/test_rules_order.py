"""Every template against its formula over finite traces, evaluated position by position."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from guiju.core.check.rules import compiled
from guiju.core.check.rules.monitor import COUNTED
from guiju.core.terms import Standing, Template

Trace = tuple[int, ...]
A, B = 0, 1


def somewhere(trace: Trace, symbol: int, start: int, end: int) -> bool:
    return any(trace[i] == symbol for i in range(max(start, 0), min(end, len(trace))))


def where(trace: Trace, symbol: int) -> list[int]:
    return [i for i, seen in enumerate(trace) if seen == symbol]


def at(trace: Trace, i: int, symbol: int) -> bool:
    return 0 <= i < len(trace) and trace[i] == symbol


def next_of(trace: Trace, symbol: int, i: int) -> int:
    return min((j for j in where(trace, symbol) if j > i), default=len(trace))


def last_of(trace: Trace, symbol: int, i: int) -> int:
    return max((j for j in where(trace, symbol) if j < i), default=-1)


def response(t: Trace) -> bool:
    return all(somewhere(t, B, i + 1, len(t)) for i in where(t, A))


def precedence(t: Trace) -> bool:
    return all(somewhere(t, A, 0, j) for j in where(t, B))


def alternate_response(t: Trace) -> bool:
    # G(A -> X(not A U B))
    return all(somewhere(t, B, i + 1, next_of(t, A, i)) for i in where(t, A))


def alternate_precedence(t: Trace) -> bool:
    return all(somewhere(t, A, last_of(t, B, j) + 1, j) for j in where(t, B))


def chain_response(t: Trace) -> bool:
    return all(at(t, i + 1, B) for i in where(t, A))


def chain_precedence(t: Trace) -> bool:
    return all(at(t, j - 1, A) for j in where(t, B))


FORMULAS: dict[Template, Callable[[Trace], bool]] = {
    Template.INIT: lambda t: t[:1] == (A,),
    Template.LAST: lambda t: t[-1:] == (A,),
    Template.RESPONSE: response,
    Template.PRECEDENCE: precedence,
    Template.SUCCESSION: lambda t: response(t) and precedence(t),
    Template.ALTERNATE_RESPONSE: alternate_response,
    Template.ALTERNATE_PRECEDENCE: alternate_precedence,
    Template.ALTERNATE_SUCCESSION: lambda t: alternate_response(t) and alternate_precedence(t),
    Template.CHAIN_RESPONSE: chain_response,
    Template.CHAIN_PRECEDENCE: chain_precedence,
    Template.CHAIN_SUCCESSION: lambda t: chain_response(t) and chain_precedence(t),
    Template.RESPONDED_EXISTENCE: lambda t: A not in t or B in t,
    Template.COEXISTENCE: lambda t: (A in t) == (B in t),
    Template.NOT_COEXISTENCE: lambda t: not (A in t and B in t),
    Template.NOT_SUCCESSION: lambda t: not any(somewhere(t, B, i + 1, len(t)) for i in where(t, A)),
    Template.NOT_CHAIN_SUCCESSION: lambda t: not any(at(t, i + 1, B) for i in where(t, A)),
}


def formula(template: Template, times: int) -> Callable[[Trace], bool]:
    return {
        Template.ABSENCE: lambda t: t.count(A) < times,
        Template.EXISTENCE: lambda t: t.count(A) >= times,
        Template.EXACTLY: lambda t: t.count(A) == times,
        **FORMULAS,
    }[template]


CASES = [(one, times) for one in Template for times in ((1, 2, 3) if one in COUNTED else (1,))]
every_template = pytest.mark.parametrize(("template", "times"), CASES)


def traces(longest: int) -> Iterator[Trace]:
    for length in range(longest + 1):
        yield from product(range(3), repeat=length)


@every_template
def test_a_monitor_accepts_just_the_traces_of_its_formula(template: Template, times: int) -> None:
    monitor, holds = compiled(template, times), formula(template, times)
    for trace in traces(6):
        assert (monitor.run(trace)[0] is Standing.SATISFIED) == holds(trace), trace


@every_template
def test_violated_means_that_nothing_can_mend_it(template: Template, times: int) -> None:
    monitor, holds = compiled(template, times), formula(template, times)
    for trace in traces(4):
        mendable = any(holds(trace + more) for more in traces(3))
        assert (monitor.run(trace)[0] is not Standing.VIOLATED) == mendable, trace


@every_template
def test_event_by_event_says_what_the_whole_says(template: Template, times: int) -> None:
    monitor = compiled(template, times)
    for trace in traces(5):
        state = 0
        for symbol in trace:
            state = monitor.step[state][symbol]
        assert monitor.verdicts[state] is monitor.run(trace)[0]


@every_template
def test_the_proof_lies_in_the_trace_and_ends_where_all_is_lost(
    template: Template, times: int
) -> None:
    monitor = compiled(template, times)
    for trace in traces(5):
        verdict, events = monitor.run(trace)
        assert list(events) == sorted(set(events))
        assert all(0 <= event < len(trace) for event in events)
        if verdict is Standing.SATISFIED:
            assert events == ()
        if verdict is Standing.VIOLATED:
            assert monitor.run(trace[: events[-1] + 1])[0] is Standing.VIOLATED
            assert monitor.run(trace[: events[-1]])[0] is not Standing.VIOLATED


@pytest.mark.parametrize(
    ("template", "times"),
    [case for case in CASES if "chain" not in case[0] and case[0] not in ("init", "last")],
)
def test_the_proof_alone_still_shows_the_fault(template: Template, times: int) -> None:
    """Where neighbours do not matter, the trace is no better without the other events."""
    monitor = compiled(template, times)
    for trace in traces(5):
        verdict, events = monitor.run(trace)
        if verdict is not Standing.SATISFIED:
            assert monitor.run(trace[event] for event in events)[0] is not Standing.SATISFIED
