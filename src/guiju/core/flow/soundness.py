"""Is a flow sound? If not: which step is at fault, and the way that leads there.

Sound means that from every reachable marking the end can be reached, that nothing is
left behind when it is, that no step is dead, and that no place ever holds two tokens
(van der Aalst, 1998; engine.md, section 1). The net is reduced before it is searched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.flow.markings import MOST_MARKINGS, Graph, explore, leading_to
from guiju.core.flow.net import Net, Transition
from guiju.core.flow.reduction import Reduced, reduce_net
from guiju.core.terms import FaultKind


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a flow is not sound.

    Attributes:
        kind: what goes wrong.
        node: id of the node where it shows.
        path: ids of the nodes passed on a shortest way there.
        waiting: ids of nodes that wait in vain when the way ends.
    """

    kind: FaultKind
    node: str
    path: tuple[str, ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome: sound if there are no faults; ``markings`` is how many were searched."""

    faults: tuple[Fault, ...]
    markings: int

    @property
    def is_sound(self) -> bool:
        return not self.faults


def prove(net: Net, *, most: int = MOST_MARKINGS) -> Proof:
    """Prove ``net`` sound or find its faults.

    Raises:
        Invalid: FLOW-10 when even the reduced net has more than ``most`` markings.
    """
    reduced = reduce_net(net)
    small = Net(
        net.places,
        tuple(Transition(s.take, s.put, s.clear) for s in reduced.steps),
        net.initial,
        net.final,
        net.titles,
    )
    graph = explore(small, most=most)
    search = _Search(net, reduced, graph)
    if graph.overfull:
        return Proof((search.overfull(*graph.overfull),), len(graph.numbers))
    return Proof((*search.stuck(), *search.dead()), len(graph.numbers))


class _Search:
    """Reads faults off the graph of the reduced net and tells them of the real one."""

    def __init__(self, net: Net, reduced: Reduced, graph: Graph) -> None:
        self.net, self.reduced, self.graph = net, reduced, graph
        self.markings = list(graph.numbers)

    def _path(self, steps: Iterable[int]) -> tuple[str, ...]:
        """Return the nodes that a sequence of reduced steps passes, each visit once."""
        passed: list[str] = []
        for index in self._origins(steps):
            node = self.net.transitions[index].node
            if not passed or passed[-1] != node:
                passed.append(node)
        return tuple(passed)

    def _origins(self, steps: Iterable[int]) -> list[int]:
        """Return the original transitions that a sequence of reduced steps fires."""
        return [index for step in steps for index in self.reduced.steps[step].origin]

    def _consumers(self, mask: int) -> tuple[str, ...]:
        """Return the nodes that take from any place of ``mask``."""
        return tuple(dict.fromkeys(t.node for t in self.net.transitions if t.take & mask))

    def overfull(self, number: int, step: int) -> Fault:
        path = self._path([*self.graph.path_to(number), step])
        marking, place, node = self.net.initial, 0, ""
        for index in self._origins([*self.graph.path_to(number), step]):
            place, node = self.net.overfills(marking, index), self.net.transitions[index].node
            if place:
                break
            marking = self.net.fire(marking, index)
        waiting = self._consumers(place)
        return Fault(FaultKind.OVERFULL, (*waiting, node)[0], path, waiting)

    def stuck(self) -> list[Fault]:
        """Return the nearest marking of each kind from which the end cannot be reached."""
        good = self._good()
        faults: dict[FaultKind, Fault] = {}
        for number, marking in enumerate(self.markings):
            if number not in good and not self.graph.moves[number]:
                fault = self._dead_end(number, marking)
                faults.setdefault(fault.kind, fault)
        if not faults and len(good) < len(self.markings):
            number = next(n for n in range(len(self.markings)) if n not in good)
            path = self._path(self.graph.path_to(number))
            waiting = self._consumers(self.markings[number])
            node = path[-1] if path else waiting[0]
            return [Fault(FaultKind.ENDLESS, node, path, waiting)]
        return list(faults.values())

    def _good(self) -> set[int]:
        """Return the numbers of markings from which the final marking can be reached."""
        if self.net.final not in self.graph.numbers:
            return set()
        ahead = [[target for _, target in moves] for moves in self.graph.moves]
        return leading_to([self.graph.numbers[self.net.final]], ahead)

    def _dead_end(self, number: int, marking: int) -> Fault:
        steps = self.graph.path_to(number)
        path = self._path(steps)
        left = marking & ~self.net.final
        waiting = self._consumers(left)
        if marking & self.net.final and waiting:
            return Fault(FaultKind.LEFTOVER, waiting[0], path, waiting)
        if self._goes_on(steps):  # only in circles, which the reduced net no longer has
            return Fault(FaultKind.ENDLESS, path[-1] if path else waiting[0], path, waiting)
        node = waiting[0] if waiting else self._last_into(left)
        return Fault(FaultKind.STUCK, node, path, waiting)

    def _goes_on(self, steps: list[int]) -> bool:
        """Tell whether the real net can move on after ``steps``."""
        marking = self.net.initial
        for index in self._origins(steps):
            marking = self.net.fire(marking, index)
        return any(True for _ in self.net.enabled(marking))

    def _last_into(self, mask: int) -> str:
        """Return a node after which a token lies where nothing takes it up."""
        return next((t.node for t in self.net.transitions if t.put & mask), "")

    def dead(self) -> list[Fault]:
        """Return the nodes of which no move can ever fire."""
        fired = {step for moves in self.graph.moves for step, _ in moves}
        alive, asleep = set[str](), dict[str, None]()
        for number, step in enumerate(self.reduced.steps):
            for index in step.origin + step.alike:
                node = self.net.transitions[index].node
                if number in fired:
                    alive.add(node)
                else:
                    asleep[node] = None
        return [Fault(FaultKind.DEAD, node, ()) for node in asleep if node not in alive]
