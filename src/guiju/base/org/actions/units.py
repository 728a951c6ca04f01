"""Founding, correcting, renaming and moving units (S3-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from guiju.base.org import checks, find
from guiju.base.org.actions import tree
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import UNIT_CHANGED, UNIT_RENAMED, UNIT_SHELL_CHOSEN
from guiju.base.org.models import Unit, UnitVersion
from guiju.base.org.told import difference, unit_columns, unit_row
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.organisation.rows import Organisation, UnitRow
from guiju.core.organisation.words import Shell
from guiju.core.sentence import zh


def found_unit(*, row: UnitRow, by: Actor, at: datetime) -> Unit:
    """Found a unit, under the one whose code ``row.parent`` names or at the top.

    Raises:
        Invalid: ORG-25 to ORG-45 for a row that is not in order, as in a table.
        Denied: ORG-06 when the unit above is no more; what ``recording`` raises.
        Conflict: ORG-02 for a code that is taken.
    """
    parent = Unit.objects.filter(code=row.parent).first() if row.parent else None
    with checks.unless_taken():
        return tree.found_below(row, parent, by=by, at=at)


def change_unit(*, unit: str, row: UnitRow, is_key: bool, by: Actor, at: datetime) -> None:
    """Correct what is registered of a unit; name and place have actions of their own.

    Args:
        unit: its reference.
        row: what is so; its name, short name, parent and last day are not looked at.
        is_key: whether it is on the list of key units (S1-05).
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-01, ORG-66 when nothing changes; ORG-25 to ORG-45 as in a table.
        Conflict: ORG-02 for a code that is taken, ORG-08 changed meanwhile.
        Denied: what ``recording`` raises.
    """
    found = find.found(Unit, unit)
    parent = found.parent
    kept = unit_row(found, parent.code if parent else "")
    wanted = replace(
        row,
        name=kept.name,
        short_name=kept.short_name,
        parent=kept.parent,
        abolished=kept.abolished,
        unsaid=frozenset(),
    )
    checks.require_in_order(Organisation(units=(wanted,)), tree.known_line(parent))
    before = {**unit_columns(kept), "is_key": found.is_key}
    after = {**unit_columns(wanted), "is_key": is_key}
    if before == after:
        raise tree.nothing_changes()
    was, now = difference(before, after)
    draft = UNIT_CHANGED(object=unit, code=found.code, before=was, after=now)
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(found)
        Unit.objects.filter(number=found.number).update(**after)
        UnitVersion.objects.filter(unit=found, from_date=found.founded_date).update(
            from_date=wanted.founded
        )


def rename_unit(
    *, unit: str, name: str, short_name: str, reform: Reform, by: Actor, at: datetime
) -> None:
    """Give a unit another name from a day on; what it was called before is kept.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 for a day that has not come, ORG-66 when it is called
            so already, ORG-67 for a day before its last change.
        Denied: ORG-06 when it is no more; what ``recording`` raises.
        Conflict: ORG-08 changed meanwhile.
    """
    reform = tree.checked(reform, at)
    found = find.found(Unit, unit)
    find.require_living(found, reform.on)
    name = checks.text(name, label=zh("名称"), most=100, required=True)
    short_name = checks.text(short_name, label=zh("简称"), most=100)
    if (name, short_name) == (found.name, found.short_name):
        raise tree.nothing_changes()
    draft = UNIT_RENAMED(
        object=unit, was=found.name, name=name, date=str(reform.on), document=reform.document
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        found.name, found.short_name = name, short_name
        found.save(update_fields=["name", "short_name"])
        for version in tree.turned(found, reform.on):
            version.save()


def move_unit(*, unit: str, parent: str, reform: Reform, by: Actor, at: datetime) -> None:
    """Put a unit, with all below it, under another one from a day on.

    Args:
        unit: its reference.
        parent: the reference of the unit above it; empty for the top.
        reform: from when, by what document.
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-35 too deep, ORG-36 a top without a profile,
            ORG-44 when it would outlast the unit above, ORG-66 nothing changes, ORG-67.
        Denied: ORG-05 below itself, ORG-06 no more; what ``recording`` raises.
    """
    reform = tree.checked(reform, at)
    found = find.found(Unit, unit)
    find.require_living(found, reform.on)
    above = find.found(Unit, parent) if parent else None
    tree.move_below(found, above, reform, by=by, at=at)


def choose_shell(*, unit: str, shell: Shell, by: Actor, at: datetime) -> None:
    """Let the people of a unit, and of those below that chose nothing, begin with a shell (S3-02).

    It holds from their next sign-in on; whoever chose otherwise for themselves keeps that.

    Raises:
        Invalid: ORG-01, ORG-66 when they begin with it already.
        Denied: ORG-06 when the unit is no more; what ``recording`` raises.
        Conflict: ORG-08 changed meanwhile.
    """
    found = find.found(Unit, unit)
    find.require_living(found, find.local_day(at))
    if found.shell == shell.value:
        raise tree.nothing_changes()
    draft = UNIT_SHELL_CHOSEN(object=unit, name=found.name, kind=shell.value)
    with recording(draft, by=by, at=at):
        find.hold(found)
        Unit.objects.filter(number=found.number).update(shell=shell.value)
