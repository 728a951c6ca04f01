"""Looking over a Parquet file before Polars reads it.

Polars believes the sizes that a file states and asks for that much memory; where they
are nonsense the whole process is ended. So they are checked first: rows add up, and
every page lies inside the file and is of a sane size.
Source: the Apache Parquet format, ``parquet.thrift``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from guiju.exchange.files import opened
from guiju.exchange.tables.thrift import BrokenError, Cursor, Struct

_MAGIC = b"PAR1"
_MOST_FOOTER = 64 * 2**20
_MOST_PAGE = 2**30
_MOST_TYPE_LENGTH = 2**16
_HEADER = 2**16
"""How many bytes a page's header may take; statistics in it can be long."""


def row_count(path: Path) -> int | None:
    """Return how many rows the file holds, or None when what it states cannot be true."""
    with opened(path) as stream:
        try:
            return _File(stream, path.stat().st_size).checked()
        except (BrokenError, OSError):
            return None


@dataclass(slots=True)
class _File:
    stream: BinaryIO
    size: int

    def checked(self) -> int:
        footer = Cursor(self._footer()).struct()
        rows = _integer(footer, 3)
        groups = [_struct(group) for group in _list(footer, 4)]
        _hold(sum(_integer(group, 3) for group in groups) == rows)
        for element in _list(footer, 2):
            _hold(_integer(_struct(element), 2, default=0) <= _MOST_TYPE_LENGTH)
        for group in groups:
            for chunk in _list(group, 1):
                self._check_chunk(_struct(_struct(chunk).get(3)), _integer(group, 3))
        return rows

    def _footer(self) -> bytes:
        tail = self._bytes(self.size - 8, 8)
        length = int.from_bytes(tail[:4], "little")
        _hold(tail[4:] == _MAGIC and length <= _MOST_FOOTER)
        return self._bytes(self.size - 8 - length, length)

    def _check_chunk(self, chunk: Struct, rows: int) -> None:
        values, length = _integer(chunk, 5), _integer(chunk, 7)
        if len(_list(chunk, 3)) == 1:
            _hold(values == rows)
        at = _integer(chunk, 9)
        at = min(at, _integer(chunk, 11, default=at) or at)
        end = at + length
        _hold(end <= self.size)
        while at < end:
            cursor = Cursor(self._bytes(at, min(_HEADER, end - at)))
            page = cursor.struct()
            values -= _page_values(page)
            at += cursor.at + _integer(page, 3)
        _hold(at == end and values == 0)

    def _bytes(self, at: int, size: int) -> bytes:
        _hold(at >= 0)
        self.stream.seek(at)
        data = self.stream.read(size)
        _hold(len(data) == size)
        return data


def _page_values(page: Struct) -> int:
    """Return how many values of the column a page holds; none for one that is no data page."""
    unpacked = _integer(page, 2)
    _hold(unpacked <= _MOST_PAGE)
    if 7 in page:
        _hold(_integer(_struct(page[7]), 1) <= unpacked)
    if 8 in page:
        levels = _integer(_struct(page[8]), 5) + _integer(_struct(page[8]), 6)
        _hold(levels <= min(unpacked, _integer(page, 3)))
    data = page.get(5) or page.get(8)
    return _integer(_struct(data), 1) if data else 0


def _integer(fields: Struct, field: int, *, default: int | None = None) -> int:
    """Return a field that must be there, unless it has a default, and is never negative."""
    value = fields.get(field, default)
    if not isinstance(value, int) or value < 0:
        raise BrokenError
    return value


def _struct(value: object) -> Struct:
    if not isinstance(value, dict):
        raise BrokenError
    return value


def _list(fields: Struct, field: int) -> list[object]:
    value = fields.get(field)
    if not isinstance(value, list):
        raise BrokenError
    return value


def _hold(true: bool) -> None:  # noqa: FBT001 - reads as an assertion
    if not true:
        raise BrokenError
