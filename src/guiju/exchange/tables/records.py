"""The rows of a UTF-8 text table: a fast road for the usual shape, a careful one for all others.

Both give the same rows; the fast one gives none at all where it is not sure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.tables.contained import EngineError, contained
from guiju.exchange.tables.layout import Layout
from guiju.exchange.tables.names import BLANKS

LINE = "line"
_BATCH = 500
_MOST_IN_CELL = 2**17
"""The longest cell that Python's csv module takes; longer lines are left to it to judge."""


def usual_rows(path: Path, layout: Layout, picks: Mapping[str, int]) -> pl.DataFrame | None:
    """Read the columns ``picks`` at speed, or return None when the file is not of the usual shape.

    Usual is: every line is one row, as wide as the header, and every quote opens, closes
    or doubles as RFC 4180 has it. Polars accepts more than that, so it is checked first.
    """
    if not layout.separator.isascii() or _first_cell(layout).startswith("\ufeff"):
        return None  # Polars takes bytes as separators, and drops a BOM even below the header
    lines = _scan(path, layout, separator="\0", quote_char=None, columns=1)
    line = pl.col("0")
    fits = line.str.contains(_usual_line(layout)) & (line.str.len_bytes() < _MOST_IN_CELL)
    cells = _scan(path, layout, separator=layout.separator, columns=len(layout.headers))
    try:
        with contained():
            if not lines.select(fits.fill_null(value=False).all()).collect().item():
                return None
            return cells.select(pl.col(str(i)).alias(role) for role, i in picks.items()).collect()
    except EngineError:
        return None


def _first_cell(layout: Layout) -> str:
    return layout.sample[0][0] if layout.sample else ""


def _scan(
    path: Path, layout: Layout, *, separator: str, columns: int, quote_char: str | None = '"'
) -> pl.LazyFrame:
    return pl.scan_csv(
        path.absolute(),
        has_header=False,
        skip_lines=layout.skip,
        separator=separator,
        quote_char=quote_char,
        schema={str(i): pl.String for i in range(columns)},
        glob=False,
    )


def _usual_line(layout: Layout) -> str:
    cell = rf'(?:"(?:[^"\r]|"")*"|[^"\r{layout.separator}]*)'
    return rf"^{cell}(?:[{layout.separator}]{cell}){{{len(layout.headers) - 1}}}$"


def any_rows(
    path: Path, layout: Layout, picks: Mapping[str, int]
) -> tuple[pl.DataFrame, list[Sentence]]:
    """Read the columns ``picks`` of any table, with a column ``line``, and say what was skipped.

    Raises:
        Invalid: CSV-02 when there are no rows, CSV-07 for a row that is not as wide as
            the header, CSV-08 for broken quoting.
    """
    records = _Records(layout)
    rows = records.read(path)
    frames = []
    while batch := list(islice(rows, _BATCH)):
        columns = {role: [row[i] for _, row in batch] for role, i in picks.items()}
        lines = pl.Series(LINE, [line for line, _ in batch], dtype=pl.UInt32)
        frames.append(
            pl.DataFrame(columns, schema=dict.fromkeys(picks, pl.String)).with_columns(lines)
        )
    if not frames:
        raise Invalid("CSV-02", zh("表格只有表头，没有数据。请核对导出的时间范围。"))
    remarks = []
    if records.blank:
        remarks.append(zh("略过了 {count} 个空行。", count=records.blank))
    return pl.concat(frames), remarks


@dataclass(slots=True)
class _Records:
    """Walks the rows below the header and counts the blank ones."""

    layout: Layout
    blank: int = 0

    def read(self, path: Path) -> Iterator[tuple[int, list[str]]]:
        skip, width = self.layout.skip, len(self.layout.headers)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for _ in range(skip):
                stream.readline()
            reader = csv.reader(stream, delimiter=self.layout.separator, strict=True)
            line = skip + 1
            try:
                for row in reader:
                    if not "".join(row).strip(BLANKS):
                        self.blank += 1
                    elif len(row) != width:
                        raise _ragged(line, len(row), self.layout)
                    else:
                        yield line, row
                    line = skip + reader.line_num + 1
            except csv.Error as error:
                raise _broken(line, str(error)) from None


def _ragged(line: int, width: int, layout: Layout) -> Invalid:
    return Invalid(
        "CSV-07",
        zh(
            "第 {line} 行有 {width} 列，而表头（第 {top} 行）有 {wanted} 列。"
            "请检查这一行是否多了或少了分隔符；内容里带分隔符的，要用英文双引号括起来。",
            line=line,
            width=width,
            top=layout.skip,
            wanted=len(layout.headers),
        ),
    )


def _broken(line: int, why: str) -> Invalid:
    if "limit" in why:
        return Invalid(
            "CSV-08",
            zh("第 {line} 行起有一格内容过长，多半是双引号没有配对。请检查双引号。", line=line),
        )
    return Invalid(
        "CSV-08",
        zh(
            "第 {line} 行起双引号没有配对，或引号后面还有文字。"
            "请检查这一行的双引号；内容里的双引号要写成两个。",
            line=line,
        ),
    )
