"""Sharing steps out among people: list colouring with several people for a joint step.

Backtracking with conflict-directed backjumping (Prosser, 1993). When it fails it
names a *core*: steps that these people cannot do among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from guiju.core.flow.net import bits


@dataclass(frozen=True, slots=True)
class Core:
    """Steps (a mask) that the people asked about cannot share out."""

    steps: int


class Colouring:
    """Steps with ``holders`` (mask of people), ``required`` signers and steps kept ``apart``."""

    def __init__(
        self,
        *,
        holders: Sequence[int],
        required: Sequence[int],
        apart: Sequence[int],
        tick: Callable[[], None],
    ) -> None:
        """Keep the tables; ``tick`` is called for each step tried and may give up by raising."""
        self._holders = holders
        self._required = required
        self._apart = apart
        self._tick = tick

    def assign(self, steps: int, team: int) -> dict[int, int] | Core:
        """Return for each of ``steps`` the mask of its signers out of ``team``, or a core."""
        easy, hard = self._peel(steps, team)
        found = self._solve(hard, team, {})
        if isinstance(found, Core):
            return self._shrunk(found, team)
        for step in reversed(easy):
            found[step] = self._first(step, team & ~self._taken(step, found))
        return found

    def _peel(self, steps: int, team: int) -> tuple[list[int], int]:
        """Take away steps that can always be staffed last, whatever their neighbours took."""
        easy: list[int] = []
        queue = list(bits(steps))
        for step in queue:
            if not steps >> step & 1:
                continue
            around = self._apart[step] & steps
            demand = self._required[step] + sum(self._required[other] for other in bits(around))
            if (self._holders[step] & team).bit_count() >= demand:
                easy.append(step)
                steps &= ~(1 << step)
                queue.extend(bits(around))
        return easy, steps

    def _shrunk(self, core: Core, team: int) -> Core:
        """Drop from ``core`` what is not needed for it to fail."""
        for step in bits(core.steps):
            if core.steps >> step & 1:
                less = self._solve(core.steps & ~(1 << step), team, {})
                if isinstance(less, Core):
                    core = less
        return core

    def _solve(self, steps: int, team: int, given: dict[int, int]) -> dict[int, int] | Core:
        if not steps:
            return dict(given)
        self._tick()
        step = min(bits(steps), key=lambda s: self._slack(s, team, given))
        rest = steps & ~(1 << step)
        blame = 1 << step
        for other in bits(self._apart[step]):
            if given.get(other, 0) & self._holders[step]:
                blame |= 1 << other
        for signers in self._choices(step, team & ~self._taken(step, given)):
            found = self._solve(rest, team, given | {step: signers})
            if not isinstance(found, Core):
                return found
            if not found.steps >> step & 1:
                return found
            blame |= found.steps
        return Core(blame)

    def _slack(self, step: int, team: int, given: dict[int, int]) -> int:
        free = self._holders[step] & team & ~self._taken(step, given)
        return free.bit_count() - self._required[step]

    def _taken(self, step: int, given: dict[int, int]) -> int:
        taken = 0
        for other in bits(self._apart[step]):
            taken |= given.get(other, 0)
        return taken

    def _choices(self, step: int, free: int) -> Iterator[int]:
        people = [1 << person for person in bits(self._holders[step] & free)]
        for signers in combinations(people, self._required[step]):
            yield sum(signers)

    def _first(self, step: int, free: int) -> int:
        return next(self._choices(step, free))
