"""Order templates as small automata that run one event at a time.

Declare (van der Aalst, Pesic & Schonenberg 2009) in its reading over finite traces
(De Giacomo & Vardi 2013, LTLf); three verdicts while a trace still runs, as in Maggi et al.
2011. A state is an integer, so a matter carries one number per rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from guiju.core.terms import Standing, Template

FIRST, SECOND, OTHER = range(3)
"""The symbols of every monitor: its first step, its second step, any other step."""


COUNTED = frozenset({Template.ABSENCE, Template.EXISTENCE, Template.EXACTLY})
"""Templates of one step that count it."""

UNARY = COUNTED | {Template.INIT, Template.LAST}
"""Templates of one step; all others take two."""


_LETTERS = {"s": Standing.SATISFIED, "p": Standing.PENDING, "v": Standing.VIOLATED}

Row = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Monitor:
    """A complete automaton over the three symbols; it starts in state 0.

    Attributes:
        step: for each state, the next state on each symbol.
        verdicts: for each state, what it means; from ``VIOLATED`` nothing leads back.
    """

    step: tuple[Row, ...]
    verdicts: tuple[Standing, ...]

    def run(self, symbols: Iterable[int]) -> tuple[Standing, tuple[int, ...]]:
        """Return the verdict on a whole trace, and the indices of the events that prove it.

        The proof holds the events that changed something since all was well: for a violation
        since the start state was last held, for what is pending since it was last satisfied.
        """
        state, trail = 0, [(-1, 0)]
        for at, symbol in enumerate(symbols):
            after = self.step[state][symbol]
            if after != state:
                trail.append((at, after))
                state = after
                if self.verdicts[state] is Standing.VIOLATED:
                    break
        verdict = self.verdicts[state]
        return verdict, self._proof(verdict, trail)

    def _proof(self, verdict: Standing, trail: list[tuple[int, int]]) -> tuple[int, ...]:
        proof: list[int] = []
        if verdict is not Standing.SATISFIED:
            while trail:
                at, after = trail.pop()
                well = self.verdicts[after] is Standing.SATISFIED
                if at < 0 or (well and (after == 0 or verdict is Standing.PENDING)):
                    break
                proof.append(at)
        return tuple(reversed(proof))


_PATTERNS: dict[Template, tuple[str, tuple[Row, ...]]] = {
    Template.INIT: ("psv", ((1, 2, 2), (1, 1, 1), (2, 2, 2))),
    Template.LAST: ("ps", ((1, 0, 0), (1, 0, 0))),
    Template.RESPONSE: ("sp", ((1, 0, 0), (1, 0, 1))),
    Template.PRECEDENCE: ("ssv", ((1, 2, 0), (1, 1, 1), (2, 2, 2))),
    Template.SUCCESSION: ("spsv", ((1, 3, 0), (1, 2, 1), (1, 2, 2), (3, 3, 3))),
    Template.ALTERNATE_RESPONSE: ("spv", ((1, 0, 0), (2, 0, 1), (2, 2, 2))),
    Template.ALTERNATE_PRECEDENCE: ("ssv", ((1, 2, 0), (1, 0, 1), (2, 2, 2))),
    Template.ALTERNATE_SUCCESSION: ("spv", ((1, 2, 0), (2, 0, 1), (2, 2, 2))),
    Template.CHAIN_RESPONSE: ("spv", ((1, 0, 0), (2, 0, 2), (2, 2, 2))),
    Template.CHAIN_PRECEDENCE: ("ssv", ((1, 2, 0), (1, 0, 0), (2, 2, 2))),
    Template.CHAIN_SUCCESSION: ("spv", ((1, 2, 0), (2, 0, 2), (2, 2, 2))),
    Template.RESPONDED_EXISTENCE: ("sps", ((1, 2, 0), (1, 2, 1), (2, 2, 2))),
    Template.COEXISTENCE: ("spps", ((1, 2, 0), (1, 3, 1), (3, 2, 2), (3, 3, 3))),
    Template.NOT_COEXISTENCE: ("sssv", ((1, 2, 0), (1, 3, 1), (3, 2, 2), (3, 3, 3))),
    Template.NOT_SUCCESSION: ("ssv", ((1, 0, 0), (1, 2, 1), (2, 2, 2))),
    Template.NOT_CHAIN_SUCCESSION: ("ssv", ((1, 0, 0), (1, 2, 0), (2, 2, 2))),
}


@cache
def compiled(template: Template, times: int = 1) -> Monitor:
    """Return the monitor of ``template``; ``times`` (>= 1) matters to those that count.

    ``ABSENCE`` asks for fewer than ``times``, ``EXISTENCE`` for at least, ``EXACTLY`` for just.
    """
    letters, rows = _counting(template, times) if template in COUNTED else _PATTERNS[template]
    return Monitor(rows, tuple(_LETTERS[letter] for letter in letters))


def _counting(template: Template, times: int) -> tuple[str, tuple[Row, ...]]:
    letters = {
        Template.ABSENCE: "s" * times + "v",
        Template.EXISTENCE: "p" * times + "s",
        Template.EXACTLY: "p" * times + "sv",
    }[template]
    top = len(letters) - 1
    return letters, tuple((min(n + 1, top), n, n) for n in range(top + 1))
