"""Laying a statutory duty on a unit or body, handing it over, and ending it (K4, K13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from guiju.base.org import checks, find
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import DUTY_ASSIGNED, DUTY_ENDED, DUTY_HANDED_OVER
from guiju.base.org.models import Body, Duty, Unit
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Charge:
    """What is laid on whom.

    Attributes:
        duty: which duty.
        area: the reference of the unit for which, and for all below it, it is carried.
        carrier: the reference of the unit or body that carries it.
    """

    duty: StatutoryDuty
    area: str
    carrier: str


def assign_duty(*, charge: Charge, reform: Reform, by: Actor, at: datetime) -> Duty:
    """Lay a duty on a unit or body from a day on.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 for a day that has not come.
        Denied: ORG-06 when area or carrier does not exist on that day, ORG-88 when somebody
            carries it then or later; what ``recording`` raises.
        Conflict: ORG-02 when somebody else was quicker.
    """
    reform = _checked(reform, at)
    area = find.found(Unit, charge.area)
    find.require_living(area, reform.on)
    carrier = _carrier(charge.carrier, reform.on)
    row = _entry(charge.duty.value, area, carrier, reform)
    with checks.unless_taken(), recording(begun(row), by=by, at=at):
        find.hold(area)
        _require_free(area, charge.duty, reform.on)
        row.save(force_insert=True)
    return row


def hand_over_duty(*, duty: str, carrier: str, reform: Reform, by: Actor, at: datetime) -> Duty:
    """Let another unit or body carry a duty from a day on; return the new entry.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-66 for who carries it already, ORG-89 for a day
            that is not after the beginning.
        Denied: ORG-06, ORG-90 when it has ended; what ``recording`` raises.
        Conflict: ORG-02, ORG-08.
    """
    reform = _checked(reform, at)
    old = find.found(Duty, duty)
    return pass_on(old, _carrier(carrier, reform.on), reform, by=by, at=at)


def pass_on(old: Duty, carrier: Unit | Body, reform: Reform, *, by: Actor, at: datetime) -> Duty:
    """Hand an entry over to a carrier that is known to exist; raises as ``hand_over_duty``."""
    if old.carrier == carrier:
        raise Invalid("ORG-66", zh("现在就由「{name}」承担，不必移交。", name=carrier.name))
    _require_endable(old, reform.on)
    row = _entry(old.kind, old.area, carrier, reform)
    row.before = old
    with checks.unless_taken(), recording(begun(row), by=by, at=at):
        find.hold(old)
        Duty.objects.filter(number=old.number).update(end_date=reform.on)
        row.save(force_insert=True)
    return row


def end_duty(*, duty: str, reform: Reform, by: Actor, at: datetime) -> None:
    """End a duty from a day on; nobody carries it there then, unless a unit above has one.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-89.
        Denied: ORG-90 when it has ended; what ``recording`` raises.
        Conflict: ORG-08.
    """
    end(find.found(Duty, duty), _checked(reform, at), by=by, at=at)


def end(old: Duty, reform: Reform, *, by: Actor, at: datetime) -> None:
    """End an entry; raises as ``end_duty``."""
    _require_endable(old, reform.on)
    with recording(ended(old, reform), by=by, at=at):
        find.hold(old)
        Duty.objects.filter(number=old.number).update(end_date=reform.on)


def begun(row: Duty) -> Draft:
    """Return the event of an entry that begins: laid on, or taken over from the one before."""
    facts = {
        "object": row.area.reference,
        "duty": row.reference,
        "kind": row.kind,
        "carrier": row.carrier.reference,
        "name": row.carrier.name,
        "date": str(row.start_date),
        "document": row.document,
    }
    return (
        DUTY_HANDED_OVER(was=row.before.carrier.name, **facts)
        if row.before
        else DUTY_ASSIGNED(**facts)
    )


def ended(row: Duty, reform: Reform) -> Draft:
    """Return the event of an entry that ends."""
    return DUTY_ENDED(
        object=row.area.reference,
        duty=row.reference,
        kind=row.kind,
        was=row.carrier.name,
        date=str(reform.on),
        document=reform.document,
    )


def carry_duties(old: Unit, to: Unit | None, reform: Reform, *, by: Actor, at: datetime) -> None:
    """See to the duties of a unit that ceases: the follower carries them, or nobody does.

    What was carried for the unit alone ends; whatever follows it has what the tree gives it.

    Raises:
        Invalid: ORG-89 for one that begins on that day or later.
    """
    for row in going_on(Q(area=old), reform.on):
        end(row, reform, by=by, at=at)
    for row in going_on(Q(unit=old), reform.on):
        if to is None or row.area == to:
            end(row, reform, by=by, at=at)
        else:
            pass_on(row, to, reform, by=by, at=at)


def going_on(whose: Q, on: date) -> list[Duty]:
    """Return entries that would go on beyond a day."""
    rows = Duty.objects.filter(whose, Q(end_date=None) | Q(end_date__gt=on))
    return list(rows.select_related("area", "unit", "body").order_by("number"))


def _checked(reform: Reform, at: datetime) -> Reform:
    find.require_come(reform.on, at)
    return Reform(reform.on, checks.text(reform.document, label=zh("文号"), most=100))


def _carrier(reference: str, on: date) -> Unit | Body:
    is_body = reference.startswith("body:")
    found = find.found(Body, reference) if is_body else find.found(Unit, reference)
    find.require_living(found, on)
    return found


def _entry(kind: str, area: Unit, carrier: Unit | Body, reform: Reform) -> Duty:
    return Duty(
        reference=new_reference("duty"),
        kind=kind,
        area=area,
        unit=carrier if isinstance(carrier, Unit) else None,
        body=carrier if isinstance(carrier, Body) else None,
        start_date=reform.on,
        document=reform.document,
    )


def _require_free(area: Unit, duty: StatutoryDuty, on: date) -> None:
    taken = next(iter(going_on(Q(area=area, kind=duty.value), on)), None)
    if taken is not None:
        raise Denied(
            "ORG-88",
            zh(
                "「{area}」的{duty}已由「{name}」承担。要换单位，请办理移交。",
                area=area.name,
                duty=duty.label,
                name=taken.carrier.name,
            ),
        )


def _require_endable(old: Duty, on: date) -> None:
    if old.end_date is not None and old.end_date <= on:
        raise Denied("ORG-90", zh("这项职责的承担已经结束，不能再移交或终止。请刷新页面查看。"))
    if on <= old.start_date:
        raise Invalid(
            "ORG-89",
            zh(
                "这项职责从 {day} 才由它承担，移交或终止要晚于这一天。请改日期。",
                day=str(old.start_date),
            ),
        )
