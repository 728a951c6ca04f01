"""A small picture of counts by day: bars, drawn on the server without style or script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guiju.base.record.health import Day

HEIGHT = 96
STEP = 20
WIDTH = 14
"""Units of the picture: its height, from bar to bar, and of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar; a day with few events still shows one."""

    date: date
    count: int
    x: int
    y: int
    height: int


def bars(days: Sequence[Day]) -> tuple[Bar, ...]:
    """Return the bars, the busiest day at full height."""
    most = max((day.count for day in days), default=0)
    drawn = []
    for place, day in enumerate(days):
        height = max(2, round(HEIGHT * day.count / most)) if day.count else 0
        x = place * STEP + (STEP - WIDTH) // 2
        drawn.append(Bar(day.date, day.count, x, HEIGHT - height, height))
    return tuple(drawn)
