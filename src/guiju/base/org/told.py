"""Rows of the database as rows of a table, and as events say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guiju.base.org.models import Person, Post, Unit
from guiju.core.organisation.rows import AppointmentRow, PersonRow, PostRow, UnitRow
from guiju.core.organisation.words import (
    Function,
    LeaderLevel,
    PartyStanding,
    Profile,
    UnitKind,
)

Said = dict[str, object]
"""Columns of a row with their values, as canonical JSON can hold them."""


def unit_row(unit: Unit, parent: str) -> UnitRow:
    """Return a unit as a row of a table; ``parent`` is the code of the unit above."""
    return UnitRow(
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        parent=parent,
        kind=UnitKind.of(unit.kind),
        credit_code=unit.credit_code,
        area_code=unit.area_code,
        profile=Profile.of(unit.profile) if unit.profile else None,
        founded=unit.founded_date,
        abolished=unit.abolished_date,
    )


def unit_columns(row: UnitRow) -> dict[str, object]:
    """Return what a unit's row in a table says, by the columns of the database."""
    return {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind.value if row.kind else "",
        "credit_code": row.credit_code,
        "area_code": row.area_code,
        "profile": row.profile.value if row.profile else "",
        "founded_date": row.founded,
        "abolished_date": row.abolished,
    }


def post_row(post: Post, unit: str, incompatible: tuple[str, ...]) -> PostRow:
    """Return a post as a row of a table, with the codes of its unit and of the posts it bars."""
    return PostRow(
        code=post.code,
        unit=unit,
        name=post.name,
        is_key=post.is_key,
        level=LeaderLevel.of(post.leader_level) if post.leader_level else None,
        most_years=post.longest_tenure_years,
        functions=tuple(map(Function.of, post.functions)),
        incompatible=incompatible,
        barred=tuple(map(Function.of, post.barred_functions)),
        duties=post.duties,
        founded=post.founded_date,
        abolished=post.abolished_date,
    )


def post_columns(row: PostRow) -> dict[str, object]:
    """Return what a post's row in a table says, by the columns of the database."""
    return {
        "code": row.code,
        "name": row.name,
        "is_key": row.is_key,
        "leader_level": row.level.value if row.level else "",
        "longest_tenure_years": row.most_years,
        "functions": [function.value for function in row.functions],
        "barred_functions": [function.value for function in row.barred],
        "duties": row.duties,
        "founded_date": row.founded,
        "abolished_date": row.abolished,
    }


def person_row(person: Person, id_number: str, phone: str) -> PersonRow:
    """Return a person as a row of a table, with what is sealed as far as it may be shown."""
    standing = PartyStanding.of(person.party_standing) if person.party_standing else None
    return PersonRow(
        code=person.code,
        name=person.name,
        id_number=id_number,
        phone=phone,
        rank=person.rank,
        standing=standing,
    )


def person_columns(row: PersonRow) -> dict[str, object]:
    """Return what a person's row in a table says openly, by the columns of the database."""
    return {
        "code": row.code,
        "name": row.name,
        "rank": row.rank,
        "party_standing": row.standing.value if row.standing else "",
    }


def appointment_columns(row: AppointmentRow) -> dict[str, object]:
    """Return what an appointment's row in a table says, by the columns of the database."""
    return {
        "kind": row.kind.value if row.kind else "",
        "responsibility": row.responsibility.value if row.responsibility else "",
        "start_date": row.start,
        "end_date": row.end,
        "document": row.document,
    }


def said(columns: Mapping[str, object]) -> Said:
    """Return columns as an event says them: days as text, what is empty left out."""
    return {
        name: str(value) if isinstance(value, date) else value
        for name, value in columns.items()
        if value not in ("", None, [], False)
    }


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Said, Said]:
    """Return what changed, as it was and as it is; nothing is left out of what changed."""
    changed = [name for name in after if before.get(name) != after[name]]
    return _day_texts(before, changed), _day_texts(after, changed)


def _day_texts(columns: Mapping[str, object], names: list[str]) -> Said:
    return {
        name: str(value) if isinstance(value := columns.get(name), date) else value
        for name in names
    }
