"""All markings that a net can reach, found breadth first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net
from guiju.core.sentence import zh

MOST_MARKINGS = 100_000
"""How many markings a search may visit before it gives up with a message."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The reachability graph of a safe net.

    Attributes:
        numbers: for each marking, its number in order of discovery (0: the initial one).
        moves: for each number, its outgoing (transition, number) pairs.
        origin: for each number, the (number, transition) by which it was first found.
        overfull: the first (number, transition) that would put two tokens into one place;
            exploration stops there.
    """

    numbers: dict[int, int]
    moves: list[list[tuple[int, int]]]
    origin: list[tuple[int, int]]
    overfull: tuple[int, int] | None = None

    def path_to(self, number: int) -> list[int]:
        """Return a shortest sequence of transitions from the initial marking to ``number``."""
        path = []
        while number:
            number, transition = self.origin[number]
            path.append(transition)
        return path[::-1]


def explore(net: Net, *, most: int = MOST_MARKINGS) -> Graph:
    """Return the reachability graph of ``net``.

    Raises:
        Invalid: FLOW-10 when there are more than ``most`` markings.
    """
    numbers = {net.initial: 0}
    queue = [net.initial]
    moves: list[list[tuple[int, int]]] = []
    origin = [(0, -1)]
    steps = [(t.take, ~(t.take | t.clear), t.put) for t in net.transitions]
    for number, marking in enumerate(queue):
        found: list[tuple[int, int]] = []
        moves.append(found)
        for index, (take, keep, put) in enumerate(steps):
            if marking & take != take:
                continue
            kept = marking & keep
            if kept & put:
                return Graph(numbers, moves, origin, (number, index))
            after = kept | put
            target = numbers.get(after)
            if target is None:
                target = numbers[after] = len(queue)
                if target >= most:
                    raise too_large(most)
                queue.append(after)
                origin.append((number, index))
            found.append((index, target))
    return Graph(numbers, moves, origin)


def too_large(most: int) -> Invalid:
    """Return the refusal for a flow with more states than can be searched."""
    return Invalid(
        "FLOW-10",
        zh(
            "这个流程的并行分支太多，可能的状态超过 {most} 种，无法逐一核对。"
            "请把并行的部分拆成子流程，或减少同时办理的分支。",
            most=f"{most:,}",
        ),
    )


def leading_to(targets: Iterable[int], ahead: Sequence[Iterable[int]]) -> set[int]:
    """Return the numbers from which one of ``targets`` can be reached.

    ``ahead`` holds for each number those one step on.
    """
    before: list[list[int]] = [[] for _ in ahead]
    for number, after in enumerate(ahead):
        for target in after:
            before[target].append(number)
    found = set(targets)
    waiting = list(found)
    while waiting:
        for number in before[waiting.pop()]:
            if number not in found:
                found.add(number)
                waiting.append(number)
    return found
