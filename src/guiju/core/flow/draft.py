"""A net in the making: places and transitions are added, then frozen into a ``Net``."""

from __future__ import annotations

from guiju.core.flow.net import Net, Transition


class Draft:
    """Collects places (each a one-bit mask) and transitions."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.transitions: list[Transition] = []
        self.titles: dict[str, str] = {}

    def place(self, name: str) -> int:
        """Add a place and return its mask."""
        self.places.append(name)
        return 1 << (len(self.places) - 1)

    def since(self, count: int) -> int:
        """Return the mask of all places added after there were ``count`` of them."""
        return (1 << len(self.places)) - (1 << count)

    def move(
        self, node: str, take: int, put: int, *, clear: int = 0, label: str = "", edge: str = ""
    ) -> None:
        """Add a transition of ``node``; silent when ``label`` is empty."""
        self.transitions.append(Transition(take, put, clear, label, node, edge))

    def wait(self, node: str, take: int, put: int, *, clear: int = 0, label: str = "") -> None:
        """Add a transition that time or a message brings about."""
        self.transitions.append(Transition(take, put, clear, label, node, waits=True))

    def freeze(self, initial: int, final: int) -> Net:
        """Return the finished net."""
        return Net(tuple(self.places), tuple(self.transitions), initial, final, dict(self.titles))
