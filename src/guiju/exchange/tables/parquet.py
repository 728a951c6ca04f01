"""Event logs as Parquet."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from guiju.core.check.log import Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.tables.columns import TableLog, roles_read, table_log
from guiju.exchange.tables.contained import EngineError, contained
from guiju.exchange.tables.footer import row_count
from guiju.exchange.tables.guess import guess_mapping
from guiju.exchange.tables.mapping import ColumnMapping
from guiju.exchange.tables.names import LABELS, TIME

MOST_ROWS = 50_000_000
"""How many events a file may hold: a guard against files that unpack to billions."""

_SAMPLE = 1000


def read_parquet(
    path: Path,
    wanted: Wanted,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = silent,
) -> TableLog:
    """Read an event log from Parquet.

    Case, activity and person may be text, categories or whole numbers; times text in
    any notation of a CSV, or a date or time with or without a zone.

    Args:
        path: one file.
        wanted: whether to read people and times beside cases and activities.
        mapping: columns that the user named; what it leaves ``""`` is guessed.
        progress: told rows done and rows there are.

    Raises:
        Invalid: PARQUET-01 for a broken file, PARQUET-02 for too many rows, PARQUET-03
            for none, PARQUET-04 for a column of an unfit type, TABLE-01 to TABLE-06 for
            columns and cells, FILE-01. Nothing else.
    """
    rows = row_count(path)
    if rows is None:
        raise _broken()
    _refuse_size(rows)
    progress(0, rows)
    try:
        with contained():
            log = _read(path, wanted, mapping)
    except EngineError:
        raise _broken() from None
    progress(rows, rows)
    return log


def _read(path: Path, wanted: Wanted, given: ColumnMapping | None) -> TableLog:
    table = pl.scan_parquet(path.absolute(), glob=False, hive_partitioning=False)
    schema = table.collect_schema()
    mapping = _mapping(table, schema, given)
    read = roles_read(mapping, wanted)
    columns = [_column(name, schema[name], role) for role, name in read.items()]
    frame = table.select(columns).collect()
    return table_log(frame, mapping, wanted, line_of=lambda row: row + 1)


def _mapping(table: pl.LazyFrame, schema: pl.Schema, given: ColumnMapping | None) -> ColumnMapping:
    headers = schema.names()
    sample = table.head(_SAMPLE).select(_as_sample(*column) for column in schema.items())
    return guess_mapping(headers, sample.collect().rows(), given=given)


def _as_sample(name: str, kind: pl.DataType) -> pl.Expr:
    """Show a column to the guess as text; one that can play no role as blanks."""
    if isinstance(kind, (pl.Date, pl.Datetime)):
        return pl.col(name).dt.to_string("iso").fill_null("")
    if _is_name(kind):
        return pl.col(name).cast(pl.String, strict=False).fill_null("")
    return pl.lit("").alias(name)


def _column(name: str, kind: pl.DataType, role: str) -> pl.Expr:
    if role == TIME and isinstance(kind, (pl.Date, pl.Datetime)):
        return pl.col(name).alias(role)
    if not _is_name(kind) or (role == TIME and kind.is_integer()):
        raise Invalid(
            "PARQUET-04",
            zh(
                "「{column}」列的数据类型是 {kind}，不能作为{role}。"
                "请改成文本（办理时间也可以是日期时间），或指定别的列。",
                column=name,
                kind=str(kind)[:80],
                role=LABELS[role],
            ),
        )
    return pl.col(name).cast(pl.String).alias(role)


def _is_name(kind: pl.DataType) -> bool:
    texts = (pl.String, pl.Categorical, pl.Enum, pl.Binary, pl.Null)
    return isinstance(kind, texts) or kind.is_integer()


def _refuse_size(rows: int) -> None:
    if rows > MOST_ROWS:
        raise Invalid(
            "PARQUET-02",
            zh(
                "文件有 {rows} 行，超过 {most} 行的上限。请按年度拆成几个文件。",
                rows=rows,
                most=MOST_ROWS,
            ),
        )
    if not rows:
        raise Invalid("PARQUET-03", zh("表格没有数据。请核对导出的时间范围。"))


def _broken() -> Invalid:
    return Invalid(
        "PARQUET-01", zh("文件不是完整的 Parquet 表格，读不出来。请重新导出，或改用 CSV。")
    )
