"""What a net may do by itself between two visible steps, and what needs a choice."""

from __future__ import annotations

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
        self.quiet = [i for i, t in enumerate(net.transitions) if not _shows(t)]
        asked = _gateways_asked_in_turn(net)
        self.free = [i for i in self.quiet if net.transitions[i].node not in asked]
        self.by_node: dict[str, list[int]] = {}
        for index, move in enumerate(net.transitions):
            self.by_node.setdefault(move.node, []).append(index)
        self.undecided = sum(self._asking_places(node) for node in asked)
        self._due: dict[int, tuple[str, ...]] = {}
        self._ends: dict[int, bool] = {}

    def _asking_places(self, node: str) -> int:
        """Return the places between the questions of an inclusive split."""
        take, put = 0, 0
        for index in self.by_node[node]:
            take |= self.net.transitions[index].take
            put |= self.net.transitions[index].put
        return take & put

    def due(self, marking: int) -> tuple[str, ...]:
        """Return the nodes that can be done after free silent moves."""
        if marking not in self._due:
            self._due[marking] = self._find_due(marking)
        return self._due[marking]

    def _find_due(self, marking: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for reached in self._closure(marking, self.free):
            for index in self.net.enabled(reached):
                if _shows(self.net.transitions[index]):
                    found[self.net.transitions[index].node] = None
        return tuple(found)

    def ends(self, marking: int) -> bool:
        """Tell whether the final marking can be reached by free silent moves."""
        if marking not in self._ends:
            self._ends[marking] = self.net.final in self._closure(marking, self.free)
        return self._ends[marking]

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
        own = {self.net.transitions[i].edge for i in self.by_node.get(node, ())}
        if not edges or edges - own:
            return None
        for reached, fired in self._closure(marking, self.free).items():
            path, after = self._open(reached, node, edges)
            if edges == {self.net.transitions[i].edge for i in path} - {""}:
                return After((*fired, *path), after)
        return None

    def _open(self, marking: int, node: str, edges: frozenset[str]) -> tuple[tuple[int, ...], int]:
        """Ask the branches of ``node`` one after another, opening those of ``edges``."""
        path: tuple[int, ...] = ()
        left = edges | {""}
        while True:
            enabled = [
                i
                for i in self.by_node.get(node, ())
                if self._is_enabled(marking, i) and self.net.transitions[i].edge in left
            ]
            if not enabled:
                return path, marking
            move = max(enabled, key=lambda i: bool(self.net.transitions[i].edge))
            left = left - {self.net.transitions[move].edge} | {""}
            path, marking = (*path, move), self.net.fire(marking, move)

    def _is_enabled(self, marking: int, index: int) -> bool:
        take = self.net.transitions[index].take
        return marking & take == take

    def _last(self, marking: int, node: str) -> list[int]:
        return [
            i
            for i in self.by_node.get(node, ())
            if _shows(self.net.transitions[i]) and self._is_enabled(marking, i)
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
