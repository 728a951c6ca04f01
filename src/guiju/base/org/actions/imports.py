"""Taking a whole table in: all of it in one transaction, or nothing.

The table was checked and its changes shown before (``core.organisation``); here both are
looked at once more against what is on record now.
"""

from __future__ import annotations

from datetime import date, datetime

from guiju.base.org import checks, find
from guiju.base.org.actions import (
    import_duties,
    import_people,
    import_posts,
    import_terms,
    import_units,
    tree,
)
from guiju.base.org.actions.index import Index
from guiju.base.org.events import IMPORTED
from guiju.base.org.reads.tables import organisation
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.faults import faults
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    Fault,
    Organisation,
    PersonRow,
    PostRow,
    Row,
    UnitRow,
)
from guiju.core.sentence import zh


def apply_changes(*, changes: Changes, scope: Scope, source: str, by: Actor, at: datetime) -> None:
    """Take in what a table changes: one event for the import, one for each changed object.

    New names and places of units count from today; terms that end do so on their own day.

    Args:
        changes: what ``core.organisation.changes`` found, over what ``reads.tables`` told.
        scope: where whoever acts may import; nothing outside of it is touched.
        source: the name of the file's content, its SHA-256 for example.
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-81 when the rows do not fit what is on record, ORG-83 for a post that
            would move to another unit.
        Denied: ORG-84 for a unit outside of the scope; what ``recording`` raises.
        Conflict: ORG-82 when what they change was changed meanwhile, ORG-02.
    """
    told = organisation_of(changes)
    counts = {sheet: sum(one.row.sheet is sheet for one in changes.rows) for sheet in Sheet}
    draft = IMPORTED(
        object="org",
        units=counts[Sheet.UNITS],
        posts=counts[Sheet.POSTS],
        persons=counts[Sheet.PERSONS],
        appointments=counts[Sheet.APPOINTMENTS],
        duties=counts[Sheet.DUTIES],
        source=checks.text(source, label=zh("来源"), most=100),
    )
    with vault.remembering(), checks.unless_taken(), recording(draft, by=by, at=at):
        tree.lock_tree()
        known = organisation(EVERYWHERE, is_open=False)
        _require_current(changes, known)
        _require_in_order(changes, told, known, find.local_day(at))
        index = Index.read()
        import_units.apply(changes, index, by=by, at=at)
        _require_within(told, index, scope)
        import_posts.apply(changes, index, by=by, at=at)
        import_people.apply(changes, index, by=by, at=at)
        import_terms.apply(changes, index, by=by, at=at)
        import_duties.apply(changes, index, by=by, at=at)


def organisation_of(changes: Changes) -> Organisation:
    """Return the rows that are new or changed, as they will be."""
    rows = [one.row for one in changes.rows]
    return Organisation(
        tuple(row for row in rows if isinstance(row, UnitRow)),
        tuple(row for row in rows if isinstance(row, PostRow)),
        tuple(row for row in rows if isinstance(row, PersonRow)),
        tuple(row for row in rows if isinstance(row, AppointmentRow)),
        tuple(row for row in rows if isinstance(row, DutyRow)),
    )


def misplaced(changes: Changes, today: date) -> tuple[Fault, ...]:
    """Return the faults that only show against what is on record and today: ORG-83, ORG-04.

    A post stays where it was founded, or nobody could tell any more who held what there. A
    statutory duty passes on its day, not before.
    """
    moved = (
        Fault(Sheet.POSTS, one.row.row, Column.UNIT, "ORG-83", _STAYS)
        for one in changes.rows
        if isinstance(one.row, PostRow)
        and isinstance(one.before, PostRow)
        and one.row.unit != one.before.unit
    )
    early = (
        Fault(Sheet.DUTIES, one.row.row, column, "ORG-04", _NOT_COME)
        for one in changes.rows
        if isinstance(one.row, DutyRow)
        for column, on in ((Column.START, one.row.start), (Column.END, one.row.end))
        if on is not None and on > today
    )
    return (*moved, *early)


_NOT_COME = zh("这一天还没有到。职责的承担、移交和终止请到当天再办，日期不晚于今天。")
_STAYS = zh("岗位不能改到别的单位，否则查不出当年谁任何职。请撤销原岗位，在新单位另设。")


def _require_current(changes: Changes, known: Organisation) -> None:
    now: dict[tuple[Sheet, object], Row] = {
        (sheet, row.key): row for sheet in Sheet for row in known.rows(sheet)
    }
    for one in changes.rows:
        if now.get((one.row.sheet, one.row.key)) != _without_sealed(one.before):
            raise Conflict(
                "ORG-82",
                zh("预览以后，有人改了同样的内容，没有导入。请重新上传，核对新的预览后再导入。"),
            )


def _without_sealed(row: Row | None) -> Row | None:
    return import_people.without_sealed(row) if isinstance(row, PersonRow) else row


def _require_in_order(
    changes: Changes, told: Organisation, known: Organisation, today: date
) -> None:
    found = [*misplaced(changes, today), *faults(told, known)]
    if found:
        raise Invalid(
            "ORG-81",
            zh(
                "没有导入：{count} 处与现有记录不合。第一处：{first}",
                count=len(found),
                first=found[0].told,
            ),
        )


def _require_within(told: Organisation, index: Index, scope: Scope) -> None:
    """Refuse what touches a unit outside of the scope (ORG-84)."""
    if scope == EVERYWHERE:
        return
    touched = {index.units[row.code] for row in told.units}
    touched |= {index.units[row.unit] for row in told.posts}
    touched |= {index.units[row.parent] for row in told.units if row.parent}
    touched |= {index.units[row.area] for row in told.duties}
    numbers = {index.posts[row.post].unit for row in told.appointments if row.post in index.posts}
    touched |= {unit for unit in index.units.values() if unit.number in numbers}
    outside = sorted(unit.name for unit in touched if not scope.covers(unit.path))
    if outside:
        raise Denied(
            "ORG-84",
            zh(
                "没有导入：表里有不归您管理的单位，例如「{unit}」。请删去这些行，"
                "或请有权限的人导入。",
                unit=outside[0],
            ),
        )
