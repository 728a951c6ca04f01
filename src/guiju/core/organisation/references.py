"""Rows that bear the same number, and numbers that nobody bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import MOST_CODES, Column, Sheet
from guiju.core.organisation.lives import life
from guiju.core.organisation.rows import (
    Fault,
    Organisation,
    PersonRow,
    UnitRow,
)
from guiju.core.organisation.timeline import Span, Timeline
from guiju.core.sentence import Sentence, quoted, zh

_KEYS = {
    Sheet.UNITS: Column.UNIT_CODE,
    Sheet.POSTS: Column.POST_CODE,
    Sheet.PERSONS: Column.PERSON_CODE,
    Sheet.APPOINTMENTS: Column.PERSON_CODE,
    Sheet.DUTIES: Column.STATUTORY_DUTY,
}


def doubles(organisation: Organisation) -> Iterator[Fault]:
    """Yield rows whose number, or whose person, post and first day, stand above already."""
    for sheet, column in _KEYS.items():
        seen: dict[object, int] = {}
        for row in organisation.rows(sheet):
            if not (all(row.key) if isinstance(row.key, tuple) else row.key):
                continue
            if row.key in seen:
                yield Fault(sheet, row.row, column, "ORG-32", _double(sheet, seen[row.key]))
            seen.setdefault(row.key, row.row)


def _double(sheet: Sheet, first: int) -> Sentence:
    if sheet is Sheet.APPOINTMENTS:
        return zh("与第 {row} 行是同一人、同一岗位、同一天开始。请删去一行。", row=first)
    if sheet is Sheet.DUTIES:
        return zh("与第 {row} 行是同一职责、同一范围、同一天开始。请删去一行。", row=first)
    return zh("编号在第 {row} 行已经用过。请改成不同的编号，或删去一行。", row=first)


def unknown(organisation: Organisation, books: Books) -> Iterator[Fault]:
    """Yield references that lead neither to a row of the workbook nor to one on record."""
    for unit in organisation.units:
        yield from _lost(Sheet.UNITS, unit.row, Column.PARENT, (unit.parent,), books.units)
    for post in organisation.posts:
        yield from _lost(Sheet.POSTS, post.row, Column.UNIT, (post.unit,), books.units)
        listed = post.incompatible[:MOST_CODES]
        yield from _lost(Sheet.POSTS, post.row, Column.INCOMPATIBLE, listed, books.posts)
    for row in organisation.appointments:
        yield from _lost(
            Sheet.APPOINTMENTS, row.row, Column.PERSON_CODE, (row.person,), books.persons
        )
        yield from _lost(Sheet.APPOINTMENTS, row.row, Column.POST_CODE, (row.post,), books.posts)
    for duty in organisation.duties:
        for column, code in ((Column.AREA, duty.area), (Column.CARRIER, duty.carrier)):
            yield from _lost(Sheet.DUTIES, duty.row, column, (code,), books.units)


def _lost(
    sheet: Sheet, row: int, column: Column, codes: tuple[str, ...], known: Mapping[str, object]
) -> Iterator[Fault]:
    lost = [code for code in codes if code and code not in known]
    if lost:
        yield Fault(
            sheet,
            row,
            column,
            "ORG-33",
            zh(
                "找不到编号{codes}。请核对，或先在「{other}」表里添上这一行。",
                codes=quoted((code[:40] for code in lost), most=10),
                other=_TARGETS[column],
            ),
        )


_TARGETS = {
    Column.PARENT: Sheet.UNITS,
    Column.UNIT: Sheet.UNITS,
    Column.AREA: Sheet.UNITS,
    Column.CARRIER: Sheet.UNITS,
    Column.INCOMPATIBLE: Sheet.POSTS,
    Column.POST_CODE: Sheet.POSTS,
    Column.PERSON_CODE: Sheet.PERSONS,
}


def same_bodies(books: Books) -> Iterator[Fault]:
    """Yield units whose 统一社会信用代码 another unit bears on the same day.

    A unit that takes over from an abolished one may keep its code.
    """
    groups: dict[str, list[Span[UnitRow]]] = defaultdict(list)
    for unit in books.units.values():
        start, end = life(unit.founded, unit.abolished)
        if unit.credit_code and start < end:
            told = books.tells(unit)
            groups[unit.credit_code].append(Span(unit, start, end, told, unit.code, unit.row))
    for spans in groups.values():
        timeline = Timeline(spans)
        for span in spans:
            other = timeline.met_by(span) if span.told else None
            if other:
                yield Fault(
                    Sheet.UNITS,
                    span.row.row,
                    Column.CREDIT_CODE,
                    "ORG-38",
                    zh(
                        "与{place}的单位「{code}」用了同一个代码。"
                        "请改正；内设机构没有自己的代码，请留空。",
                        place=books.place(other),
                        code=other.code[:40],
                    ),
                )


def same_people(organisation: Organisation, books: Books) -> Iterator[Fault]:
    """Yield persons whose identity number another person bears, on record or further up."""
    on_record = (row for row in books.persons.values() if not books.tells(row))
    first: dict[str, PersonRow] = {row.id_number: row for row in on_record if row.id_number}
    for row in organisation.persons:
        other = first.setdefault(row.id_number, row) if row.id_number else row
        if other.code != row.code:
            yield Fault(
                Sheet.PERSONS,
                row.row,
                Column.ID_NUMBER,
                "ORG-41",
                zh(
                    "与{place}（编号「{code}」）的身份证号相同。"
                    "同一个人只能有一行；不是同一人就请改正号码。",
                    place=books.place(other),
                    code=other.code[:40],
                ),
            )
