"""Exact deviation from a flow, event by event, by table look-up.

For a trace read so far, the *cost vector* holds for every state of the automaton the
least number of deviations with which the flow can be in that state: 1 for each event
that the flow does not allow there, 1 for each visible step that was skipped. The next
vector depends only on this one (less its minimum) and the next activity, so vectors are
numbered as they appear and their succession is remembered: a min-plus automaton
determinised on demand, like a Levenshtein automaton of the flow (engine.md, section 2;
Schulz and Mihov, 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.core.flow.automaton import Automaton

Vector = tuple[int, ...]

MOST_REMEMBERED = 64_000_000
"""Roughly how many bytes of vectors a judge keeps before it forgets them all."""


class Arrows:
    """The automaton's arcs in the orders in which judging needs them.

    Attributes:
        ahead: for each state, the states one step on.
        into: for each state, the (state, activity code) pairs that lead into it.
        by_code: for each activity code, its (state, next state) pairs.
    """

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.ahead = tuple(tuple(sorted(set(row.values()))) for row in automaton.arcs)
        self.into: list[list[tuple[int, int]]] = [[] for _ in automaton.arcs]
        self.by_code: list[list[tuple[int, int]]] = [[] for _ in automaton.activities]
        for state, row in enumerate(automaton.arcs):
            for code, target in row.items():
                self.into[target].append((state, code))
                self.by_code[code].append((state, target))

    def start(self) -> list[int]:
        """Return the vector before the first event: how many steps lead to each state."""
        vector = [len(self.ahead)] * len(self.ahead)
        vector[0] = 0
        self._spread(vector, [0])
        return vector

    def after(self, vector: Sequence[int], code: int) -> list[int]:
        """Return the vector after one more event; ``code`` -1 is an unknown activity."""
        result = [cost + 1 for cost in vector]
        if code >= 0:
            improved = []
            for state, target in self.by_code[code]:
                if vector[state] < result[target]:
                    result[target] = vector[state]
                    improved.append(target)
            self._spread(result, improved)
        return result

    def _spread(self, vector: list[int], improved: list[int]) -> None:
        """Let every state be reached from ``improved`` ones by skipping steps."""
        ahead = self.ahead
        while improved:
            later = []
            for state in improved:
                cost = vector[state] + 1
                for target in ahead[state]:
                    if cost < vector[target]:
                        vector[target] = cost
                        later.append(target)
            improved = later


class Judge:
    """Judges traces of one flow; remembers what it has worked out.

    The state of a running case is one number. ``advance`` takes it past an event,
    ``closing_cost`` tells what is still missing if the case ended there.
    """

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.arrows = Arrows(automaton)
        self.code_of = {name: code for code, name in enumerate(automaton.activities)}
        self.width = len(automaton.activities) + 1
        self.unknown = self.width - 1
        self._most = max(1000, MOST_REMEMBERED // (8 * len(automaton.arcs) + 200))
        self.forget()

    def forget(self) -> None:
        """Drop everything remembered; numbers of running cases lose their meaning."""
        self._numbers: dict[Vector, int] = {}
        self._vectors: list[Vector] = []
        self._steps: dict[int, int] = {}
        self._closing: list[int] = []
        self.start = self._number(self.arrows.start())

    @property
    def is_full(self) -> bool:
        """Whether so much is remembered that it is time to ``forget`` between two cases."""
        return len(self._vectors) > self._most

    def codes(self, activities: Iterable[str]) -> list[int]:
        """Translate activity names; what the flow does not know becomes ``unknown``."""
        return [self.code_of.get(name, self.unknown) for name in activities]

    def advance(self, state: int, code: int) -> tuple[int, int]:
        """Return the state after one more event, and by how much the least cost rose (0 or 1)."""
        key = state * self.width + code
        step = self._steps.get(key)
        if step is None:
            step = self._steps[key] = self._work_out(state, code)
        return step >> 1, step & 1

    def closing_cost(self, state: int) -> int:
        """Return the cost of the steps still missing if the case ended in ``state``."""
        return self._closing[state]

    def cost(self, codes: Iterable[int]) -> int:
        """Return the exact deviation of a whole trace; forgets on the way when it must."""
        state, total = self.start, 0
        steps, width = self._steps, self.width
        for code in codes:
            step = steps.get(state * width + code)
            if step is None:
                if self.is_full:
                    state, steps = self._restart(state), self._steps
                step = steps[state * width + code] = self._work_out(state, code)
            state = step >> 1
            total += step & 1
        return total + self._closing[state]

    def trail(self, codes: Iterable[int]) -> list[tuple[int, Vector]]:
        """Return, before the first event and after each, the least cost and the vector above it."""
        state, total = self.start, 0
        found = [(0, self._vectors[state])]
        for code in codes:
            state, rise = self.advance(state, code)
            total += rise
            found.append((total, self._vectors[state]))
        return found

    def _restart(self, state: int) -> int:
        """Forget everything but ``state``, and return its new number."""
        vector = self._vectors[state]
        self.forget()
        return self._number(list(vector))

    def _work_out(self, state: int, code: int) -> int:
        if code == self.unknown:
            return state << 1 | 1
        vector = self.arrows.after(self._vectors[state], code)
        return self._number(vector) << 1 | min(vector)

    def _number(self, vector: list[int]) -> int:
        least = min(vector)
        key = tuple([cost - least for cost in vector]) if least else tuple(vector)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._vectors)
            self._vectors.append(key)
            self._closing.append(min(key[state] for state in self.automaton.accepting))
        return number


class Matcher:
    """Tells fit from unfit by one look-up per event; never how far off a trace is."""

    def __init__(self, automaton: Automaton) -> None:
        self.table = automaton.table()
        width = len(automaton.activities) + 1
        self.accepting = frozenset(state * width for state in automaton.accepting)

    def fits(self, codes: Iterable[int]) -> bool:
        """Tell whether the flow allows exactly this trace; codes as in ``Judge.codes``."""
        row, table = 0, self.table
        for code in codes:
            row = table[row + code]
        return row in self.accepting
