"""Whatever stands inside something else must not outlast it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import Column
from guiju.core.organisation.rows import AppointmentRow, Fault, PostRow, Row, UnitRow
from guiju.core.sentence import Sentence, zh

Life = tuple[date, date]
"""From the first day until before the second."""

ALWAYS: Life = (date.min, date.max)


def life(start: date | None, end: date | None) -> Life:
    """Return the period between two days, either of which may be open."""
    return start or date.min, end or date.max


def life_faults(books: Books) -> Iterator[Fault]:
    """Yield units that outlast their superiors, posts their units, appointments their posts.

    A unit may be older than the unit above it now: it may have been moved there. Each fault
    stands at the inner row, or at the outer one when only that is in the workbook.
    """
    for unit in books.units.values():
        yield from _unit(unit, books)
    for post in books.posts.values():
        yield from _post(post, books)
    for row in books.appointments.values():
        yield from _appointment(row, books)


def _unit(unit: UnitRow, books: Books) -> Iterator[Fault]:
    above = books.units.get(unit.parent)
    end, most = life(None, unit.abolished)[1], _of(above)[1]
    if above is not None and end > most:
        yield from _at(
            books,
            [(unit, Column.ABOLISHED), (above, Column.ABOLISHED)],
            "ORG-44",
            zh(
                "上级单位「{above}」在 {day} 已撤销，单位「{code}」却还在。"
                "请写明它的撤销日期，或改写上级。",
                above=above.code[:40],
                day=str(most),
                code=unit.code[:40],
            ),
        )


def _post(post: PostRow, books: Books) -> Iterator[Fault]:
    unit = books.units.get(post.unit)
    if unit is None:
        return
    (start, end), (first, last) = life(post.founded, post.abolished), _of(unit)
    # A post without a first day is as old as its unit.
    early, late = bool(post.founded) and start < first, end > last
    if early or late:
        column = Column.FOUNDED if early else Column.ABOLISHED
        yield from _at(
            books,
            [(post, column), (unit, column)],
            "ORG-45",
            zh(
                "岗位「{code}」的设立和撤销（{own}）超出了所属单位「{unit}」的（{around}）。"
                "单位撤销了，岗位也要写撤销日期。",
                code=post.code[:40],
                own=_shown((start, end)),
                unit=unit.code[:40],
                around=_shown((first, last)),
            ),
        )


def _appointment(row: AppointmentRow, books: Books) -> Iterator[Fault]:
    post = books.posts.get(row.post)
    if post is None:
        return
    unit = books.units.get(post.unit)
    start, end = life(row.start, row.end)
    of_post, of_unit = _of(post), _of(unit)
    first, last = max(of_post[0], of_unit[0]), min(of_post[1], of_unit[1])
    early, late = start < first, end > last
    if end <= start or not (early or late):
        return
    outer: list[tuple[Row, Column]] = [
        (around, Column.FOUNDED if early else Column.ABOLISHED) for around in (post, unit) if around
    ]
    yield from _at(
        books,
        [(row, Column.START if early else Column.END), *outer],
        "ORG-46",
        zh(
            "人员「{person}」在岗位「{post}」的任职（{own}）超出了岗位和单位存在的时间（{around}）。"
            "请改正日期；岗位或单位撤销了，任职也要写结束日期。",
            person=row.person[:40],
            post=row.post[:40],
            own=_shown((start, end)),
            around=_shown((first, last)),
        ),
    )


def _of(row: UnitRow | PostRow | None) -> Life:
    """Return how long a unit or post exists; dates out of order, a fault of their own, bind not."""
    if row is None:
        return ALWAYS
    start, end = life(row.founded, row.abolished)
    return (start, end) if start < end else ALWAYS


def _at(
    books: Books, candidates: list[tuple[Row, Column]], code: str, sentence: Sentence
) -> Iterator[Fault]:
    """Put the fault at the first row that the workbook has; it cannot be mended elsewhere."""
    for row, column in candidates:
        if books.tells(row):
            yield Fault(row.sheet, row.row, column, code, sentence)
            return


def _shown(period: Life) -> Sentence:
    start, end = period
    if start == date.min:
        return zh("到 {end} 前", end=str(end)) if end < date.max else zh("一直")
    if end == date.max:
        return zh("{start} 起", start=str(start))
    return zh("{start} 起，到 {end} 前", start=str(start), end=str(end))
