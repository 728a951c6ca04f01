"""Sharing steps out among people: list colouring with several people for a joint step.

Backtracking with conflict-directed backjumping (Prosser, 1993). When it fails it
names a *core*: steps that these people cannot do among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from guiju.core.flow.net import bits

Masks = dict[int, int]


@dataclass(frozen=True, slots=True)
class Core:
    """Steps (a mask) that the people asked about cannot share out."""

    steps: int


class Colouring:
    """Steps with ``required`` signers each, some kept ``apart`` from others (masks of steps)."""

    def __init__(
        self, *, required: Sequence[int], apart: Sequence[int], tick: Callable[[], None]
    ) -> None:
        """Keep the tables; ``tick`` is called for each step tried and may give up by raising."""
        self._required = required
        self._apart = apart
        self._joint = sum(1 << step for step, count in enumerate(required) if count > 1)
        self._tick = tick

    def assign(self, free: Masks, alike: int = 0) -> Masks | Core:
        """Return the signers of each step, or a core.

        Args:
            free: for each step, the mask of people who may do it.
            alike: people whom nothing tells apart, as each step lists all of them or none:
                of those not used yet only the first are tried.
        """
        easy, hard = self._peel(free)
        found = self._solve(hard, {}, free, alike)
        if isinstance(found, Core):
            return self._shrunk(found, free, alike)
        for step in reversed(easy):
            left = free[step] & ~self._taken(step, found)
            found[step] = next(self._choices(step, left))
        return found

    def _peel(self, free: Masks) -> tuple[list[int], Masks]:
        """Take away steps that can always be staffed last, whatever their neighbours took."""
        easy: list[int] = []
        hard = dict(free)
        left = waiting = sum(1 << step for step in hard)
        while waiting:
            step = (waiting & -waiting).bit_length() - 1
            waiting ^= 1 << step
            around = self._apart[step] & left
            demand = self._required[step] + around.bit_count()
            for other in bits(around & self._joint):
                demand += self._required[other] - 1
            if hard[step].bit_count() >= demand:
                easy.append(step)
                del hard[step]
                left ^= 1 << step
                waiting |= around
        return easy, hard

    def _shrunk(self, core: Core, free: Masks, alike: int) -> Core:
        """Drop from ``core`` what is not needed for it to fail."""
        for step in bits(core.steps):
            if core.steps >> step & 1:
                fewer = {other: free[other] for other in bits(core.steps & ~(1 << step))}
                less = self._solve(fewer, {}, free, alike)
                if isinstance(less, Core):
                    core = less
        return core

    def _solve(self, left: Masks, given: Masks, free: Masks, alike: int) -> Masks | Core:
        """Extend ``given`` to the steps ``left``, whose masks lack what neighbours took."""
        if not left:
            return given
        self._tick()
        required = self._required
        step = min(left, key=lambda s: left[s].bit_count() - required[s])
        around = self._apart[step]
        blame = 1 << step
        for other, signers in given.items():
            if around >> other & 1 and signers & free[step]:
                blame |= 1 << other
        for signers in self._choices(step, self._distinct(left[step], given, alike)):
            rest = {
                other: mask & ~signers if around >> other & 1 else mask
                for other, mask in left.items()
                if other != step
            }
            found = self._solve(rest, given | {step: signers}, free, alike)
            if not isinstance(found, Core) or not found.steps >> step & 1:
                return found
            blame |= found.steps
        return Core(blame)

    def _distinct(self, mask: int, given: Masks, alike: int) -> int:
        """Leave of the people who are alike and not used yet only the first ones."""
        fresh = mask & alike
        if not fresh:
            return mask
        for signers in given.values():
            fresh &= ~signers
        kept = mask & ~fresh
        return kept | sum(1 << person for person in list(bits(fresh))[: max(self._required)])

    def _taken(self, step: int, given: Masks) -> int:
        taken = 0
        for other in bits(self._apart[step]):
            taken |= given.get(other, 0)
        return taken

    def _choices(self, step: int, mask: int) -> Iterator[int]:
        people = [1 << person for person in bits(mask)]
        if self._required[step] == 1:
            yield from people
        else:
            for signers in combinations(people, self._required[step]):
                yield sum(signers)
