"""Parts of pages as data: tabs, crumbs, steps of a timeline, trees, sheets of definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.base.ui.badges import Badge
from guiju.base.ui.tables import Value
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several pages about the same thing; ``count`` is shown beside its label."""

    label: Sentence | str
    link: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page; the last has no link."""

    label: Sentence | str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A row of a sheet.

    Attributes:
        label: what it is.
        value: as it is; None is shown as a dash.
        link: the page behind it.
        origin: where a derived value comes from, shown grey.
    """

    label: Sentence
    value: Value
    link: str = ""
    origin: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened.

    Attributes:
        at: when.
        says: one sentence.
        who: who did it, as what.
        link: the event behind it.
        badge: a verdict on it.
    """

    at: datetime
    says: Sentence | str
    who: Sentence | str = ""
    link: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Something in a tree, with what is below it.

    Attributes:
        label: its name.
        link: its page.
        note: a few words beside it.
        badge: its state.
        below: what hangs below it.
        is_open: whether that is unfolded at first.
        is_current: whether it is the thing that the page is about.
    """

    label: Sentence | str
    link: str = ""
    note: Sentence | str = ""
    badge: Badge | None = None
    below: tuple[Branch, ...] = ()
    is_open: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """How much of a time limit is used.

    Attributes:
        words: what is left, such as 还剩 3 个工作日.
        used: in hundredths, 0 to 100.
        tone: ``calm``, ``near`` or ``over``.
    """

    words: Sentence
    used: int
    tone: str = "calm"


@dataclass(frozen=True, slots=True)
class Trend:
    """How a figure went, oldest first: a small line, and the same in words.

    Attributes:
        values: at least two; what they count stands beside the figure.
        says: what the line shows, such as 近 6 个月：3、5、4、7、6、9.
    """

    values: tuple[float, ...]
    says: Sentence

    @property
    def points(self) -> str:
        """The line within a box of 100 by 28, as SVG wants it."""
        low, high = min(self.values), max(self.values)
        step, span = 100 / max(len(self.values) - 1, 1), (high - low) or 1
        places = (
            (at * step, 26 - (value - low) / span * 24) for at, value in enumerate(self.values)
        )
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
