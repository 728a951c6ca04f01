"""What is on record by the codes of a table, read once for a whole import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from guiju.base.org.models import Body, Person, Post, Unit


class Known(NamedTuple):
    """A post or person: number, reference, and the number of the unit it belongs to."""

    number: int
    reference: str
    unit: int | None


@dataclass(slots=True)
class Index:
    """Units, posts and people by code, bodies by their host's code and their name.

    The steps of an import add what they make.
    """

    units: dict[str, Unit]
    posts: dict[str, Known]
    people: dict[str, Known]
    bodies: dict[tuple[str, str], list[Body]]

    @classmethod
    def read(cls) -> Index:
        """Return everything that is on record; four queries."""
        bodies: dict[tuple[str, str], list[Body]] = {}
        for body in Body.objects.select_related("host").order_by("number"):
            bodies.setdefault((body.host.code, body.name), []).append(body)
        return cls(
            {unit.code: unit for unit in Unit.objects.all()},
            {
                code: Known(number, reference, unit)
                for code, number, reference, unit in Post.objects.values_list(
                    "code", "number", "reference", "unit"
                )
            },
            {
                code: Known(number, reference, home)
                for code, number, reference, home in Person.objects.values_list(
                    "code", "number", "reference", "home"
                )
            },
            bodies,
        )
