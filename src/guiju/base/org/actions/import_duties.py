"""Taking in the statutory duties of a table (K4, K13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.base.org import find
from guiju.base.org.actions.duties import begun, ended
from guiju.base.org.actions.index import Index
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import DUTY_CHANGED
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
        drafts.append(_draft(row, before, after))
        row.unit, row.body = _carrier(after, index)
        row.end_date, row.document = after.end, after.document
        made.append(row)
    columns = ["unit", "body", "end_date", "document"]
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Duty.objects.bulk_update(made, columns)


def _draft(row: Duty, before: DutyRow, after: DutyRow) -> Draft:
    """Return the event of an entry, not yet changed; an end that is alone is told as an end."""
    told, now = difference(_columns(before), _columns(after))
    if after.end is not None and set(now) <= {"end_date", "document"} and "end_date" in now:
        return ended(row, Reform(after.end, after.document))
    return DUTY_CHANGED(
        object=row.area.reference, duty=row.reference, kind=row.kind, before=told, after=now
    )


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
    before = {(row.kind, row.area.code, row.end_date): row for row in known.values()}
    drafts, made = [], []
    for told in rows:
        unit, body = _carrier(told, index)
        row = Duty(
            reference=new_reference("duty"),
            kind=told.key[0],
            area=index.units[told.area],
            unit=unit,
            body=body,
            before=before.get(told.key),
            start_date=told.start or date.min,  # a row without one is a fault
            end_date=told.end,
            document=told.document,
        )
        made.append(row)
        before[row.kind, told.area, told.end] = row
        drafts += _told(row)
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        for row in made:  # one by one, in the order of their days: one points at the one before it
            row.before_id = row.before.number if row.before else None
            row.save(force_insert=True)


def _told(row: Duty) -> list[Draft]:
    end = [ended(row, Reform(row.end_date, row.document))] if row.end_date else []
    return [begun(row), *end]


def _carrier(row: DutyRow, index: Index) -> tuple[Unit | None, Body | None]:
    """Return who carries a duty; of bodies that bore one name, the one of that time."""
    if not row.body:
        return index.units[row.carrier], None
    found = index.bodies[row.carrier, row.body]
    return None, next((one for one in found if find.is_living(one, row.start)), found[-1])
