"""What a net may do by itself between two visible steps, and what needs a choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.flow.net import Net, Transition


@dataclass(frozen=True, slots=True)
class After:
    """The transitions fired, and the marking they lead to."""

    fired: tuple[int, ...]
    marking: int


class Silent:
    """Silent moves of one net.

    An exclusive choice is made by doing a step behind it. An inclusive choice is not: which
    branches are left out cannot be read off a step. A timer or a message is done like a step.
    """

    def __init__(self, net: Net) -> None:
        self.net = net
        self.quiet = [i for i, t in enumerate(net.transitions) if not t.label]
        asked = _gateways_asked_in_turn(net)
        self.free = [i for i in self.quiet if net.transitions[i].node not in asked]
        self.by_node: dict[str, list[int]] = {}
        for index, move in enumerate(net.transitions):
            self.by_node.setdefault(move.node, []).append(index)

    def due(self, marking: int) -> tuple[str, ...]:
        """Return the nodes that can be done after free silent moves."""
        found: dict[str, None] = {}
        for reached in self._closure(marking, self.free):
            for index in self.net.enabled(reached):
                if _shows(self.net.transitions[index]):
                    found[self.net.transitions[index].node] = None
        return tuple(found)

    def ends(self, marking: int) -> bool:
        """Tell whether the final marking can be reached by free silent moves."""
        return self.net.final in self._closure(marking, self.free)

    def would_follow(self, marking: int, node: str) -> bool:
        """Tell whether ``node`` could be done after some silent moves of any kind."""
        return any(self._last(reached, node) for reached in self._closure(marking, self.quiet))

    def ways(self, marking: int, node: str) -> list[After]:
        """Return the different outcomes of doing ``node``, with as few silent moves as can be.

        Several outcomes differ in what remains possible; a choice must come first.
        """
        closure = self._closure(marking, self.free)
        outcomes: dict[int, After] = {}
        for reached, fired in closure.items():
            for index in self._last(reached, node):
                after = self.net.fire(reached, index)
                outcomes.setdefault(after, After((*fired, index), after))
        kept: list[After] = []
        for outcome in outcomes.values():
            if not any(outcome.marking in self._closure(k.marking, self.free) for k in kept):
                kept.append(outcome)
        return kept

    def choose(self, marking: int, node: str, edges: frozenset[str]) -> After | None:
        """Return the outcome of opening exactly ``edges`` at ``node``; None if that is not open."""
        own = [i for i in self.by_node.get(node, ()) if not self.net.transitions[i].label]
        for reached, fired in self._closure(marking, self.free).items():
            for path, after in self._closure_of_choices(reached, own):
                opened = [
                    self.net.transitions[i].edge for i in path if self.net.transitions[i].edge
                ]
                if path and len(opened) == len(edges) and set(opened) == edges:
                    return After((*fired, *path), after)
        return None

    def _closure_of_choices(
        self, marking: int, own: list[int]
    ) -> Iterable[tuple[tuple[int, ...], int]]:
        """Yield every run of the gateway's moves that decides all of its branches."""
        waiting: list[tuple[tuple[int, ...], int]] = [((), marking)]
        while waiting:
            path, current = waiting.pop()
            enabled = [
                i
                for i in own
                if current & self.net.transitions[i].take == self.net.transitions[i].take
            ]
            if not enabled:
                yield path, current
            elif len(path) < len(own):
                waiting.extend(((*path, i), self.net.fire(current, i)) for i in enabled)

    def _last(self, marking: int, node: str) -> list[int]:
        return [
            i
            for i in self.by_node.get(node, ())
            if _shows(self.net.transitions[i])
            and marking & self.net.transitions[i].take == self.net.transitions[i].take
        ]

    def _closure(self, marking: int, moves: list[int]) -> dict[int, tuple[int, ...]]:
        """Return the markings reachable by ``moves``, nearest first, with a shortest way."""
        found: dict[int, tuple[int, ...]] = {marking: ()}
        queue = [marking]
        for current in queue:
            for index in moves:
                take = self.net.transitions[index].take
                if current & take == take:
                    after = self.net.fire(current, index)
                    if after not in found:
                        found[after] = (*found[current], index)
                        queue.append(after)
        return found


def _shows(move: Transition) -> bool:
    """Tell whether somebody or something must bring ``move`` about."""
    return bool(move.label) or move.waits


def _gateways_asked_in_turn(net: Net) -> set[str]:
    """Return the inclusive splits: gateways with a silent move that opens no branch of theirs."""
    opens = {t.node for t in net.transitions if t.edge}
    return {t.node for t in net.transitions if t.node in opens and not t.label and not t.edge}
