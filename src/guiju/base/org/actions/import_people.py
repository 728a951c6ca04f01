"""Taking in the people of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from guiju.base.org import find
from guiju.base.org.actions.index import Index, Known
from guiju.base.org.actions.people import known
from guiju.base.org.events import PERSON_CHANGED, PERSON_ENTERED
from guiju.base.org.models import Person
from guiju.base.org.sealing import sealed_columns
from guiju.base.org.told import difference, person_columns, said
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.rows import AppointmentRow, PersonRow
from guiju.core.organisation.words import AppointmentKind

Pair = tuple[PersonRow, PersonRow]
"""A person as they are on record, and as they will be."""

_BATCH = 500


def apply(changes: Changes, index: Index, *, by: Actor, at: datetime) -> None:
    """Enter the new people, change the others.

    A table does not say where somebody belongs: it is where they hold a post.
    """
    new: list[PersonRow] = []
    changed: list[Pair] = []
    for one in changes.rows:
        if isinstance(one.row, PersonRow):
            if isinstance(one.before, PersonRow):
                changed.append((one.before, one.row))
            else:
                new.append(one.row)
    if new:
        terms = (one.row for one in changes.rows if isinstance(one.row, AppointmentRow))
        _enter(new, homes(terms, index, find.local_day(at)), index, by=by, at=at)
    if changed:
        _change(changed, index, by=by, at=at)


def without_sealed(row: PersonRow) -> PersonRow:
    """Return a row as it is told to those who may not see what is sealed."""
    return replace(row, id_number="", phone="")


def homes(terms: Iterable[AppointmentRow], index: Index, on: date) -> dict[str, int]:
    """Return where people belong, by code: the unit of the post they hold on a day.

    An own post comes before one in which they stand in; one that runs before one that is
    over; of several the latest.
    """
    best: dict[str, tuple[tuple[bool, bool, date], int]] = {}
    for row in terms:
        post = index.posts.get(row.post)
        if post is None or post.unit is None or row.start is None:
            continue
        runs = row.start <= on and (row.end is None or on < row.end)
        rank = (runs, row.kind is AppointmentKind.REGULAR, row.start)
        if row.person not in best or best[row.person][0] < rank:
            best[row.person] = rank, post.unit
    return {person: unit for person, (_, unit) in best.items()}


def _enter(
    rows: Sequence[PersonRow], at_home: dict[str, int], index: Index, *, by: Actor, at: datetime
) -> None:
    references = [new_reference("person") for _ in rows]
    vault.make_keys(references)
    units = {unit.number: unit.reference for unit in index.units.values()}
    made, drafts = [], []
    for row, reference in zip(rows, references, strict=True):
        columns, home = person_columns(row), at_home.get(row.code)
        sealed = sealed_columns(reference, row)
        made.append(Person(reference=reference, home_id=home, **columns, **sealed))
        facts = said({**columns, **known(row)})
        drafts.append(
            PERSON_ENTERED(
                object=reference,
                code=row.code,
                home=units[home] if home is not None else "",
                name=Personal(reference, row.name),
                facts=Personal(reference, facts),
            )
        )
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        for person in Person.objects.bulk_create(made):
            index.people[person.code] = Known(person.number, person.reference, person.home_id)


def _change(pairs: Sequence[Pair], index: Index, *, by: Actor, at: datetime) -> None:
    made, drafts, sealed_again = [], [], []
    for before, after in pairs:
        person = index.people[after.code]
        row = Person(number=person.number, **person_columns(after))
        made.append(row)
        if (before.id_number, before.phone) != (after.id_number, after.phone):
            for column, value in sealed_columns(person.reference, after).items():
                setattr(row, column, value)
            sealed_again.append(row)
        was, now = difference(
            {**person_columns(before), **known(before)}, {**person_columns(after), **known(after)}
        )
        drafts.append(
            PERSON_CHANGED(
                object=person.reference,
                code=after.code,
                before=Personal(person.reference, was),
                after=Personal(person.reference, now),
            )
        )
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Person.objects.bulk_update(made, ["name", "rank", "party_standing"], batch_size=_BATCH)
        Person.objects.bulk_update(
            sealed_again, ["id_number", "phone", "id_tag"], batch_size=_BATCH
        )
