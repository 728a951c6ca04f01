"""Which steps complete runs need, when only some steps are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.flow.people.graph import RunGraph


@dataclass(frozen=True, slots=True)
class Run:
    """A complete run: transition indices in order, and its steps as a mask."""

    moves: tuple[int, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """No complete run: every one would need a step of ``cut``, and none of them is allowed."""

    cut: int


class Routes:
    """Answers about complete runs, each worked out once; steps are bits of a mask."""

    def __init__(self, graph: RunGraph, step_of: Sequence[int]) -> None:
        """Keep ``graph``; ``step_of`` gives each transition its step's bit, or 0 for none."""
        self._moves = tuple(
            tuple((step_of[index], after, index) for index, after in moves) for moves in graph.moves
        )
        self._final = graph.final
        self.steps = 0
        for moves in self._moves:
            for step, _, _ in moves:
                self.steps |= step
        self._runs: dict[int, Run | Blocked] = {}
        self._needed: dict[int, int | None] = {}

    def run(self, allowed: int) -> Run | Blocked:
        """Return a shortest complete run by ``allowed`` steps, or what blocks them all."""
        allowed &= self.steps
        if allowed not in self._runs:
            self._runs[allowed] = self._search(allowed)
        return self._runs[allowed]

    def needed(self, allowed: int) -> int | None:
        """Return the steps that lie on every complete run by ``allowed`` steps; None: no run."""
        allowed &= self.steps
        if allowed not in self._needed:
            self._needed[allowed] = self._common(allowed)
        return self._needed[allowed]

    def _common(self, allowed: int) -> int | None:
        run = self.run(allowed)
        if isinstance(run, Blocked):
            return None
        needed, untried = 0, run.steps
        while untried:
            step = untried & -untried
            other = self.run(allowed & ~step)
            if isinstance(other, Blocked):
                needed |= step
                untried ^= step
            else:
                untried &= other.steps
        return needed

    def _search(self, allowed: int) -> Run | Blocked:
        came: list[tuple[int, int] | None] = [None] * len(self._moves)
        came[0] = (0, -1)
        queue, cut = [0], 0
        for state in queue:
            if state == self._final:
                return self._trace(came)
            for step, after, index in self._moves[state]:
                if step & ~allowed:
                    cut |= step
                elif came[after] is None:
                    came[after] = (state, index)
                    queue.append(after)
        return Blocked(cut)

    def _trace(self, came: Sequence[tuple[int, int] | None]) -> Run:
        moves, steps, state = [], 0, self._final
        while state and (back := came[state]):
            earlier, index = back
            moves.append(index)
            steps |= next(step for step, _, move in self._moves[earlier] if move == index)
            state = earlier
        return Run(tuple(reversed(moves)), steps)
