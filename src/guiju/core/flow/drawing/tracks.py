"""Lanes for the turns of lines in the gap between two layers, so that none lie on another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_CLOSE = 0.5
"""Pixels below which two places across count as the same."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A line in a gap: it comes at ``come`` and goes on at ``go``, both across the flow.

    ``group`` is shared by lines of one source: they may lie on one another.
    ``comes_from_ahead`` and ``goes_ahead`` tell on which sides of the gap its ends are; a
    line that leads back has both ends on one side.
    """

    come: float
    go: float
    group: int
    comes_from_ahead: bool = False
    goes_ahead: bool = True

    @property
    def span(self) -> tuple[float, float]:
        return min(self.come, self.go), max(self.come, self.go)

    @property
    def is_straight(self) -> bool:
        both = self.goes_ahead and not self.comes_from_ahead
        return both and abs(self.come - self.go) < _CLOSE

    def behind(self) -> tuple[float, ...]:
        """Return where it lies between the layer behind and its own lane."""
        ends = ((self.come, not self.comes_from_ahead), (self.go, not self.goes_ahead))
        return tuple(at for at, is_behind in ends if is_behind)

    def ahead(self) -> tuple[float, ...]:
        """Return where it lies between its own lane and the layer ahead."""
        ends = ((self.come, self.comes_from_ahead), (self.go, self.goes_ahead))
        return tuple(at for at, is_ahead in ends if is_ahead)


def assign_tracks(turns: Sequence[Turn]) -> tuple[list[int], int]:
    """Return a lane for each turn (0 is nearest to the layer behind), and how many there are."""
    bent = [number for number, turn in enumerate(turns) if not turn.is_straight]
    first = _must_come_first(turns, bent)
    lanes = [0] * len(turns)
    taken: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    placed: set[int] = set()
    waiting = sorted(bent, key=lambda n: (turns[n].span[1] - turns[n].span[0], turns[n].come))
    while waiting:
        ready = [n for n in waiting if first[n] <= placed] or waiting[:1]
        number = ready[0]
        waiting.remove(number)
        lane = max((lanes[n] + 1 for n in first[number] if n in placed), default=0)
        while not _fits(turns[number], taken[lane]):
            lane += 1
        taken[lane].append((*turns[number].span, turns[number].group))
        lanes[number] = lane
        placed.add(number)
    return lanes, max((lanes[n] + 1 for n in bent), default=0)


def _fits(turn: Turn, taken: Sequence[tuple[float, float, int]]) -> bool:
    low, high = turn.span
    return all(
        group == turn.group or high < other_low - 4 or low > other_high + 4
        for other_low, other_high, group in taken
    )


def _must_come_first(turns: Sequence[Turn], bent: Sequence[int]) -> dict[int, set[int]]:
    """Return for each turn those whose lane must be nearer to the layer behind.

    A line's stub behind its lane must not lie on another's stub ahead of its own.
    """
    ahead: dict[int, list[int]] = defaultdict(list)
    for number in bent:
        for at in turns[number].ahead():
            ahead[round(at)].append(number)
    first: dict[int, set[int]] = {number: set() for number in bent}
    for number in bent:
        for at in turns[number].behind():
            for near in (round(at) - 1, round(at), round(at) + 1):
                for other in ahead[near]:
                    if turns[other].group != turns[number].group:
                        first[other].add(number)
    return first
