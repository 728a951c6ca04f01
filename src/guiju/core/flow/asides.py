"""Branches that a timer opens beside the main course, and who waits for them.

A timer that does not interrupt opens a branch of its own, which ends in an end event that
the main course never comes to. As long as nothing is under way on it, its *idle* place is
marked: the timer takes that mark and the end gives it back. So the scope ends only when its
asides have ended too (BPMN 2.0, 13.3.4), and a reminder does not overtake itself.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from guiju.core.flow.blocks import Surroundings
from guiju.core.flow.draft import Draft
from guiju.core.flow.model import Node
from guiju.core.terms import NodeKind


class Asides:
    """The asides of one scope.

    Attributes:
        ends: ids of the end events that only asides come to.
        idle: all idle places.
    """

    def __init__(self, draft: Draft, nodes: tuple[Node, ...], around: Surroundings) -> None:
        self._around = around
        timers = {n.id for n in nodes if n.kind is NodeKind.BOUNDARY_TIMER and not n.interrupting}
        main = {n.id for n in nodes if n.kind is NodeKind.START}
        met = self._reach(main, timers)
        self.ends = {n.id for n in nodes if n.kind is NodeKind.END and timers and n.id not in met}
        self.idle = 0
        self._idle_of: dict[str, int] = {}
        self._group(draft, nodes, timers)

    def idle_of(self, node: str) -> int:
        """Return the idle place of a timer or of an end event; 0 if it belongs to no aside."""
        return self._idle_of.get(node, 0)

    def _reach(self, starts: AbstractSet[str], barred: AbstractSet[str]) -> set[str]:
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting.extend(self._around.after[node] - barred)
        return seen

    def _group(self, draft: Draft, nodes: tuple[Node, ...], timers: set[str]) -> None:
        """Give one idle place to each timer with its ends; timers that share an end share it."""
        groups: list[set[str]] = []
        for timer in (n for n in nodes if n.id in timers):
            group = {timer.id} | self._reach({timer.id}, timers) & self.ends
            if len(group) > 1:
                group.update(*(other for other in groups if other & group))
                groups = [*(other for other in groups if not other & group), group]
        titles = {n.id: n.title for n in nodes}
        for group in groups:
            place = draft.place(f"{titles[min(group & timers)]}（没有在办）")
            self.idle |= place
            self._idle_of |= dict.fromkeys(group, place)
