"""Inclusive splits and joins as safe moves.

A split asks its branches one after another whether they are taken, so that n
branches need 4n moves instead of 2^n; a branch not taken reports straight to the
join, which therefore always waits for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.flow.draft import Draft
from guiju.core.flow.model import Node


def add_inclusive_split(
    draft: Draft, node: Node, begin: int, branches: Sequence[tuple[int, int, str]]
) -> None:
    """Add the split ``node``.

    Args:
        draft: the net in the making.
        node: the gateway; its default branch is taken only when no other is.
        begin: the place before the gateway.
        branches: for each, the place it starts in, the place at the join that tells that it
            was not taken (0 without a join), and its edge id.
    """
    asked = [(go, skip, edge) for go, skip, edge in branches if edge != node.default]
    default = next(((go, skip, edge) for go, skip, edge in branches if edge == node.default), None)
    none, some = begin, 0
    for number, (go, skip, edge) in enumerate(asked, start=1):
        last = number == len(asked)
        name = f"{node.title}?{number}"
        settled = last and default is None
        next_some = 0 if settled else draft.place(f"{name}+")
        next_none = 0 if settled else draft.place(f"{name}-")
        draft.move(node.id, none, go | next_some, edge=edge)
        if not settled:
            draft.move(node.id, none, skip | next_none)
        if some:
            draft.move(node.id, some, go | next_some, edge=edge)
            draft.move(node.id, some, skip | next_some)
        none, some = next_none, next_some
    if default is not None:
        go, skip, edge = default
        draft.move(node.id, none or begin, go, edge=edge)
        if some:
            draft.move(node.id, some, skip)


def add_inclusive_join(
    draft: Draft, node: Node, arrivals: Sequence[int], put: int, *, exclusive: bool
) -> None:
    """Add the join ``node``: all branches report, or one does when the split was exclusive."""
    if exclusive:
        for arrival in arrivals:
            draft.move(node.id, arrival, put)
        return
    take = 0
    for arrival in arrivals:
        take |= arrival
    draft.move(node.id, take, put)
