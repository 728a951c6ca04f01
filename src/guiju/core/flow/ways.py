"""Ways through a flow's picture: how one comes to an element, and which lines one passes."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from guiju.core.flow.model import Flow
from guiju.core.terms import NodeKind


def way_to(flow: Flow, node: str) -> tuple[str, ...]:
    """Return the ids of the nodes on a shortest way from a start to ``node``; none for no way."""
    starts = [one.id for one in flow.nodes if one.kind is NodeKind.START]
    return _shortest(_after(flow), starts, node)


def ahead(flow: Flow, node: str) -> frozenset[str]:
    """Return the ids of the nodes that lines lead to from ``node``, itself among them."""
    after = _after(flow)
    seen, waiting = {node}, [node]
    while waiting:
        for there in after[waiting.pop()]:
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return frozenset(seen)


def edges_along(flow: Flow, path: Sequence[str]) -> frozenset[str]:
    """Return the ids of the edges passed by whoever visits the nodes of ``path`` in order.

    Where branches run side by side, their nodes stand in the path one after the other; a
    gateway that only passes on may be missing in it.
    """
    after, passed = _after(flow), set[tuple[str, str]]()
    for place, node in enumerate(path[1:], 1):
        before = dict.fromkeys(path[:place])
        direct = {(one, node) for one in before if node in after[one]}
        passed |= direct or set(pairwise(_shortest(after, before, node)))
    return frozenset(edge.id for edge in flow.edges if (edge.source, edge.target) in passed)


def edges_among(flow: Flow, nodes: Collection[str]) -> frozenset[str]:
    """Return the ids of the edges with both ends among ``nodes``."""
    return frozenset(
        edge.id for edge in flow.edges if edge.source in nodes and edge.target in nodes
    )


def _after(flow: Flow) -> Mapping[str, list[str]]:
    after: dict[str, list[str]] = defaultdict(list)
    for edge in flow.edges:
        after[edge.source].append(edge.target)
    return after


def _shortest(after: Mapping[str, list[str]], starts: Iterable[str], node: str) -> tuple[str, ...]:
    before = dict.fromkeys(starts, "")
    waiting = deque(before)
    while waiting:
        here = waiting.popleft()
        if here == node:
            return _back(before, node)
        for there in after[here]:
            if there not in before:
                before[there] = here
                waiting.append(there)
    return ()


def _back(before: Mapping[str, str], node: str) -> tuple[str, ...]:
    path = [node]
    while before[path[-1]]:
        path.append(before[path[-1]])
    return tuple(reversed(path))
