"""Taking in the statutory duties of a table (K4, K13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.base.org.actions.index import Index
from guiju.base.org.events import DUTY_ASSIGNED, DUTY_CHANGED, DUTY_ENDED, DUTY_HANDED_OVER
from guiju.base.org.models import Body, Duty, Unit
from guiju.base.org.told import difference
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, new_reference
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.rows import DutyKey, DutyRow

Pair = tuple[DutyRow, DutyRow]
"""An entry as it is on record, and as it will be."""


def apply(changes: Changes, index: Index, *, by: Actor, at: datetime) -> None:
    """Change or end the entries that there are, then lay on the new ones.

    A new one that begins on the day on which another ended took over from it.
    """
    pairs: list[Pair] = []
    new: list[DutyRow] = []
    for one in changes.rows:
        if isinstance(one.row, DutyRow):
            if isinstance(one.before, DutyRow):
                pairs.append((one.before, one.row))
            else:
                new.append(one.row)
    if not pairs and not new:
        return
    known = _known()
    if pairs:
        _change(pairs, known, index, by=by, at=at)
    if new:
        _assign(sorted(new, key=lambda row: str(row.start)), known, index, by=by, at=at)


def _known() -> dict[DutyKey, Duty]:
    rows = Duty.objects.select_related("area", "unit", "body")
    return {(row.kind, row.area.code, row.start_date): row for row in rows}


def _change(
    pairs: Sequence[Pair],
    known: dict[DutyKey, Duty],
    index: Index,
    *,
    by: Actor,
    at: datetime,
) -> None:
    drafts, made = [], []
    for before, after in pairs:
        row = known[after.key]
        was = _name(row)
        row.unit, row.body = _carrier(after, index)
        row.end_date, row.document = after.end, after.document
        made.append(row)
        drafts.append(_draft(row, was, before, after))
    columns = ["unit", "body", "end_date", "document"]
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Duty.objects.bulk_update(made, columns)


def _draft(row: Duty, was: str, before: DutyRow, after: DutyRow) -> Draft:
    """Return the event of a changed entry; an end that is alone is told as an end."""
    told, now = difference(_columns(before), _columns(after))
    facts = {"object": row.area.reference, "duty": row.reference, "kind": row.kind}
    if after.end is not None and set(now) <= {"end_date", "document"} and "end_date" in now:
        return DUTY_ENDED(was=was, date=str(after.end), document=after.document, **facts)
    return DUTY_CHANGED(before=told, after=now, **facts)


def _columns(row: DutyRow) -> dict[str, object]:
    return {
        "carrier": row.carrier,
        "body": row.body,
        "end_date": row.end,
        "document": row.document,
    }


def _assign(
    rows: Sequence[DutyRow],
    known: dict[DutyKey, Duty],
    index: Index,
    *,
    by: Actor,
    at: datetime,
) -> None:
    ended = {(row.kind, row.area.code, row.end_date): row for row in known.values()}
    drafts, made = [], []
    for told in rows:
        unit, body = _carrier(told, index)
        row = Duty(
            reference=new_reference("duty"),
            kind=told.key[0],
            area=index.units[told.area],
            unit=unit,
            body=body,
            before=ended.get(told.key),
            start_date=told.start or date.min,  # a row without one is a fault
            end_date=told.end,
            document=told.document,
        )
        made.append(row)
        ended[row.kind, told.area, told.end] = row
        drafts += _told(row)
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        for row in made:  # one by one, in the order of their days: one points at the one before it
            row.before_id = row.before.number if row.before else None
            row.save(force_insert=True)


def _told(row: Duty) -> list[Draft]:
    carrier = row.unit or row.body
    facts = {
        "object": row.area.reference,
        "duty": row.reference,
        "kind": row.kind,
        "carrier": carrier.reference if carrier else "",
        "name": _name(row),
        "date": str(row.start_date),
        "document": row.document,
    }
    first = DUTY_HANDED_OVER(was=_name(row.before), **facts) if row.before else None
    drafts = [first or DUTY_ASSIGNED(**facts)]
    if row.end_date:
        drafts.append(
            DUTY_ENDED(
                object=row.area.reference,
                duty=row.reference,
                kind=row.kind,
                was=_name(row),
                date=str(row.end_date),
                document=row.document,
            )
        )
    return drafts


def _name(row: Duty) -> str:
    carrier = row.unit or row.body
    return carrier.name if carrier else ""


def _carrier(row: DutyRow, index: Index) -> tuple[Unit | None, Body | None]:
    """Return who carries a duty; of bodies that bore one name, the one of that time."""
    if not row.body:
        return index.units[row.carrier], None
    found = index.bodies[row.carrier, row.body]
    return None, next((one for one in found if _lives(one, row.start)), found[-1])


def _lives(body: Body, on: date | None) -> bool:
    first, last = body.founded_date, body.abolished_date
    return on is not None and (first is None or first <= on) and (last is None or on < last)
