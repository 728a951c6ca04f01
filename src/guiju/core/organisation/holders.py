"""No unit with two heads, and no post with two holders, on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.lives import life
from guiju.core.organisation.rows import AppointmentRow, Fault
from guiju.core.organisation.timeline import Span, Timeline
from guiju.core.organisation.words import AppointmentKind, LeaderLevel
from guiju.core.sentence import Sentence, zh

_STAND_INS = frozenset({AppointmentKind.ACTING, AppointmentKind.PRESIDING})

Held: TypeAlias = Span[AppointmentRow]


def holder_faults(books: Books) -> Iterator[Fault]:
    """Yield second heads of a unit and second holders of a post.

    A post has one holder (任职, 兼任) and beside him at most one who stands in (代理, 主持) on
    any day. Two posts of heads in one unit may be held by one person, not by two.
    """
    held = list(held_spans(books))
    second = set()
    for row, other in _met(_heads(held, books)):
        second.add(row.key)
        yield fault_at(row, "ORG-47", _two_heads(books, row, other))
    for row, other in _met(_by_post(held)):
        if row.key not in second:
            yield fault_at(row, "ORG-48", _two_holders(books, row, other))


def fault_at(row: AppointmentRow, code: str, sentence: Sentence) -> Fault:
    """Put a fault at the post of an appointment."""
    return Fault(Sheet.APPOINTMENTS, row.row, Column.POST_CODE, code, sentence)


def held_spans(books: Books) -> Iterator[Held]:
    """Yield the appointments whose dates make sense, in time."""
    for row in books.appointments.values():
        start, end = life(row.start, row.end)
        if start < end and row.kind is not None:
            yield Span(row, start, end, books.tells(row), (row.person, row.post, start), row.row)


def _heads(held: Iterable[Held], books: Books) -> Iterator[tuple[str, Held]]:
    """Yield the holders of heads' posts by unit; the posts of one person make one party."""
    for span in held:
        post = books.posts.get(span.row.post)
        if post and post.unit and post.level is LeaderLevel.HEAD and not stands_in(span.row):
            yield post.unit, replace(span, party=span.row.person)


def _by_post(held: Iterable[Held]) -> Iterator[tuple[tuple[str, bool], Held]]:
    for span in held:
        yield (span.row.post, stands_in(span.row)), span


def stands_in(row: AppointmentRow) -> bool:
    """Tell whether somebody only stands in (代理, 主持)."""
    return row.kind in _STAND_INS


def _met(
    keyed: Iterable[tuple[object, Held]],
) -> Iterator[tuple[AppointmentRow, AppointmentRow]]:
    """Yield each row of the workbook that meets another of its group, with that other."""
    groups = defaultdict(list)
    for key, span in keyed:
        groups[key].append(span)
    for spans in groups.values():
        if len(spans) == 1:
            continue
        timeline = Timeline(spans)
        for span in spans:
            other = timeline.met_by(span) if span.told else None
            if other:
                yield span.row, other


def _two_heads(books: Books, row: AppointmentRow, other: AppointmentRow) -> Sentence:
    return zh(
        "单位「{unit}」同一天有两名正职：{place}的人员「{other}」在 {start} 起任岗位「{post}」。"
        "请写明前任的结束日期；主持或代理工作的，任职方式请写「代理」或「主持」。",
        unit=books.posts[row.post].unit[:40],
        place=books.place(other),
        other=other.person[:40],
        start=str(other.start),
        post=other.post[:40],
    )


def _two_holders(books: Books, row: AppointmentRow, other: AppointmentRow) -> Sentence:
    return zh(
        "岗位「{post}」同一天有两人{way}：{place}的人员「{other}」从 {start} 起。"
        "请写明前任的结束日期，或改正岗位编号。",
        post=row.post[:40],
        way=zh("代理或主持") if stands_in(row) else zh("任职"),
        place=books.place(other),
        other=other.person[:40],
        start=str(other.start),
    )
