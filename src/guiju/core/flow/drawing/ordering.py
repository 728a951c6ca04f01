"""In which order nodes of one layer stand, so that few lines cross.

Sweeps forward and back place each node at the mean of its neighbours' places; the
best order met is kept (Gansner, Koutsofios, North, Vo, 1993).
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

_SWEEPS = 16

Layers = list[list[int]]
Neighbours = Mapping[int, Sequence[int]]


def ordered(layers: Layers, before: Neighbours, after: Neighbours) -> Layers:
    """Return the layers with their vertices in a better order; the result is always the same."""
    best, fewest = layers, crossings(layers, after)
    current = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        numbers = range(1, len(current)) if forward else range(len(current) - 2, -1, -1)
        for number in numbers:
            fixed = current[number - 1 if forward else number + 1]
            place = {vertex: at for at, vertex in enumerate(fixed)}
            current[number] = _by_mean(current[number], before if forward else after, place)
        count = crossings(current, after)
        if count < fewest:
            best, fewest = [list(layer) for layer in current], count
    return best


def _by_mean(layer: list[int], neighbours: Neighbours, place: Mapping[int, int]) -> list[int]:
    """Sort by the mean place of neighbours; a vertex without any keeps its place."""
    keys = {}
    for at, vertex in enumerate(layer):
        near = [place[n] for n in neighbours.get(vertex, ()) if n in place]
        keys[vertex] = sum(near) / len(near) if near else float(at)
    return sorted(layer, key=keys.__getitem__)


def crossings(layers: Layers, after: Neighbours) -> int:
    """Return how many pairs of lines between neighbouring layers cross."""
    total = 0
    for upper, lower in pairwise(layers):
        place = {vertex: at for at, vertex in enumerate(lower)}
        seen: list[int] = []
        for vertex in upper:
            ends = sorted(place[n] for n in after.get(vertex, ()) if n in place)
            total += sum(len(seen) - bisect(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
