"""Event logs as CSV: what offices export, in any usual encoding and with any usual separator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guiju.core.check.log import Wanted
from guiju.core.errors import Invalid
from guiju.exchange.files import Progress, silent
from guiju.exchange.tables.columns import TableLog, roles_read, table_log
from guiju.exchange.tables.guess import guess_mapping
from guiju.exchange.tables.layout import Layout, find_layout
from guiju.exchange.tables.mapping import ColumnMapping, positions
from guiju.exchange.tables.records import LINE, any_rows, usual_rows
from guiju.exchange.tables.text import as_utf8, seems_plain


def read_csv(
    path: Path,
    wanted: Wanted,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = silent,
) -> TableLog:
    """Read an event log from separated text, plain or gzipped.

    Args:
        path: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.
        wanted: whether to read people and times beside cases and activities.
        mapping: columns that the user named; what it leaves ``""`` is guessed.
        progress: told bytes done and bytes there are.

    Raises:
        Invalid: CSV-01 to CSV-12 for the file, TABLE-01 to TABLE-06 for columns and
            cells, FILE-01. Nothing else.
    """
    if seems_plain(path):
        size = path.stat().st_size
        progress(0, size)
        if (log := _usual(path, wanted, mapping)) is not None:
            progress(size, size)
            return log
    with as_utf8(path, progress) as (text, remarks):
        usual = _usual(text, wanted, mapping) if text != path else None
        log = usual or _any(text, wanted, mapping)
        return replace(log, remarks=(*remarks, *log.remarks))


def _usual(path: Path, wanted: Wanted, given: ColumnMapping | None) -> TableLog | None:
    """Take the fast road; None where it does not lead through, for whatever reason."""
    try:
        layout = find_layout(path)
    except UnicodeDecodeError:
        return None
    mapping = guess_mapping(layout.headers, layout.sample, given=given)
    frame = usual_rows(path, layout, _picks(layout, mapping, wanted))
    if frame is None or frame.is_empty():
        return None
    try:
        log = table_log(frame, mapping, wanted, line_of=lambda row: layout.skip + 1 + row)
    except Invalid:
        return None
    return replace(log, remarks=(*layout.remarks(), *log.remarks))


def _any(path: Path, wanted: Wanted, given: ColumnMapping | None) -> TableLog:
    layout = find_layout(path)
    mapping = guess_mapping(layout.headers, layout.sample, given=given)
    frame, remarks = any_rows(path, layout, _picks(layout, mapping, wanted))
    lines = frame[LINE]
    log = table_log(frame, mapping, wanted, line_of=lambda row: int(lines[row]))
    return replace(log, remarks=(*layout.remarks(), *remarks, *log.remarks))


def _picks(layout: Layout, mapping: ColumnMapping, wanted: Wanted) -> dict[str, int]:
    read = roles_read(mapping, wanted)
    return {role: at for role, at in positions(layout.headers, mapping).items() if role in read}
