"""What a workbook says is wrong, or what taking it in would change: the dry run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from guiju.base.org.actions.imports import misplaced
from guiju.base.org.reads.tables import organisation
from guiju.base.ui.language import say
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.organisation.changes import Change, Changes, changes, shown, title
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.faults import faults, in_order
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
from guiju.core.organisation.words import ChangeKind
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.organisation import read_organisation

_SEALED = ((Column.ID_NUMBER, "id_number"), (Column.PHONE, "phone"))
SEALED = frozenset(column for column, _ in _SEALED)
_HIDDEN = zh("（密封，不显示）")
_OUTSIDE = zh("不归您管理。请删去这一行，或请有权限的人导入。")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it: faults, or the changes with the hash of what is shown of them."""

    faults: tuple[Fault, ...]
    remarks: tuple[Sentence, ...]
    changes: Changes
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change as the preview shows it; each field as column, before, after."""

    kind: ChangeKind
    sheet: Sheet
    row: int
    title: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return self.kind is ChangeKind.NEW


def check(content: bytes, scope: Scope, progress: Progress = silent) -> Checked:
    """Look at a workbook against what is on record now.

    Rows that would touch what lies outside of the scope are faults (ORG-84), so that neither
    preview nor import tells of it.

    Raises:
        Invalid: ORG-20 to ORG-22 for what is no such workbook.
    """
    file = read_organisation(content, progress)
    told = _without_blanks(file.organisation)
    known = organisation(EVERYWHERE, is_open=_says_sealed(told))
    found = in_order([*file.faults, *faults(told, known)])
    made = changes(known, told)
    if not found:
        found = in_order([*misplaced(made, timezone.localdate()), *_outside(made, known, scope)])
    return Checked(found, file.remarks, made, _digest(made))


def _without_blanks(told: Organisation) -> Organisation:
    """Let an empty cell of a sealed column say nothing.

    They are empty in the workbook that is taken away here, which may be sent back in; what is
    sealed is cleared on the person's own page.
    """
    persons = (
        replace(
            row,
            unsaid=row.unsaid | {column for column, name in _SEALED if not getattr(row, name)},
        )
        for row in told.persons
    )
    return replace(told, persons=tuple(persons))


def _says_sealed(told: Organisation) -> bool:
    """Tell whether a table says anything sealed; only then must those on record be opened."""
    return any(row.id_number or row.phone for row in told.persons)


def _outside(made: Changes, known: Organisation, scope: Scope) -> Iterator[Fault]:
    if scope == EVERYWHERE:
        return
    inside = organisation(scope, is_open=False)
    units = {row.code for row in inside.units}
    old_units = {row.code for row in known.units}
    new = {
        one.row.code: one.row.parent
        for one in made.rows
        if isinstance(one.row, UnitRow) and one.row.code not in old_units
    }
    for _ in range(len(new)):  # a new unit is inside when the one above it is
        more = {code for code, parent in new.items() if parent in units} - units
        if not more:
            break
        units |= more
    posts = {row.code for row in inside.posts} | {
        one.row.code
        for one in made.rows
        if isinstance(one.row, PostRow) and one.before is None and one.row.unit in units
    }
    people = {row.code for row in inside.persons}
    for one in made.rows:
        if not _is_inside(one, units, posts, people):
            yield Fault(one.row.sheet, one.row.row, _COLUMNS[type(one.row)], "ORG-84", _OUTSIDE)


_COLUMNS: dict[type[Row], Column] = {
    UnitRow: Column.UNIT_CODE,
    PostRow: Column.UNIT,
    PersonRow: Column.PERSON_CODE,
    AppointmentRow: Column.POST_CODE,
    DutyRow: Column.AREA,
}


def _is_inside(one: Change, units: set[str], posts: set[str], people: set[str]) -> bool:
    row = one.row
    match row:
        case UnitRow():
            return row.code in units and (not row.parent or row.parent in units or _stays(one))
        case PostRow():
            return row.unit in units
        case PersonRow():
            return one.before is None or row.code in people
        case AppointmentRow():
            return row.post in posts
        case DutyRow():
            return row.area in units


def _stays(one: Change) -> bool:
    """Tell whether a unit keeps its place, which may lie below one outside."""
    before, row = one.before, one.row
    return isinstance(before, UnitRow) and isinstance(row, UnitRow) and before.parent == row.parent


def shown_change(one: Change) -> ChangeShown:
    """Return a change as the preview shows it; what is sealed stays so."""
    fields = []
    for field in one.fields:
        before, after = say(shown(field.before)), say(shown(field.after))
        if field.column in SEALED:
            before, after = (say(_HIDDEN) if text else "" for text in (before, after))
        fields.append((str(field.column), before, after))
    return ChangeShown(one.kind, one.row.sheet, one.row.row, title(one.row), tuple(fields))


def _digest(made: Changes) -> str:
    """Return a hash over every cell that changes, from what to what."""
    told = [
        [
            one.kind.value,
            one.row.sheet.value,
            title(one.row),
            [
                [field.column.value, str(shown(field.before)), str(shown(field.after))]
                for field in one.fields
            ],
        ]
        for one in made.rows
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
