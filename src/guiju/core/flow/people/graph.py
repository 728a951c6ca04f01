"""The completing runs of a net as a small graph, without the product of parallel branches.

At each marking only a *stubborn set* of moves is followed (Valmari, "Stubborn sets
for reduced state space generation", 1990). Such a set keeps every dead marking
reachable, and by a permutation of the very moves that the full net needs. So for
each complete run of a safe net the graph holds one with the same moves, and the
same graph serves whichever steps are later forbidden.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition, bits
from guiju.core.sentence import zh

MARKINGS = 20_000
"""The most markings that are followed: about two seconds of one core."""

Moves = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class RunGraph:
    """For each state its moves (transition, next state); state 0 begins, ``final`` ends.

    Only states from which ``final`` can be reached have moves, and only to such states.
    """

    moves: tuple[Moves, ...]
    final: int


def _dependent(a: Transition, b: Transition) -> bool:
    """Tell whether the order of two moves that are both enabled can matter in a safe net."""
    return bool((a.take & (b.take | b.clear)) | (a.clear & (b.take | b.put)) | (a.put & b.clear))


class _Stubborn:
    """Chooses at each marking which enabled moves are enough to follow."""

    def __init__(self, net: Net) -> None:
        self.takes = [t.take for t in net.transitions]
        self.dependents = [
            sum(1 << j for j, b in enumerate(net.transitions) if j != i and _dependent(a, b))
            for i, a in enumerate(net.transitions)
        ]
        self.producers = [
            sum(1 << j for j, t in enumerate(net.transitions) if t.put >> place & 1)
            for place in range(len(net.places))
        ]
        self.rarity = [mask.bit_count() for mask in self.producers]

    def choose(self, marking: int, enabled: list[int]) -> list[int]:
        best = enabled
        tried = 0
        for seed in enabled:
            closed = self._closure(seed, marking, tried)
            tried |= 1 << seed
            chosen = [index for index in enabled if closed >> index & 1]
            if closed and len(chosen) < len(best):
                best = chosen
            if len(best) == 1:
                break
        return best

    def _closure(self, seed: int, marking: int, tried: int) -> int:
        """Close ``seed``; 0 when that takes in an earlier seed, which closed to no more."""
        closed = 1 << seed
        work = [seed]
        while work:
            index = work.pop()
            missing = self.takes[index] & ~marking
            if missing:
                place = min(bits(missing), key=self.rarity.__getitem__)
                added = self.producers[place] & ~closed
            else:
                added = self.dependents[index] & ~closed
            if added & tried:
                return 0
            closed |= added
            work.extend(bits(added))
        return closed


def run_graph(net: Net, cap: int = MARKINGS) -> RunGraph:
    """Return the graph of ``net``'s complete runs; the net is meant to be sound.

    Raises:
        Invalid: PEOPLE-05 when the end cannot be reached, PEOPLE-06 above ``cap``
            markings, PEOPLE-07 when a place would hold two tokens.
    """
    # Stubborn sets keep dead markings; an end that can be left needs the whole graph.
    stubborn = None if list(net.enabled(net.final)) else _Stubborn(net)
    states = {net.initial: 0}
    moves: list[Moves] = []
    queue = [net.initial]
    for marking in queue:
        enabled = list(net.enabled(marking))
        if stubborn and len(enabled) > 1:
            enabled = stubborn.choose(marking, enabled)
        found = []
        for index in enabled:
            after = _fired(net, marking, index)
            if after not in states:
                states[after] = len(queue)
                queue.append(after)
            found.append((index, states[after]))
        moves.append(tuple(found))
        _check_size(len(queue), cap)
    if net.final not in states:
        raise Invalid(
            "PEOPLE-05",
            zh("流程从开始走不到结束，无法计算最少人数。请先证明流程可走通，改正指出的步骤。"),
        )
    return _towards(states[net.final], moves)


def _fired(net: Net, marking: int, index: int) -> int:
    doubled = net.overfills(marking, index)
    if doubled:
        node = net.transitions[index].node
        raise Invalid(
            "PEOPLE-07",
            zh(
                "走到「{step}」时同一位置会重复进行（{place}），无法计算最少人数。"
                "请先证明流程可走通，改正指出的步骤。",
                step=net.titles.get(node, node),
                place=net.places[next(bits(doubled))],
            ),
        )
    return net.fire(marking, index)


def _check_size(markings: int, cap: int) -> None:
    if markings > cap:
        raise Invalid(
            "PEOPLE-06",
            zh(
                "流程的并行与选择组合超过 {cap} 种局面，无法计算最少人数。"
                "请把并行分支拆成子流程分别计算。",
                cap=cap,
            ),
        )


def _towards(final: int, moves: list[Moves]) -> RunGraph:
    """Keep the moves that can still lead to ``final``."""
    before: list[list[int]] = [[] for _ in moves]
    for state, outgoing in enumerate(moves):
        for _, after in outgoing:
            before[after].append(state)
    alive = {final}
    queue = [final]
    for state in queue:
        fresh = [earlier for earlier in before[state] if earlier not in alive]
        alive.update(fresh)
        queue.extend(dict.fromkeys(fresh))
    kept = (
        tuple(move for move in outgoing if move[1] in alive) if state != final else ()
        for state, outgoing in enumerate(moves)
    )
    return RunGraph(tuple(kept), final)
