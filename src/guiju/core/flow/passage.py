"""How a scope of the net is entered and left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """The masks at both ends of a scope.

    Attributes:
        begin: the place whose token starts it.
        put: places marked when it ends.
        take: places that its last move must take besides (a host's running mark).
        clear: places that its last move empties (timers no longer armed).
    """

    begin: int
    put: int
    take: int = 0
    clear: int = 0
