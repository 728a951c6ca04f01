"""A safe Petri net whose marking is one integer, one bit for each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """One move of the net, as masks over places.

    Attributes:
        take: places that must hold a token, and lose it.
        put: places that gain a token.
        clear: places that are emptied whether or not they hold a token (interruption).
        label: the activity that a log shows for it; empty when it is silent.
        node: id of the flow's node that it comes from.
        edge: for a gateway's decision, id of the sequence flow that it opens.
        waits: it does not happen by itself: time must pass or a message come.
    """

    take: int
    put: int
    clear: int = 0
    label: str = ""
    node: str = ""
    edge: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """A compiled flow: places are bits, ``initial`` and ``final`` are markings.

    Attributes:
        places: for each bit, a name for messages.
        titles: for each node id, what people call it.
    """

    places: tuple[str, ...]
    transitions: tuple[Transition, ...]
    initial: int
    final: int
    titles: Mapping[str, str]

    @property
    def activities(self) -> tuple[str, ...]:
        """The labels of visible transitions, sorted, each once."""
        return tuple(sorted({t.label for t in self.transitions if t.label}))

    def enabled(self, marking: int) -> Iterator[int]:
        """Yield the indices of transitions that may fire at ``marking``."""
        for index, move in enumerate(self.transitions):
            if marking & move.take == move.take:
                yield index

    def fire(self, marking: int, index: int) -> int:
        """Return the marking after transition ``index``; the caller knows that it is enabled."""
        move = self.transitions[index]
        return (marking & ~(move.take | move.clear)) | move.put

    def overfills(self, marking: int, index: int) -> int:
        """Return the places that would hold two tokens after firing ``index`` (0: none)."""
        move = self.transitions[index]
        return (marking & ~(move.take | move.clear)) & move.put


def bits(mask: int) -> Iterator[int]:
    """Yield the places in ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
