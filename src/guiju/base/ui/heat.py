"""A number among others: shown with a bar that stands higher the larger it is (风险地图)."""

from __future__ import annotations

from dataclasses import dataclass

_SHAPES = ("", "▁", "▃", "▅", "▇")


@dataclass(frozen=True, slots=True)
class Heat:
    """A number with its share of the largest beside it, 0 (nothing) to 4."""

    number: int
    level: int

    @classmethod
    def among(cls, number: int, most: int) -> Heat:
        """Return a number as it stands among others of which ``most`` is the largest."""
        top = len(_SHAPES) - 1
        return cls(number, -(-number * top // most) if most > 0 else 0)

    @property
    def shape(self) -> str:
        """The bar, for those who do not tell colours apart."""
        return _SHAPES[self.level]
