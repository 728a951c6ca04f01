"""What other areas show on the workbench of a body's office (S2-75): meetings, reports.

Which meetings a body holds is known to areas that stand above this one; each puts its part
here with ``add_part`` when it starts, and the page shows what there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from guiju.base.ui.badges import Badge
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class PartLine:
    """One thing of a part: what it is, its page, and its state where that matters."""

    says: Sentence
    link: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class OfficePart:
    """A part of the page.

    Attributes:
        label: its heading, such as 会务.
        lines: what there is.
        empty: what is said where there is nothing.
    """

    label: Sentence
    lines: tuple[PartLine, ...]
    empty: Sentence


Source = Callable[[HttpRequest, str], OfficePart | None]
"""Returns the part for the body with a reference; None for none."""

_PARTS: dict[str, tuple[int, Source]] = {}


def add_part(name: str, order: int, source: Source) -> None:
    """Show a part; smaller ``order`` stands higher, one of the same name is replaced."""
    _PARTS[name] = order, source


def parts_of(request: HttpRequest, body: str) -> tuple[OfficePart, ...]:
    """Return the parts of a body's office."""
    ordered = sorted(_PARTS.values(), key=lambda one: one[0])
    found = (source(request, body) for _, source in ordered)
    return tuple(one for one in found if one is not None)
