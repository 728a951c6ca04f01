"""Reading times as offices write them, a column at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

import polars as pl

from guiju.core.check.log import NO_TIME
from guiju.exchange.tables.names import BLANKS

CHINA = 8 * 3600 * 1_000_000
"""Microseconds by which Chinese clocks are ahead of UTC: taken where no offset is written."""

_LOOKS = r"^[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}(?:[日T\s].*)?$"
_DAY_OR_MONTH_FIRST = r"^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(?:\s.*)?$"
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
_HOURS = (
    *("", " %H:%M:%S", "T%H:%M:%S", " %H:%M", "T%H:%M"),  # the frequent and fast ones
    *(" %H:%M:%S%.f", "T%H:%M:%S%.f", " %H时%M分%S秒", " %H时%M分"),
)
_NOTATIONS = tuple(
    day + hours + offset
    for offset, day, hours in product(("", "%#z"), _DAYS, _HOURS)
    if hours or not offset
)
_FIRST, _LAST = -30_610_224_000_000_000, 253_402_300_799_999_999  # years 1000 to 9999


@dataclass(frozen=True, slots=True)
class Times:
    """A column of times.

    Attributes:
        values: Int64 microseconds since 1970-01-01T00:00Z, ``NO_TIME`` where the cell is blank.
        blank: how many cells are blank.
        local: whether some were written without an offset and taken as China time.
    """

    values: pl.Series
    blank: int
    local: bool


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is no time, and whether day and month cannot be told apart in it."""

    row: int
    text: str
    ambiguous: bool


def read_times(column: pl.Series) -> Times | Unreadable:
    """Read ISO 8601 and Chinese notations; digits beyond microseconds are cut off."""
    if column.dtype == pl.String:
        return _read_text(column.str.strip_chars(BLANKS).replace("", None))
    return _read_typed(column)


def reads_as_times(column: pl.Series) -> bool:
    """Tell whether a column of text holds times, and not only blanks."""
    read = read_times(column)
    return isinstance(read, Times) and read.blank < len(column)


def _read_text(text: pl.Series) -> Times | Unreadable:
    unlike = text.str.contains(_LOOKS).not_().arg_true()
    if len(unlike):
        return _unreadable(text, unlike[0])
    micros, local = pl.Series([None], dtype=pl.Int64).new_from_index(0, len(text)), False
    while len(rest := (micros.is_null() & text.is_not_null()).arg_true()):
        notation = _notation(text[rest[0]])
        if notation is None:
            return _unreadable(text, rest[0])
        read = _parsed(text, notation)
        micros = micros.zip_with(micros.is_not_null(), read)
        local |= not notation.endswith("z")
    return _checked(text, micros, local=local)


def _notation(text: str) -> str | None:
    cell = pl.Series([text])
    return next((each for each in _NOTATIONS if _parsed(cell, each)[0] is not None), None)


def _parsed(text: pl.Series, notation: str) -> pl.Series:
    read = text.str.to_datetime(notation, time_unit="us", strict=False).to_physical()
    return read if notation.endswith("z") else read - CHINA


def _checked(text: pl.Series, micros: pl.Series, *, local: bool) -> Times | Unreadable:
    outside = micros.is_between(_FIRST, _LAST).not_().arg_true()
    if len(outside):
        return _unreadable(text, outside[0])
    return Times(micros.fill_null(NO_TIME), micros.null_count(), local)


def _read_typed(column: pl.Series) -> Times | Unreadable:
    sane = column.dt.year().is_between(1000, 9999).fill_null(value=False)
    outside = (column.is_not_null() & ~sane).arg_true()
    if len(outside):
        row = outside[0]
        return Unreadable(row, str(column.to_physical()[row]), ambiguous=False)
    zone = getattr(column.dtype, "time_zone", None)
    micros = column.cast(pl.Datetime("us", zone)).to_physical()
    local = zone is None
    return Times(
        (micros - CHINA if local else micros).fill_null(NO_TIME), micros.null_count(), local
    )


def _unreadable(text: pl.Series, row: int) -> Unreadable:
    cell = text[row]
    return Unreadable(row, cell, bool(re.match(_DAY_OR_MONTH_FIRST, cell)))
