"""Who carries a statutory duty for a unit on a day, and which nobody carries (K4, K13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from guiju.base.org.models import Duty, Unit
from guiju.base.org.reads.within import living, running, within
from guiju.base.ui.sources import Rows
from guiju.core.access import Scope
from guiju.core.organisation.words_duties import StatutoryDuty


@dataclass(frozen=True, slots=True)
class Carried:
    """A duty as it is or was carried.

    Attributes:
        reference: of the entry.
        area: the unit for which, and for all below it, it is carried.
        carrier: the unit or body that carries it.
        before: who carried it until this one took over; empty for the first.
        is_gone: whether the carrier was abolished since, without handing it over.
    """

    reference: str
    duty: StatutoryDuty
    area: str
    area_name: str
    carrier: str
    carrier_name: str
    before: str
    start: date
    end: date | None
    document: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Wanting:
    """A duty that nobody carries for a unit; ``last`` is who did so before, or empty."""

    duty: StatutoryDuty
    area: str
    area_name: str
    last: str


_NAMED = ("area", "unit", "body", "before__unit", "before__body")


def carrier_of(duty: StatutoryDuty, unit: str, on: date) -> Carried | None:
    """Return who carries a duty for a unit on a day; one query.

    The entry for the unit itself comes before one for a unit above it, the nearest first. The
    unit's place is that of today, or its last one.
    """
    rows = _for_unit(unit, on).filter(kind=duty.value)
    found = rows.order_by(Length("area__path").desc()).first()
    return _carried(found, on) if found else None


def carriers_for(unit: str, on: date) -> dict[StatutoryDuty, Carried | None]:
    """Return who carries each duty for a unit on a day, None for nobody; one query."""
    found: dict[StatutoryDuty, Carried | None] = dict.fromkeys(StatutoryDuty)
    for row in _for_unit(unit, on).order_by(Length("area__path")):  # the nearest comes last
        found[StatutoryDuty.of(row.kind)] = _carried(row, on)
    return found


def carried_by(unit: str, on: date) -> tuple[Carried, ...]:
    """Return what a unit carries on a day; one query."""
    rows = Duty.objects.filter(running(on), unit__reference=unit).select_related(*_NAMED)
    return tuple(_carried(row, on) for row in rows.order_by("kind", "number"))


def duties(scope: Scope, conditions: Mapping[str, str], *, on: date) -> Rows[Carried]:
    """Return entries for the list, for units in a scope; a page costs one query.

    Args:
        scope: where the reader may look.
        conditions: ``search`` a part of a carrier's name, also one that it had before;
            ``duty``; ``state`` (``current`` or ``ended``).
        on: the day for which the state counts.
    """
    rows = Duty.objects.filter(within(scope, "area__path")).select_related(*_NAMED)
    if text := conditions.get("search", ""):
        rows = rows.filter(_called(text))
    if duty := conditions.get("duty", ""):
        rows = rows.filter(kind=duty)
    match conditions.get("state", ""):
        case "current":
            rows = rows.filter(running(on))
        case "ended":
            rows = rows.filter(end_date__lte=on)
    return Rows(rows, lambda found: [_carried(row, on) for row in found])


def wanting(scope: Scope, *, on: date) -> tuple[Wanting, ...]:
    """Return the duties that nobody carries on a day; two queries.

    Every unit at the top needs each; a unit below needs one of its own that has ended, unless
    a unit above has it.
    """
    rows = list(Duty.objects.select_related(*_NAMED).order_by("start_date", "number"))
    last: dict[tuple[str, int], Duty] = {(row.kind, row.area_id): row for row in rows}
    covered = [(row.kind, row.area.path) for row in rows if _is_carried(row, on)]
    tops = Unit.objects.filter(living(on), within(scope, "path"), parent=None)
    needed = {(duty.value, unit.number): unit for unit in tops for duty in StatutoryDuty}
    needed |= {
        (kind, number): row.area
        for (kind, number), row in last.items()
        if scope.covers(row.area.path) and row.area.abolished_date is None
    }
    found = []
    for (kind, number), area in needed.items():
        if any(one == kind and area.path.startswith(path) for one, path in covered):
            continue
        row = last.get((kind, number))
        name = row.carrier.name if row else ""
        found.append(Wanting(StatutoryDuty.of(kind), area.reference, area.name, name))
    order = list(StatutoryDuty)
    return tuple(sorted(found, key=lambda one: (one.area_name, order.index(one.duty))))


def _in_force(on: date) -> QuerySet[Duty]:
    alive = (Q(unit__isnull=False) & living(on, "unit__")) | (
        Q(body__isnull=False) & living(on, "body__")
    )
    return Duty.objects.filter(running(on), alive).select_related(*_NAMED)


def _is_carried(row: Duty, on: date) -> bool:
    """Say of a row what ``_in_force`` says of all."""
    ends = (row.end_date, row.carrier.abolished_date)
    return row.start_date <= on and all(end is None or on < end for end in ends)


def _for_unit(unit: str, on: date) -> QuerySet[Duty]:
    below = Unit.objects.filter(reference=unit, path__startswith=OuterRef("area__path"))
    return _in_force(on).filter(Exists(below))


def _called(text: str) -> Q:
    return (
        Q(unit__name__contains=text)
        | Q(body__name__contains=text)
        | Q(before__unit__name__contains=text)
        | Q(unit__in=Unit.objects.filter(versions__name__contains=text))
        | Q(unit__in=Unit.objects.filter(predecessors__before__name__contains=text))
    )


def _carried(row: Duty, on: date) -> Carried:
    gone = row.carrier.abolished_date
    return Carried(
        row.reference,
        StatutoryDuty.of(row.kind),
        row.area.reference,
        row.area.name,
        row.carrier.reference,
        row.carrier.name,
        row.before.carrier.name if row.before else "",
        row.start_date,
        row.end_date,
        row.document,
        row.end_date is None and gone is not None and gone <= on,
    )
