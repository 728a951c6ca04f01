"""How far across the flow each vertex stands: straight long lines, no overlap.

Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2001): vertices
are aligned with their median neighbours into blocks in four ways, blocks are placed as
tightly as sizes allow, and each vertex takes the mean of the middle two results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

Layers = Sequence[Sequence[int]]
Neighbours = Mapping[int, Sequence[int]]
Gap = Callable[[int, int], float]


def places_across(
    layers: Layers, before: Neighbours, after: Neighbours, inner: frozenset[int], gap: Gap
) -> dict[int, float]:
    """Return the place of each vertex.

    Args:
        layers: vertices of each layer in order.
        before: neighbours in the layer before.
        after: neighbours in the layer after.
        inner: vertices that are mere bends of long lines, which are kept straight.
        gap: least distance between two neighbours of one layer.
    """
    if not layers:
        return {}
    candidates = []
    for forward in (True, False):
        for upward in (True, False):
            seen = [list(layer if upward else reversed(layer)) for layer in layers]
            seen = seen if forward else seen[::-1]
            distance = gap if upward else _mirrored(gap)
            near = before if forward else after
            root = _aligned(seen, near, _conflicts(seen, near, inner))
            place = _compacted(seen, root, distance)
            candidates.append(place if upward else {v: -x for v, x in place.items()})
    return _balanced(candidates)


def _mirrored(gap: Gap) -> Gap:
    return lambda left, right: gap(right, left)


def _conflicts(layers: Layers, near: Neighbours, inner: frozenset[int]) -> set[tuple[int, int]]:
    """Return lines that cross a straight inner line: they must not be aligned."""
    found = set()
    for upper, lower in pairwise(layers):
        place = {vertex: at for at, vertex in enumerate(upper)}
        spans = [
            (place[n], at)
            for at, vertex in enumerate(lower)
            if vertex in inner
            for n in near.get(vertex, ())
            if n in inner and n in place
        ]
        if not spans:
            continue
        for at, vertex in enumerate(lower):
            for n in near.get(vertex, ()):
                if n in place and not (vertex in inner and n in inner):
                    crosses = any((place[n] - p) * (at - q) < 0 for p, q in spans)
                    if crosses:
                        found.add((n, vertex))
    return found


def _aligned(layers: Layers, near: Neighbours, conflicts: set[tuple[int, int]]) -> dict[int, int]:
    """Return for each vertex the first one of its block of aligned vertices."""
    root = {v: v for layer in layers for v in layer}
    align = dict(root)
    for upper, lower in pairwise(layers):
        place = {vertex: at for at, vertex in enumerate(upper)}
        reached = -1
        for vertex in lower:
            near_by = sorted(place[n] for n in near.get(vertex, ()) if n in place)
            if not near_by:
                continue
            for at in sorted({near_by[(len(near_by) - 1) // 2], near_by[len(near_by) // 2]}):
                other = upper[at]
                if align[vertex] == vertex and at > reached and (other, vertex) not in conflicts:
                    align[other] = vertex
                    root[vertex] = root[other]
                    align[vertex] = root[vertex]
                    reached = at
    return root


def _compacted(layers: Layers, root: dict[int, int], gap: Gap) -> dict[int, float]:
    """Place the blocks one after another as close as their members allow.

    The blocks form a graph without cycles, so the longest way to a block is its place; a
    second pass moves blocks towards those that follow, so that nothing is stretched needlessly.
    """
    tighter: dict[int, list[tuple[int, float]]] = {}
    looser: dict[int, list[tuple[int, float]]] = {}
    for layer in layers:
        for left, right in pairwise(layer):
            distance = gap(left, right)
            tighter.setdefault(root[right], []).append((root[left], distance))
            looser.setdefault(root[left], []).append((root[right], distance))
    order = _block_order(set(root.values()), tighter, looser)
    place: dict[int, float] = {}
    for block in order:
        place[block] = max((place[b] + d for b, d in tighter.get(block, ())), default=0.0)
    for block in reversed(order):
        room = [place[b] - d for b, d in looser.get(block, ())]
        if room and not tighter.get(block):
            place[block] = max(place[block], min(room))
    return {vertex: place[root[vertex]] for vertex in root}


def _block_order(
    blocks: set[int],
    tighter: Mapping[int, list[tuple[int, float]]],
    looser: Mapping[int, list[tuple[int, float]]],
) -> list[int]:
    open_ends = {block: len(tighter.get(block, ())) for block in blocks}
    ready = sorted(block for block in blocks if not open_ends[block])
    order: list[int] = []
    for block in ready:
        order.append(block)
        for other, _ in looser.get(block, ()):
            open_ends[other] -= 1
            if not open_ends[other]:
                ready.append(other)
    return order


def _balanced(candidates: list[dict[int, float]]) -> dict[int, float]:
    """Move all candidates to the narrowest one's extent and take the mean of the middle two."""
    spans = [max(c.values()) - min(c.values()) for c in candidates]
    narrow = candidates[spans.index(min(spans))]
    low, high = min(narrow.values()), max(narrow.values())
    moved = []
    for number, candidate in enumerate(candidates):
        shift = low - min(candidate.values()) if number % 2 == 0 else high - max(candidate.values())
        moved.append({vertex: place + shift for vertex, place in candidate.items()})
    result = {}
    for vertex in narrow:
        four = sorted(candidate[vertex] for candidate in moved)
        result[vertex] = (four[1] + four[2]) / 2
    return result
