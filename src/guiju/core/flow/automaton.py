"""The smallest deterministic automaton that accepts exactly the flow's traces.

Subset construction over silent steps, then merging of states that no continuation
can tell apart (engine.md, sections 1 and 2; Hopcroft, Motwani, Ullman, chapters 2, 4).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from guiju.core.errors import Invalid
from guiju.core.flow.markings import MOST_MARKINGS, leading_to, too_large
from guiju.core.flow.net import Net, Transition
from guiju.core.flow.reduction import reduce_net
from guiju.core.sentence import zh

Arcs = list[dict[int, int]]
"""For each state, the next state for each activity code that is allowed there."""


@dataclass(frozen=True, slots=True)
class Automaton:
    """A minimal DFA; state 0 is the start and every state can still reach acceptance.

    Attributes:
        activities: names; their indices are the codes.
        arcs: see ``Arcs``.
        accepting: states in which the flow may end.
    """

    activities: tuple[str, ...]
    arcs: tuple[dict[int, int], ...]
    accepting: frozenset[int]

    def table(self) -> array[int]:
        """Return the look-up table: ``table[row + code]`` is the next state's row.

        A row is ``state * (len(activities) + 1)``. One more row than states is the sink, and
        one more column than activities stands for an activity that the flow does not know.
        """
        width = len(self.activities) + 1
        sink = len(self.arcs) * width
        table = array("q", [sink]) * (sink + width)
        for state, arcs in enumerate(self.arcs):
            for code, target in arcs.items():
                table[state * width + code] = target * width
        return table


def determinise(net: Net, *, most: int = MOST_MARKINGS) -> Automaton:
    """Return the minimal automaton of ``net``.

    Raises:
        Invalid: FLOW-10 when the search grows beyond ``most`` states, FLOW-11 when no trace
            at all reaches the end.
    """
    activities = net.activities
    arcs, accepting = _subsets(_quietened(net), activities, most)
    live = leading_to(accepting, [row.values() for row in arcs])
    if 0 not in live:
        raise Invalid(
            "FLOW-11",
            zh(
                "这个流程从开始走不到结束，没有一种办法能办完。"
                "请先用 guiju flow prove 找出断在哪里。"
            ),
        )
    trimmed = [{code: to for code, to in row.items() if to in live} for row in arcs]
    return _minimal(activities, trimmed, accepting, live)


def _quietened(net: Net) -> Net:
    """Return a net with the same traces and fewer silent moves."""
    steps = reduce_net(net, keep_traces=True).steps
    moves = tuple(Transition(s.take, s.put, s.clear, s.label) for s in steps)
    return replace(net, transitions=moves)


class _Closure:
    """For a marking, the markings reachable by silent steps at which something shows."""

    def __init__(self, net: Net, most: int) -> None:
        self.net, self.most = net, most
        self.silent = [(t.take, ~(t.take | t.clear), t.put) for t in net.transitions if not t.label]
        self.visible = [i for i, t in enumerate(net.transitions) if t.label]
        self.known: dict[int, frozenset[int]] = {}
        self.size = 0

    def of(self, marking: int) -> frozenset[int]:
        found = self.known.get(marking)
        if found is None:
            found = self.known[marking] = frozenset(self._search(marking))
        return found

    def _search(self, marking: int) -> set[int]:
        """Walk silent steps from ``marking``; where the rest of the way is known, take it over."""
        showing: set[int] = set()
        seen = {marking}
        waiting = [marking]
        while waiting:
            current = waiting.pop()
            if current in self.known:
                showing |= self.known[current]
                continue
            if self._shows(current):
                showing.add(current)
            for take, keep, put in self.silent:
                if current & take == take:
                    after = (current & keep) | put
                    if after not in seen:
                        seen.add(after)
                        waiting.append(after)
        self.size += len(seen)
        if self.size > 20 * self.most:
            raise too_large(self.most)
        return showing

    def _shows(self, marking: int) -> bool:
        transitions = self.net.transitions
        return marking == self.net.final or any(
            marking & transitions[i].take == transitions[i].take for i in self.visible
        )


def _subsets(net: Net, activities: tuple[str, ...], most: int) -> tuple[Arcs, set[int]]:
    """Return the deterministic automaton over sets of markings, before minimising."""
    closure = _Closure(net, most)
    code_of = {name: code for code, name in enumerate(activities)}
    steps = [
        (t.take, ~(t.take | t.clear), t.put, code_of[t.label]) for t in net.transitions if t.label
    ]
    start = closure.of(net.initial)
    numbers = {start: 0}
    queue = [start]
    arcs: Arcs = []
    accepting = set()
    held = 0
    for number, markings in enumerate(queue):
        held += len(markings)
        if held > 10 * most:
            raise too_large(most)
        if net.final in markings:
            accepting.add(number)
        after: dict[int, set[int]] = {}
        for marking in markings:
            for take, keep, put, code in steps:
                if marking & take == take:
                    after.setdefault(code, set()).update(closure.of((marking & keep) | put))
        row = {}
        for code, targets in sorted(after.items()):
            subset = frozenset(targets)
            if subset not in numbers:
                numbers[subset] = len(queue)
                queue.append(subset)
                if len(queue) > most:
                    raise too_large(most)
            row[code] = numbers[subset]
        arcs.append(row)
    return arcs, accepting


def _minimal(
    activities: tuple[str, ...], arcs: Arcs, accepting: set[int], live: set[int]
) -> Automaton:
    """Merge equivalent states by refinement (Moore), numbering them in breadth-first order."""
    block = [int(state in accepting) for state in range(len(arcs))]
    count = 0
    while count != (count := len({block[state] for state in live})):
        signatures: dict[tuple[object, ...], int] = {}
        block = [
            signatures.setdefault(
                (block[state], *((code, block[to]) for code, to in row.items())), len(signatures)
            )
            for state, row in enumerate(arcs)
        ]
    return _numbered(activities, arcs, accepting, block)


def _numbered(
    activities: tuple[str, ...], arcs: Arcs, accepting: set[int], block: list[int]
) -> Automaton:
    numbers = {block[0]: 0}
    queue = [0]
    rows: list[dict[int, int]] = []
    final = set()
    for number, state in enumerate(queue):
        if state in accepting:
            final.add(number)
        row = {}
        for code, target in arcs[state].items():
            if block[target] not in numbers:
                numbers[block[target]] = len(queue)
                queue.append(target)
            row[code] = numbers[block[target]]
        rows.append(row)
    return Automaton(activities, tuple(rows), frozenset(final))
