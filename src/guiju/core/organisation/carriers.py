"""No statutory duty with two carriers, and none carried by whoever does not exist (K4, K13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.lives import life
from guiju.core.organisation.rows import DutyRow, Fault, KnownBody, UnitRow
from guiju.core.organisation.timeline import Span, Timeline
from guiju.core.sentence import Sentence, zh


def carrier_faults(books: Books) -> Iterator[Fault]:
    """Yield duties that two carry for one unit on one day, and carriers that are not there.

    Whoever carries a duty exists on the first day; a carrier that is abolished later without
    handing it over is shown to those who must see to it, and is no fault of the table.
    """
    groups: dict[tuple[str, str], list[Span[DutyRow]]] = defaultdict(list)
    for row in books.duties.values():
        start, end = life(row.start, row.end)
        told = books.tells(row)
        if start < end:
            kind, area, _ = row.key
            groups[kind, area].append(Span(row, start, end, told, row.key, row.row))
        if told:
            yield from _there(row, books)
    for spans in groups.values():
        timeline = Timeline(spans)
        for span in spans:
            other = timeline.met_by(span) if span.told else None
            if other:
                yield _at(span.row, Column.START, "ORG-95", _two(books, other))


def _there(row: DutyRow, books: Books) -> Iterator[Fault]:
    for column, code in ((Column.AREA, row.area), (Column.CARRIER, row.carrier)):
        unit = books.units.get(code)
        if unit is not None and not _lives(unit, row):
            yield _at(row, column, "ORG-96", _gone(unit.name, row))
    if not row.body or row.carrier not in books.units:
        return
    bodies = [one for one in books.bodies if (one.host, one.name) == (row.carrier, row.body)]
    if not bodies:
        yield _at(row, Column.CARRYING_BODY, "ORG-97", _NO_BODY)
    elif not any(_lives(one, row) for one in bodies):
        yield _at(row, Column.CARRYING_BODY, "ORG-96", _gone(row.body, row))


def _lives(one: UnitRow | KnownBody, row: DutyRow) -> bool:
    """Tell whether it exists on the first day; its own dates out of order bind not."""
    first, last = life(one.founded, one.abolished)
    return row.start is None or first >= last or first <= row.start < last


def _at(row: DutyRow, column: Column, code: str, sentence: Sentence) -> Fault:
    return Fault(Sheet.DUTIES, row.row, column, code, sentence)


def _two(books: Books, other: DutyRow) -> Sentence:
    return zh(
        "{place}已写明从 {start} 起由「{carrier}」承担同一职责。"
        "请写明前一家的结束日期，或删去一行。",
        place=books.place(other),
        start=str(other.start),
        carrier=(other.body or other.carrier)[:40],
    )


def _gone(name: str, row: DutyRow) -> Sentence:
    return zh(
        "「{name}」在 {day} 还没有设立，或已经撤销。请改开始日期，或另写一家。",
        name=name[:40],
        day=str(row.start),
    )


_NO_BODY = zh(
    "这个单位没有设这个名称的机构。由单位自己承担的，这一格留空；机构要先在「领导小组等机构」里设立。"
)
