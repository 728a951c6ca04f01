"""From a table of events to an event log, without an object per event."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.tables.mapping import ColumnMapping
from guiju.exchange.tables.names import ACTIVITY, BLANKS, CASE, LABELS, PERSON, TIME
from guiju.exchange.tables.times import Unreadable, read_times

LineOf = Callable[[int], int]
"""From a row's index to the number under which the user finds it."""


@dataclass(frozen=True, slots=True)
class TableLog:
    """An event log out of a table.

    Attributes:
        log: the events, in file order inside each case.
        mapping: which columns were taken; shown to the user.
        remarks: what the user should know about how the table was read.
    """

    log: EventLog
    mapping: ColumnMapping
    remarks: tuple[Sentence, ...] = ()


def roles_read(mapping: ColumnMapping, wanted: Wanted) -> dict[str, str]:
    """Return role to column name, for the columns that have to be read."""
    unwanted = {TIME: not wanted.times, PERSON: not wanted.people}
    return {role: name for role, name in mapping.roles().items() if not unwanted.get(role)}


def table_log(
    frame: pl.DataFrame, mapping: ColumnMapping, wanted: Wanted, *, line_of: LineOf
) -> TableLog:
    """Group the rows of ``frame`` by case, both in order of first appearance.

    Args:
        frame: columns named after their roles; ``time`` as text or with a time type,
            the others as text.
        mapping: the columns' names in the file.
        wanted: which of people and times to keep.
        line_of: where the user finds a row.

    Raises:
        Invalid: TABLE-03 for a blank case or activity, TABLE-04 and TABLE-05 for a
            time that cannot be read or whose day and month cannot be told apart.
    """
    names = mapping.roles()
    case_ids, case_of = _numbered(frame[CASE], CASE, names, line_of)
    activities, codes = _numbered(frame[ACTIVITY], ACTIVITY, names, line_of)
    remarks = _remarks(mapping, wanted, activities)
    order = _grouped(case_of)
    people: list[str] = []
    performers, times = array("I"), array("q")
    if wanted.people and mapping.person:
        people, who = _performers(frame[PERSON])
        performers = _array("I", who, order)
    if wanted.times and mapping.time:
        micros, said = _instants(frame[TIME], mapping.time, line_of)
        times, remarks = _array("q", micros, order), remarks + said
    starts = array("I", [0])
    starts.extend(case_of.unique_counts().cum_sum().to_list())
    log = EventLog(
        case_ids.to_list(),
        starts,
        tuple(activities.to_list()),
        _array("I", codes, order),
        tuple(people),
        performers,
        times,
    )
    return TableLog(log, mapping, tuple(remarks))


def _numbered(
    cells: pl.Series, role: str, names: dict[str, str], line_of: LineOf
) -> tuple[pl.Series, pl.Series]:
    """Return the distinct values in order of appearance, and for each cell its index there."""
    values = cells.unique(maintain_order=True)
    if values.null_count() or (values.str.strip_chars(BLANKS) == "").any():
        row = (cells.str.strip_chars(BLANKS).fill_null("") == "").arg_true()[0]
        raise Invalid(
            "TABLE-03",
            zh(
                "第 {line} 行的「{column}」列是空的，缺少{role}。请补上后再试。",
                line=line_of(row),
                column=names[role],
                role=LABELS[role],
            ),
        )
    return values, _indices(cells, values)


def _indices(cells: pl.Series, values: pl.Series) -> pl.Series:
    return cells.cast(pl.Enum(values)).to_physical().cast(pl.UInt32)


def _performers(cells: pl.Series) -> tuple[list[str], pl.Series]:
    stated = pl.select(
        pl.when(cells.str.strip_chars(BLANKS) != "").then(cells).otherwise(pl.lit(""))
    ).to_series()
    values = pl.concat([pl.Series([""]), stated]).unique(maintain_order=True)
    return values.to_list(), _indices(stated, values)


def _grouped(case_of: pl.Series) -> pl.Series | None:
    """Return the row order that brings each case together, or None when rows stand so already.

    Case and row number share one integer, so that a plain sort keeps the file's order.
    """
    if case_of.is_sorted():
        return None
    rows = pl.int_range(len(case_of), dtype=pl.UInt64, eager=True)
    keys = (case_of.cast(pl.UInt64) * 2**32 + rows).sort()
    return (keys & (2**32 - 1)).cast(pl.UInt32)


def _array(kind: str, cells: pl.Series, order: pl.Series | None) -> array[int]:
    return array(kind, (cells if order is None else cells.gather(order)).to_list())


def _instants(cells: pl.Series, name: str, line_of: LineOf) -> tuple[pl.Series, list[Sentence]]:
    read = read_times(cells)
    if isinstance(read, Unreadable):
        raise _no_time(read, name, line_of(read.row))
    remarks = []
    if read.local:
        remarks.append(
            zh("「{column}」列有没写时区的时间，按北京时间（东八区）读取。", column=name)
        )
    if read.blank:
        remarks.append(
            zh("「{column}」列有 {count} 处空白，这些步骤没有时间。", column=name, count=read.blank)
        )
    return read.values, remarks


def _no_time(read: Unreadable, name: str, line: int) -> Invalid:
    if read.ambiguous:
        return Invalid(
            "TABLE-05",
            zh(
                "第 {line} 行「{column}」列的「{text}」分不清日和月。"
                "请把这一列改成 2024-01-05 09:03 这样的写法。",
                line=line,
                column=name,
                text=read.text[:50],
            ),
        )
    return Invalid(
        "TABLE-04",
        zh(
            "第 {line} 行「{column}」列的「{text}」读不成时间。"
            "请改成 2024-01-05 09:03:00 或 2024年1月5日 9时3分 这样的写法。",
            line=line,
            column=name,
            text=read.text[:50],
        ),
    )


def _remarks(mapping: ColumnMapping, wanted: Wanted, activities: pl.Series) -> list[Sentence]:
    remarks = []
    padded = activities.filter(activities != activities.str.strip_chars(BLANKS))
    if len(padded):
        remarks.append(
            zh(
                "有 {count} 种步骤名称前后带空格（例如「{name}」），已原样保留。",
                count=len(padded),
                name=padded[0],
            )
        )
    if wanted.times and not mapping.time:
        remarks.append(zh("表中没有办理时间，涉及时限的规则无法判断。"))
    if wanted.people and not mapping.person:
        remarks.append(zh("表中没有办理人，涉及人员的规则无法判断。"))
    return remarks
