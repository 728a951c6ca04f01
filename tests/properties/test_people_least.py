"""The least number of people against brute force on small random flows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.flow.net import Net, Transition
from guiju.core.flow.people import (
    Duty,
    PeopleResult,
    Separation,
    Staffing,
    least_people,
    which_rule_matters,
)
from guiju.core.flow.people.graph import run_graph

TASKS = "甲乙丙丁戊己"
PEOPLE = "ABCDEF"


class Weaver:
    """Builds a sound net from nested blocks."""

    def __init__(self) -> None:
        self.places = 2
        self.moves: list[Transition] = []

    def place(self) -> int:
        self.places += 1
        return 1 << (self.places - 1)

    def weave(self, block, begin: int, end: int) -> None:
        kind, parts = block
        getattr(self, kind)(parts, begin, end)

    def task(self, name: str, begin: int, end: int) -> None:
        self.moves.append(Transition(begin, end, label=name, node=name))

    def silent(self, _, begin: int, end: int) -> None:
        self.moves.append(Transition(begin, end))

    def in_turn(self, parts, begin: int, end: int) -> None:
        for part in parts[:-1]:
            there = self.place()
            self.weave(part, begin, there)
            begin = there
        self.weave(parts[-1], begin, end)

    def choice(self, parts, begin: int, end: int) -> None:
        for part in parts:
            self.weave(part, begin, end)

    def parallel(self, parts, begin: int, end: int) -> None:
        ends = [(self.place(), self.place()) for _ in parts]
        self.moves.append(Transition(begin, sum(b for b, _ in ends)))
        self.moves.append(Transition(sum(e for _, e in ends), end))
        for part, (b, e) in zip(parts, ends, strict=True):
            self.weave(part, b, e)

    def loop(self, parts, begin: int, end: int) -> None:
        head, tail = self.place(), self.place()
        self.moves.append(Transition(begin, head))
        self.weave(parts[0], head, tail)
        self.weave(parts[1], tail, head)
        self.moves.append(Transition(tail, end))

    def alarm(self, parts, begin: int, end: int) -> None:
        """An interrupting boundary event around the first part leads to the second."""
        watch, inner, done = self.place(), self.place(), self.place()
        first = self.places
        self.moves.append(Transition(begin, inner | watch))
        self.weave(parts[0], inner, done)
        self.moves.append(Transition(done | watch, end))
        inside = inner | done | sum(1 << p for p in range(first, self.places))
        after = self.place()
        self.moves.append(Transition(watch, after, clear=inside))
        self.weave(parts[1], after, end)


def net_of(block) -> Net:
    weaver = Weaver()
    weaver.weave(block, 1, 2)
    places = tuple(f"p{i}" for i in range(weaver.places))
    return Net(places, tuple(weaver.moves), initial=1, final=2, titles={})


def blocks(depth: int):
    leaf = st.one_of(st.tuples(st.just("task"), st.sampled_from(TASKS)), st.just(("silent", None)))
    if not depth:
        return leaf
    inner = blocks(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(st.just("in_turn"), st.lists(inner, min_size=2, max_size=4)),
        st.tuples(st.just("choice"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("parallel"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), st.lists(inner, min_size=2, max_size=2)),
        st.tuples(st.just("alarm"), st.lists(inner, min_size=2, max_size=2)),
    )


@st.composite
def cases(draw):
    net = net_of(draw(blocks(3)))
    duty = st.builds(
        Duty, st.frozensets(st.sampled_from(PEOPLE), max_size=4), st.sampled_from((1, 1, 1, 2))
    )
    unmanned = draw(st.sets(st.sampled_from(TASKS), max_size=1))
    duties = {name: draw(duty) for name in net.activities if name not in unmanned}
    rules = ()
    if len(net.activities) > 1:
        apart = st.frozensets(st.sampled_from(net.activities), min_size=2, max_size=3)
        rules = tuple(
            Separation(f"R{i}", names) for i, names in enumerate(draw(st.lists(apart, max_size=5)))
        )
    return net, Staffing(duties, frozenset(unmanned)), rules


def label_sets(net: Net) -> set[frozenset[str]]:
    """All sets of activities that complete runs show, by exploring the whole net."""
    start = (net.initial, frozenset())
    seen, waiting, found = {start}, [start], set()
    while waiting:
        marking, labels = waiting.pop()
        if marking == net.final:
            found.add(labels)
        for index in net.enabled(marking):
            label = net.transitions[index].label
            after = (net.fire(marking, index), labels | {label} if label else labels)
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return found


@given(blocks(3), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_graph_keeps_the_activities_of_every_complete_run(block, leave_again):
    net = net_of(block)
    if leave_again:  # an end that can be left
        net = replace(net, transitions=(*net.transitions, Transition(2, 1, label="again")))
    graph = run_graph(net)
    start = (0, frozenset())
    seen, waiting = {start}, [start]
    while waiting:
        state, labels = waiting.pop()
        for index, after in graph.moves[state]:
            label = net.transitions[index].label
            reached = (after, labels | {label} if label else labels)
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    found = {labels for state, labels in seen if state == graph.final}
    assert found == {labels for labels in label_sets(net) if "again" not in labels}


def shares(steps: list[str], staffing: Staffing, team: frozenset[str]) -> Iterator[dict]:
    options = [
        list(combinations(sorted(staffing.duties[s].people & team), staffing.duties[s].required))
        for s in steps
    ]
    for chosen in product(*options):
        yield dict(zip(steps, chosen, strict=True))


def obeys(share: dict, rules) -> bool:
    return not any(
        set(share.get(a, ())) & set(share.get(b, ()))
        for rule in rules
        for a, b in combinations(sorted(rule.activities), 2)
    )


def brute(net: Net, staffing: Staffing, rules) -> int | None:
    runs = [sorted(names - staffing.unmanned) for names in label_sets(net)]
    for size in range(len(PEOPLE) + 1):
        for team in combinations(PEOPLE, size):
            for steps in runs:
                if any(obeys(s, rules) for s in shares(steps, staffing, frozenset(team))):
                    return size
    return None


def replays(net: Net, path: tuple[str, ...]) -> bool:
    def closed(markings: set[int]) -> set[int]:
        waiting = list(markings)
        while waiting:
            marking = waiting.pop()
            for index in net.enabled(marking):
                after = net.fire(marking, index)
                if not net.transitions[index].label and after not in markings:
                    markings.add(after)
                    waiting.append(after)
        return markings

    here = closed({net.initial})
    for label in path:
        moves = [(m, i) for m in here for i in net.enabled(m) if net.transitions[i].label == label]
        here = closed({net.fire(m, i) for m, i in moves})
    return net.final in here


def assert_witness(net: Net, staffing: Staffing, rules, result: PeopleResult) -> None:
    assert replays(net, result.path)
    assert set(result.assignment) == set(result.path) - staffing.unmanned
    for step, signers in result.assignment.items():
        duty = staffing.duties[step]
        assert len(set(signers)) == len(signers) == duty.required
        assert set(signers) <= duty.people & set(result.people)
        assert (step in result.captured) == (duty.people <= set(result.people))
    assert obeys(dict(result.assignment), rules)
    assert len(set(result.people)) == result.number


@given(cases())
@settings(max_examples=120, deadline=None)
def test_number_is_the_brute_force_number_and_the_witness_is_real(case):
    net, staffing, rules = case
    expected = brute(net, staffing, rules)
    result = least_people(net, staffing, rules)
    if expected is None:
        assert result.number is None
        assert not result.capped
        assert result.reason is not None
    elif expected > 4:
        assert result.number is None
        assert result.capped
    else:
        assert result.number == expected
        assert_witness(net, staffing, rules, result)


@given(cases(), st.integers(min_value=1, max_value=3))
@settings(max_examples=50, deadline=None)
def test_a_lower_limit_says_more_exactly_when_more_are_needed(case, limit):
    net, staffing, rules = case
    full = least_people(net, staffing, rules)
    result = least_people(net, staffing, rules, limit=limit)
    if full.number is not None and full.number <= limit:
        assert result.number == full.number
    else:
        assert result.number is None
        assert result.capped == (full.reason is None)


@given(cases())
@settings(max_examples=70, deadline=None)
def test_the_rules_that_matter_are_those_whose_dropping_lowers_the_number(case):
    net, staffing, rules = case
    worst = 10
    before = worst if (n := brute(net, staffing, rules)) is None else min(n, 5)
    lowered = {}
    for rule in rules:
        rest = [r for r in rules if r is not rule]
        after = worst if (n := brute(net, staffing, rest)) is None else min(n, 5)
        assert after <= before
        if after < before:
            lowered[rule.code] = None if after == 5 else after
    effects = which_rule_matters(net, staffing, rules)
    assert {e.code: e.without.number for e in effects} == lowered
    for effect in effects:
        if effect.without.number is not None:
            rest = [r for r in rules if r.code != effect.code]
            assert_witness(net, staffing, rest, effect.without)


@given(st.lists(st.frozensets(st.integers(0, 9), min_size=2, max_size=4), min_size=5, max_size=8))
@settings(max_examples=100, deadline=None)
def test_without_choices_and_rules_it_is_the_smallest_hitting_set(holders):
    names = [f"步骤{at}" for at in range(len(holders))]
    net = net_of(("in_turn", [("task", name) for name in names]))
    people = [frozenset(f"人{number}" for number in held) for held in holders]
    result = least_people(net, Staffing(dict(zip(names, map(Duty, people), strict=True))))
    everyone = sorted(frozenset().union(*people))
    smallest = next(
        size
        for size in range(len(everyone) + 1)
        if any(all(held & set(team) for held in people) for team in combinations(everyone, size))
    )
    assert (result.number or 5) == min(smallest, 5)
