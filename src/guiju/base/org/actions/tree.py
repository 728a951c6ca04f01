"""Keeping the tree in order: paths, versions, and one change of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from guiju.base.org import checks, find
from guiju.base.org.events import UNIT_FOUNDED, UNIT_MOVED
from guiju.base.org.models import Unit, UnitVersion
from guiju.base.org.reads.within import numbers_in
from guiju.base.org.told import said, unit_columns, unit_row
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import Organisation, UnitRow
from guiju.core.organisation.tree import MOST_LEVELS
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Reform:
    """From which day units change, and by what document."""

    on: date
    document: str = ""


def checked(reform: Reform, at: datetime) -> Reform:
    """Return the reform with its document in order.

    Raises:
        Invalid: ORG-04 for a day that has not come, ORG-03 for the document.
    """
    find.require_come(reform.on, at)
    return Reform(reform.on, checks.text(reform.document, label=zh("文号"), most=100))


def lock_tree() -> None:
    """Let one change of the tree happen at a time: two at once could make a circle."""
    list(Unit.objects.select_for_update().filter(parent=None).order_by("number"))


def hold_place(*units: Unit | None) -> None:
    """Hold units; raises Conflict: ORG-08 when one was changed since it was read."""
    find.hold(*[unit for unit in units if unit is not None])


def line(unit: Unit | None) -> list[Unit]:
    """Return the units from the top down to this one; one query."""
    if unit is None:
        return []
    numbers = numbers_in(unit.path)
    return sorted(Unit.objects.filter(number__in=numbers), key=lambda one: len(one.path))


def known_line(parent: Unit | None) -> Organisation:
    """Return the units from the top down to ``parent`` as rows of a table."""
    above, rows = "", []
    for unit in line(parent):
        rows.append(unit_row(unit, above))
        above = unit.code
    return Organisation(units=tuple(rows))


def found_below(
    row: UnitRow, parent: Unit | None, *, by: Actor, at: datetime, reference: str = ""
) -> Unit:
    """Add a unit to the tree.

    Raises:
        Invalid: what ``checks.require_in_order`` raises.
        Conflict: ORG-08.
    """
    columns = unit_columns(row)
    unit = Unit(reference=reference or new_reference("unit"), parent=parent, path="", **columns)
    draft = UNIT_FOUNDED(
        object=unit.reference,
        name=unit.name,
        code=unit.code,
        kind=unit.kind,
        parent=parent.reference if parent else "",
        date=str(row.founded or ""),
        facts=said(columns),
    )
    with recording(draft, by=by, at=at):
        lock_tree()
        hold_place(parent)
        checks.require_in_order(Organisation(units=(row,)), known_line(parent))
        unit.save(force_insert=True)
        unit.path = f"{parent.path if parent else ''}{unit.number}/"
        unit.save(update_fields=["path"])
        UnitVersion.objects.create(
            unit=unit,
            name=unit.name,
            short_name=unit.short_name,
            parent=parent,
            from_date=unit.founded_date,
            to_date=unit.abolished_date,
        )
    return unit


def move_below(unit: Unit, parent: Unit | None, reform: Reform, *, by: Actor, at: datetime) -> None:
    """Put a unit and all below it under another one.

    Raises:
        Denied: ORG-05 for a place below itself, ORG-06 for a parent that is no more.
        Invalid: ORG-66 when it stands there already, ORG-67; ORG-35 too deep, ORG-36 a top
            without a profile, ORG-44 longer than the parent.
        Conflict: ORG-08.
    """
    if unit.parent_id == (parent.number if parent else None):
        raise nothing_changes()
    if parent is not None:
        if parent.path.startswith(unit.path):
            raise Denied(
                "ORG-05",
                zh(
                    "不能把「{unit}」移到它自己或它的下级「{parent}」之下。请另选上级。",
                    unit=unit.name,
                    parent=parent.name,
                ),
            )
        find.require_living(parent, reform.on)
    draft = UNIT_MOVED(
        object=unit.reference,
        name=unit.name,
        was=unit.parent.reference if unit.parent else "",
        parent=parent.reference if parent else "",
        date=str(reform.on),
        document=reform.document,
    )
    old, new = unit.path, f"{parent.path if parent else ''}{unit.number}/"
    with recording(draft, by=by, at=at):
        lock_tree()
        hold_place(unit, parent)
        _require_fits(unit, parent)
        unit.parent, unit.path = parent, new
        versions = turned(unit, reform.on)
        Unit.objects.filter(number=unit.number).update(parent=parent)
        Unit.objects.filter(path__begins=old).update(
            path=Concat(Value(new), Substr("path", len(old) + 1))
        )
        for version in versions:
            version.save()


def _require_fits(unit: Unit, parent: Unit | None) -> None:
    row = unit_row(unit, parent.code if parent else "")
    checks.require_in_order(Organisation(units=(row,)), known_line(parent))
    below = Unit.objects.filter(path__begins=unit.path).values_list("path", flat=True)
    levels = max(path.count("/") for path in below) - unit.path.count("/")
    if (parent.path.count("/") if parent else 0) + 1 + levels > MOST_LEVELS:
        raise Invalid(
            "ORG-35", zh("移过去以后单位层级超过 {most} 层。请另选上级。", most=MOST_LEVELS)
        )


def turned(unit: Unit, on: date) -> list[UnitVersion]:
    """Return the rows to save when a unit, as it now is, differs from ``on``.

    Raises:
        Invalid: ORG-67 for a day before the last change.
    """
    version = UnitVersion.objects.get(unit=unit, to_date=None)
    begun = version.from_date
    if begun is not None and on < begun:
        raise too_early(unit, begun)
    now = {"name": unit.name, "short_name": unit.short_name, "parent": unit.parent}
    if begun == on:
        for column, value in now.items():
            setattr(version, column, value)
        return [version]
    version.to_date = on
    return [version, UnitVersion(unit=unit, from_date=on, **now)]


def too_early(unit: Unit, begun: date) -> Invalid:
    """Return the refusal of a change before the last one (ORG-67)."""
    return Invalid(
        "ORG-67",
        zh(
            "「{unit}」在 {day} 已有一次变动，新的变动不能早于它。请改日期。",
            unit=unit.name,
            day=str(begun),
        ),
    )


def nothing_changes() -> Invalid:
    """Return the refusal of an act after which everything would be as before (ORG-66)."""
    return Invalid("ORG-66", zh("填写的内容与现在完全一样，没有什么要改。请核对后再提交。"))
