"""Who acts: a person or the system, as the holder of which post, in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from guiju.base.record.event_types import check_reference


@dataclass(frozen=True, slots=True)
class Actor:
    """Pseudonymous references: names of people never stand in the record's open part.

    Attributes:
        person: for example ``person:0190…`` or ``system``.
        post: in what post, or empty.
        unit: of which unit, or empty.

    Raises:
        Invalid: RECORD-04 for a reference that is none.
    """

    person: str
    post: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        for reference in (self.person, self.post, self.unit):
            check_reference(reference)


SYSTEM = Actor("system")
"""Guiju itself: clocks, jobs, the command line's own doings."""


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts by a request, as ``base.access`` found; whoever is not known is no actor."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]
