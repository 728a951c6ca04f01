"""Shrinking a net before it is searched, without changing whether it is sound.

The rules are those of Murata (1989, section V) restricted to safe nets: fusion of
series, of parallel twins, and removal of loops at one place. Parallel branches that
are merely long or many thus cost nothing to prove. Each remaining transition keeps
the sequence of original ones that it stands for, so that a fault found in the small
net is shown as a path of the real one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.flow.net import Net, bits


@dataclass(slots=True)
class Step:
    """A transition of the shrinking net; ``origin`` lists the original ones, in firing order.

    ``label`` is what must stay visible; when only soundness matters it is empty everywhere.
    ``alike`` are original ones that were dropped because they can fire if this step can.
    """

    take: int
    put: int
    clear: int
    origin: tuple[int, ...]
    label: str = ""
    alike: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left of a net."""

    steps: tuple[Step, ...]
    initial: int
    final: int


def reduce_net(net: Net, *, keep_traces: bool = False) -> Reduced:
    """Return the smallest equivalent that the rules reach.

    With ``keep_traces`` only silent moves are absorbed, and the net has the same traces.
    """
    work = _Work(net, keep_traces=keep_traces)
    while work.fuse_places() or work.fuse_transitions() or work.drop_twins() or work.drop_loops():
        pass
    return Reduced(tuple(work.steps.values()), net.initial, net.final)


class _Work:
    """The net while it shrinks, with the producers and consumers of each place."""

    def __init__(self, net: Net, *, keep_traces: bool) -> None:
        self.steps = {
            i: Step(t.take, t.put, t.clear, (i,), t.label if keep_traces else "")
            for i, t in enumerate(net.transitions)
        }
        self.initial, self.cleared = net.initial, 0
        for step in self.steps.values():
            self.cleared |= step.clear
        self.kept = net.initial | net.final | self.cleared
        self.producers: dict[int, set[int]] = {1 << p: set() for p in range(len(net.places))}
        self.consumers: dict[int, set[int]] = {1 << p: set() for p in range(len(net.places))}
        for number in self.steps:
            self._link(number)

    def _link(self, number: int) -> None:
        step = self.steps[number]
        for place in bits(step.take):
            self.consumers[1 << place].add(number)
        for place in bits(step.put):
            self.producers[1 << place].add(number)

    def _drop(self, number: int) -> Step:
        step = self.steps.pop(number)
        for place in bits(step.take):
            self.consumers[1 << place].discard(number)
        for place in bits(step.put):
            self.producers[1 << place].discard(number)
        return step

    def _replace(self, number: int, step: Step) -> None:
        self._drop(number)
        self.steps[number] = step
        self._link(number)

    def fuse_places(self) -> bool:
        """One move between two places, the only way out of the first: make them one place."""
        for number, step in list(self.steps.items()):
            first, second = step.take, step.put
            if (
                number in self.steps
                and first.bit_count() == second.bit_count() == 1
                and first != second
                and not step.clear
                and not step.label
                and not first & self.kept
                and not second & self.cleared
                and self.consumers[first] == {number}
                and self.producers[first]
                and not any(self.steps[n].put & second for n in self.producers[first])
            ):
                self._drop(number)
                for producer in list(self.producers[first]):
                    old = self.steps[producer]
                    self._replace(
                        producer,
                        Step(
                            old.take,
                            old.put & ~first | second,
                            old.clear,
                            old.origin + step.origin,
                            old.label,
                            old.alike + step.alike,
                        ),
                    )
                return True
        return False

    def fuse_transitions(self) -> bool:
        """One place between two moves that no other move touches: make them one move."""
        for place, producers in self.producers.items():
            consumers = self.consumers[place]
            if len(producers) != 1 or len(consumers) != 1 or place & self.kept:
                continue
            before, after = next(iter(producers)), next(iter(consumers))
            first, second = self.steps[before], self.steps[after]
            if (
                before == after
                or second.take != place
                or not second.put
                or first.clear
                or second.clear
                or second.put & self.cleared
                or first.put & ~place & second.put
                or (second.label and (first.label or first.put != place))
            ):
                continue
            self._drop(after)
            put = first.put & ~place | second.put
            origin, label = first.origin + second.origin, first.label or second.label
            alike = first.alike + second.alike
            self._replace(before, Step(first.take, put, 0, origin, label, alike))
            return True
        return False

    def drop_twins(self) -> bool:
        """Places, or moves, with the same neighbours: one of them is enough."""
        shrunk = False
        seen: dict[tuple[int, int, int, str], int] = {}
        for number, step in list(self.steps.items()):
            key = (step.take, step.put, step.clear, step.label)
            twin = seen.setdefault(key, number)
            if twin != number:
                self._absorb(number, (twin,))
                shrunk = True
        around: dict[tuple[frozenset[int], frozenset[int]], int] = {}
        for place, producers in self.producers.items():
            consumers = self.consumers[place]
            if place & self.kept or not producers or not consumers:
                continue
            if around.setdefault((frozenset(producers), frozenset(consumers)), place) != place:
                self._erase(place)
                shrunk = True
        return shrunk

    def _absorb(self, number: int, others: Iterable[int]) -> None:
        """Drop a step that can fire if any of ``others`` can."""
        gone = self._drop(number)
        for other in others:
            self.steps[other].alike += gone.origin + gone.alike

    def _erase(self, place: int) -> None:
        for number in self.producers[place] | self.consumers[place]:
            step = self.steps[number]
            step.take &= ~place
            step.put &= ~place
        self.producers[place] = set()
        self.consumers[place] = set()

    def drop_loops(self) -> bool:
        """A move from a place back to it changes nothing, if another move fills that place."""
        shrunk = False
        for number, step in list(self.steps.items()):
            if (
                step.take == step.put
                and step.take.bit_count() == 1
                and not step.clear
                and not step.label
                and not step.take & self.initial
                and len(self.producers[step.take]) > 1
            ):
                self._absorb(number, self.producers[step.take] - {number})
                shrunk = True
        return shrunk
