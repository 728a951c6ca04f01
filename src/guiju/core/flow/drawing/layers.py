"""Which layer each node stands in, along the flow.

Cycles are opened by a depth-first walk from the start, then every node is put one
layer after the last of its predecessors (Sugiyama, Tagawa, Toda, 1981); a phase
begins only after the phase before it has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]


def returning(nodes: Sequence[str], edges: Sequence[Pair], rank: Mapping[str, int]) -> set[int]:
    """Return the indices of edges that lead back: they close a cycle, or go to an earlier phase."""
    ahead: dict[str, list[tuple[int, str]]] = defaultdict(list)
    back = set()
    for index, (source, target) in enumerate(edges):
        if source == target or rank[target] < rank[source]:
            back.add(index)
        else:
            ahead[source].append((index, target))
    state: dict[str, int] = {}
    entered = {target for source, target in edges if source != target}
    for root in [*(n for n in nodes if n not in entered), *nodes]:
        if root not in state:
            _walk(root, ahead, state, back)
    return back


def _walk(
    root: str,
    ahead: Mapping[str, list[tuple[int, str]]],
    state: dict[str, int],
    back: set[int],
) -> None:
    """Walk depth first; ``state`` is 1 while a node is open, 2 when it is done."""
    stack = [(root, iter(ahead.get(root, ())))]
    state[root] = 1
    while stack:
        node, rest = stack[-1]
        for index, target in rest:
            if state.get(target) == 1:
                back.add(index)
            elif target not in state:
                state[target] = 1
                stack.append((target, iter(ahead.get(target, ()))))
                break
        else:
            state[node] = 2
            stack.pop()


def layers_of(
    nodes: Sequence[str], edges: Iterable[Pair], rank: Mapping[str, int]
) -> dict[str, int]:
    """Return each node's layer; ``edges`` are free of cycles, ``rank`` is the phase's number."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    order = _topological(nodes, before, after)
    layer: dict[str, int] = {}
    floor = 0
    for number in sorted(set(rank.values())):
        for node in (n for n in order if rank[n] == number):
            layer[node] = max([floor, *(layer[b] + 1 for b in before[node])])
        floor = max(layer.values(), default=-1) + 1
    return layer


def _topological(
    nodes: Sequence[str], before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> list[str]:
    open_ends = {node: len(before[node]) for node in nodes}
    ready = [node for node in nodes if not open_ends[node]]
    order: list[str] = []
    for node in ready:
        order.append(node)
        for target in after[node]:
            open_ends[target] -= 1
            if not open_ends[target]:
                ready.append(target)
    return order
