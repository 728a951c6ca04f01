"""A unit as other areas have to know it when they keep something for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.base.org.models import Unit
from guiju.base.org.reads.within import numbers_in, within
from guiju.core.access import Scope
from guiju.core.organisation.words import Profile, UnitKind


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit and where it stands.

    Attributes:
        number: its primary key, to which other areas may point.
        path: the numbers of the units above and its own.
        profile: its own or that of the nearest unit above that has one; None without any.
        abolished: from which day on it is no more.
    """

    number: int
    reference: str
    code: str
    name: str
    kind: UnitKind
    area_code: str
    path: str
    profile: Profile | None
    abolished: date | None


def known_unit(reference: str, scope: Scope) -> KnownUnit | None:
    """Return a unit of a scope; None for one that is unknown or outside; two queries."""
    unit = Unit.objects.filter(within(scope, "path"), reference=reference).first()
    if unit is None:
        return None
    numbers = numbers_in(unit.path)
    line = Unit.objects.filter(number__in=numbers).values_list("path", "profile", "area_code")
    told = sorted(line, key=lambda one: len(one[0]))
    profiles = [profile for _, profile, _ in told if profile]
    areas = [area for _, _, area in told if area]
    return KnownUnit(
        unit.number,
        unit.reference,
        unit.code,
        unit.name,
        UnitKind.of(unit.kind),
        areas[-1] if areas else "",
        unit.path,
        Profile.of(profiles[-1]) if profiles else None,
        unit.abolished_date,
    )
