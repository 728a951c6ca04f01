"""Taking in the units of a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from guiju.base.org import find
from guiju.base.org.actions import tree, units
from guiju.base.org.actions.index import Index
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import UNIT_ABOLISHED, UNIT_CHANGED, UNIT_FOUNDED
from guiju.base.org.models import Unit, UnitVersion
from guiju.base.org.told import difference, said, unit_columns
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words_bodies import SuccessionKind

_KEPT_APART = ("name", "short_name", "abolished_date")
"""Columns that have an event of their own."""


def apply(changes: Changes, index: Index, *, by: Actor, at: datetime) -> None:
    """Found the new units, level by level, and change the others, the upper ones first."""
    new, changed = [], []
    for one in changes.rows:
        if isinstance(one.row, UnitRow):
            if isinstance(one.before, UnitRow):
                changed.append((one.before, one.row))
            else:
                new.append(one.row)
    while new:
        ready = [row for row in new if not row.parent or row.parent in index.units]
        _found(ready, index, by=by, at=at)
        new = [row for row in new if row.code not in index.units]
    rows = {after.code: after for _, after in changed}
    for before, after in sorted(changed, key=lambda pair: _depth(pair[1], rows, index)):
        _change(index.units[after.code], before, after, index, by=by, at=at)
    if changed:
        index.units.update({unit.code: unit for unit in Unit.objects.all()})


def _depth(row: UnitRow, rows: dict[str, UnitRow], index: Index) -> int:
    """Return how deep a unit will stand: who stands higher moves first, or a circle might arise."""
    depth, parent = 0, row.parent
    while parent:
        depth += 1
        above = rows.get(parent)
        if above is None:
            return depth + index.units[parent].path.count("/")
        parent = above.parent
    return depth


def _found(rows: Iterable[UnitRow], index: Index, *, by: Actor, at: datetime) -> None:
    made, drafts = [], []
    for row in rows:
        columns = unit_columns(row)
        parent = index.units[row.parent] if row.parent else None
        unit = Unit(reference=new_reference("unit"), parent=parent, path="", **columns)
        made.append(unit)
        drafts.append(
            UNIT_FOUNDED(
                object=unit.reference,
                name=unit.name,
                code=unit.code,
                kind=unit.kind,
                parent=parent.reference if parent else "",
                date=str(row.founded or ""),
                facts=said(columns),
            )
        )
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Unit.objects.bulk_create(made)
        for unit in made:
            unit.path = f"{unit.parent.path if unit.parent else ''}{unit.number}/"
        Unit.objects.bulk_update(made, ["path"], batch_size=200)
        UnitVersion.objects.bulk_create(
            UnitVersion(
                unit=unit,
                name=unit.name,
                short_name=unit.short_name,
                parent=unit.parent,
                from_date=unit.founded_date,
                to_date=unit.abolished_date,
            )
            for unit in made
        )
    index.units.update({unit.code: unit for unit in made})


def _change(
    unit: Unit, before: UnitRow, after: UnitRow, index: Index, *, by: Actor, at: datetime
) -> None:
    today = find.local_day(at)
    _correct(unit, before, after, by=by, at=at)
    unit.refresh_from_db()
    lives = unit.abolished_date is None or unit.abolished_date > today
    if (before.name, before.short_name) != (after.name, after.short_name):
        if lives:
            units.rename_unit(
                unit=unit.reference,
                name=after.name,
                short_name=after.short_name,
                reform=Reform(today),
                by=by,
                at=at,
            )
        else:
            _correct_name(unit, after, by=by, at=at)
    unit.refresh_from_db()
    parent = index.units[after.parent] if after.parent else None
    if before.parent != after.parent:
        if parent is not None:
            parent.refresh_from_db()
        tree.move_below(unit, parent, Reform(today), by=by, at=at)
        unit.refresh_from_db()
    if before.abolished != after.abolished:
        _abolish(unit, after.abolished, by=by, at=at)


def _correct(unit: Unit, before: UnitRow, after: UnitRow, *, by: Actor, at: datetime) -> None:
    old, new = (
        {name: value for name, value in unit_columns(row).items() if name not in _KEPT_APART}
        for row in (before, after)
    )
    was, now = difference(old, new)
    if now:
        draft = UNIT_CHANGED(object=unit.reference, code=unit.code, before=was, after=now)
        with recording(draft, by=by, at=at):
            Unit.objects.filter(number=unit.number).update(**new)
            UnitVersion.objects.filter(unit=unit, from_date=before.founded).update(
                from_date=after.founded
            )


def _correct_name(unit: Unit, after: UnitRow, *, by: Actor, at: datetime) -> None:
    """Correct the name of a unit that is no more: nothing is called anew."""
    names = {"name": after.name, "short_name": after.short_name}
    was, now = difference({"name": unit.name, "short_name": unit.short_name}, names)
    draft = UNIT_CHANGED(object=unit.reference, code=unit.code, before=was, after=now)
    with recording(draft, by=by, at=at):
        Unit.objects.filter(number=unit.number).update(**names)
        UnitVersion.objects.filter(pk=_last(unit).pk).update(**names)


def _abolish(unit: Unit, on: date | None, *, by: Actor, at: datetime) -> None:
    draft = UNIT_ABOLISHED(
        object=unit.reference,
        name=unit.name,
        kind=SuccessionKind.DISSOLVED.value,
        date=str(on or ""),
        document="",
    )
    with recording(draft, by=by, at=at):
        last = _last(unit)
        if on is not None and last.from_date is not None and on <= last.from_date:
            raise tree.too_early(unit, last.from_date)
        UnitVersion.objects.filter(pk=last.pk).update(to_date=on)
        Unit.objects.filter(number=unit.number).update(abolished_date=on)


def _last(unit: Unit) -> UnitVersion:
    return UnitVersion.objects.filter(unit=unit).latest("number")
