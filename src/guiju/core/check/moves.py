"""Where a trace leaves its flow: one cheapest sequence of moves, with the events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.check.deviation import Judge
from guiju.core.terms import MoveKind


@dataclass(frozen=True, slots=True)
class Move:
    """One place of the comparison.

    Attributes:
        kind: agreement, an event too many, or a step skipped.
        activity: its name.
        event: index of the event within the trace, None for a skipped step.
    """

    kind: MoveKind
    activity: str
    event: int | None


def find_moves(judge: Judge, activities: Sequence[str]) -> tuple[Move, ...]:
    """Return moves whose extra and skipped ones are as many as the exact cost.

    The activities of agreeing and skipped moves, in order, are a trace of the flow.
    """
    return _Backward(judge, activities).walk()


class _Backward:
    """Follows the cost vectors from the end to the start, always along equalities.

    An event too many is taken to be as late as it can be: of two, the second is the repetition.
    """

    def __init__(self, judge: Judge, activities: Sequence[str]) -> None:
        self.names = judge.automaton.activities
        self.into = judge.arrows.into
        self.activities, self.codes = activities, judge.codes(activities)
        self.trail = judge.trail(self.codes)
        self.event = len(self.codes)
        self.state = min(sorted(judge.automaton.accepting), key=self.trail[-1][1].__getitem__)

    def walk(self) -> tuple[Move, ...]:
        moves: list[Move] = []
        while self.event or self.state:
            moves.append(self._extra() or self._agreed() or self._skipped())
        return tuple(reversed(moves))

    def _cost(self, event: int, state: int) -> int:
        least, above = self.trail[event]
        return least + above[state]

    def _agreed(self) -> Move | None:
        if not self.event:
            return None
        before, code = self.event - 1, self.codes[self.event - 1]
        cost = self._cost(self.event, self.state)
        for state, by in self.into[self.state]:
            if by == code and self._cost(before, state) == cost:
                self.event, self.state = before, state
                return Move(MoveKind.SYNC, self.names[code], before)
        return None

    def _skipped(self) -> Move:
        cost = self._cost(self.event, self.state) - 1
        before = self.into[self.state]
        self.state, by = next(way for way in before if self._cost(self.event, way[0]) == cost)
        return Move(MoveKind.SKIPPED, self.names[by], None)

    def _extra(self) -> Move | None:
        cost = self._cost(self.event, self.state) - 1
        if not self.event or self._cost(self.event - 1, self.state) != cost:
            return None
        self.event -= 1
        return Move(MoveKind.EXTRA, self.activities[self.event], self.event)
