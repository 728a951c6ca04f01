"""Writing event logs as CSV and Parquet, under the headers that offices use."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl

from guiju.core.check.log import NO_TIME, EventLog
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import replacing
from guiju.exchange.tables.names import BLANKS
from guiju.exchange.tables.times import CHINA

CASE, ACTIVITY, TIME, PERSON = "案件编号", "步骤", "办理时间", "办理人"
_BATCH = 50_000


def write_csv(stream: BinaryIO, log: EventLog) -> None:
    """Write UTF-8 with BOM (so that Excel shows Chinese), times as ISO 8601 in China time.

    Raises:
        Invalid: TABLE-07 for a case without events or a blank name: no table can show them.
    """
    frame = _frame(log)
    if TIME in frame.columns:
        clock = pl.col(TIME).dt.offset_by(f"{CHINA}us").dt.to_string("%Y-%m-%dT%H:%M:%S%.f+08:00")
        frame = frame.with_columns(clock)
    stream.write("\ufeff".encode())
    stream.write(_lines([frame.columns]))
    stream.writelines(_lines(batch.rows()) for batch in frame.iter_slices(_BATCH))


def write_parquet(path: Path, log: EventLog) -> None:
    """Write names as text and times as microseconds in UTC.

    Raises:
        Invalid: TABLE-07 as ``write_csv``; FILE-02 when ``path`` cannot be written.
    """
    frame = _frame(log)
    with replacing(path) as stream:
        frame.write_parquet(stream)


def _lines(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _frame(log: EventLog) -> pl.DataFrame:
    _refuse_unseen(log)
    sizes = [end - start for start, end in log.traces()]
    owner = pl.int_range(len(sizes), dtype=pl.UInt32, eager=True).repeat_by(
        pl.Series(sizes, dtype=pl.Int64)
    )
    columns = {
        CASE: _named(log.cases, owner.explode()),
        ACTIVITY: _named(log.activities, pl.Series(log.codes.tolist(), dtype=pl.UInt32)),
    }
    if log.times:
        micros = pl.Series(log.times.tolist(), dtype=pl.Int64)
        known = micros.set(micros == NO_TIME, None)
        columns[TIME] = known.cast(pl.Datetime("us", "UTC"))
    if log.performers:
        columns[PERSON] = _named(log.people, pl.Series(log.performers.tolist(), dtype=pl.UInt32))
    return pl.DataFrame(columns)


def _named(names: Sequence[str], indices: pl.Series) -> pl.Series:
    return pl.Series(list(names), dtype=pl.String).gather(indices)


def _refuse_unseen(log: EventLog) -> None:
    for case, (start, end) in zip(log.cases, log.traces(), strict=True):
        if start == end:
            raise Invalid(
                "TABLE-07",
                zh("案件「{case}」没有任何步骤，表格里写不下。请改存为 XES。", case=case),
            )
    if not all(name.strip(BLANKS) for name in (*log.cases, *log.activities)):
        raise Invalid(
            "TABLE-07",
            zh("日志里有空白的案件编号或步骤名称，表格里写不下。请改存为 XES。"),
        )
