"""Taking in the appointments of a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.base.org.actions.index import Index
from guiju.base.org.events import APPOINTED, APPOINTMENT_CHANGED, APPOINTMENT_ENDED
from guiju.base.org.models import Appointment
from guiju.base.org.told import appointment_columns, difference
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, Personal, new_reference
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.rows import AppointmentRow

Pair = tuple[AppointmentRow, AppointmentRow]
"""An appointment as it is on record, and as it will be."""

_BATCH = 500


def apply(changes: Changes, index: Index, *, by: Actor, at: datetime) -> None:
    """Make the new appointments, change or end the others."""
    new: list[AppointmentRow] = []
    changed: list[Pair] = []
    for one in changes.rows:
        if isinstance(one.row, AppointmentRow):
            if isinstance(one.before, AppointmentRow):
                changed.append((one.before, one.row))
            else:
                new.append(one.row)
    if changed:
        _change(changed, index, by=by, at=at)
    if new:
        _appoint(new, index, by=by, at=at)


def _appoint(rows: Sequence[AppointmentRow], index: Index, *, by: Actor, at: datetime) -> None:
    made, drafts = [], []
    for row in rows:
        person, post = index.people[row.person], index.posts[row.post]
        one = Appointment(
            reference=new_reference("appointment"),
            person_id=person.number,
            post_id=post.number,
            **appointment_columns(row),
        )
        made.append(one)
        drafts.append(
            APPOINTED(
                object=person.reference,
                appointment=one.reference,
                post=post.reference,
                kind=one.kind,
                responsibility=one.responsibility,
                start_date=str(row.start),
                end_date=str(row.end or ""),
                document=Personal(person.reference, row.document),
            )
        )
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Appointment.objects.bulk_create(made)


def _change(pairs: Sequence[Pair], index: Index, *, by: Actor, at: datetime) -> None:
    found = _found(pairs, index)
    made, drafts = [], []
    for before, after in pairs:
        number, reference = found[_key(after, index)]
        made.append(Appointment(number=number, **appointment_columns(after)))
        drafts.append(_draft(before, after, reference, index))
    columns = ["kind", "responsibility", "end_date", "document"]
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Appointment.objects.bulk_update(made, columns, batch_size=_BATCH)


def _draft(before: AppointmentRow, after: AppointmentRow, reference: str, index: Index) -> Draft:
    """Return the event of a changed appointment; an end that is alone is told as an end."""
    person, post = index.people[after.person].reference, index.posts[after.post].reference
    was, now = difference(appointment_columns(before), appointment_columns(after))
    facts = {"object": person, "appointment": reference, "post": post}
    if after.end is not None and set(now) <= {"end_date", "document"} and "end_date" in now:
        return APPOINTMENT_ENDED(
            end_date=str(after.end), document=Personal(person, after.document), **facts
        )
    return APPOINTMENT_CHANGED(before=Personal(person, was), after=Personal(person, now), **facts)


def _key(row: AppointmentRow, index: Index) -> tuple[int, int, date | None]:
    return index.people[row.person].number, index.posts[row.post].number, row.start


def _found(
    pairs: Sequence[Pair], index: Index
) -> dict[tuple[int, int, date | None], tuple[int, str]]:
    people = sorted({index.people[after.person].number for _, after in pairs})
    found: dict[tuple[int, int, date | None], tuple[int, str]] = {}
    for start in range(0, len(people), _BATCH):
        rows = Appointment.objects.filter(person__in=people[start : start + _BATCH])
        for person, post, begun, number, reference in rows.values_list(
            "person", "post", "start_date", "number", "reference"
        ):
            found[person, post, begun] = number, reference
    return found
