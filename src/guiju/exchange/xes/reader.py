"""Reading an XES file: the fast road for whole traces, the strict one for all else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.files import Progress, opened, silent
from guiju.exchange.xes.columns import Columns
from guiju.exchange.xes.encodings import readable
from guiju.exchange.xes.fast import FastReader
from guiju.exchange.xes.source import blocks
from guiju.exchange.xes.strict import TRACE_END, StrictReader

_LONGEST_WAIT = 1 << 22


def read_xes(path: Path, wanted: Wanted, *, progress: Progress = silent) -> EventLog:
    """Read an event log in XES 1.0 or IEEE 1849-2016, plain or gzipped, as columns.

    Cases and events keep the order of the file. A case without a name is called by its
    ordinal, such as ``#3``. Memory holds the columns and a few blocks of the file.

    Raises:
        Invalid: FILE-01 the file cannot be opened; XES-01 gzip damaged or cut off; XES-02 no
            well-formed XML, or an encoding that cannot be read; XES-03 a document type or an
            entity; XES-04 XML, but no log; XES-05 a log without cases; XES-06 a trace or event
            out of place; XES-07 an event without ``concept:name``; XES-08 the same attribute
            twice; XES-09 beyond a limit (nesting, length, number of names); XES-10 a time
            that is not ISO 8601.
    """
    with opened(path) as stream:
        if stream.seekable():
            log = _read_by_both(stream, wanted, progress)
            if log is not None:
                return log
            stream.seek(0)
        return _read_strictly(stream, wanted, progress)


def _read_strictly(stream: BinaryIO, wanted: Wanted, progress: Progress) -> EventLog:
    columns = Columns(wanted)
    strict = StrictReader(columns)
    for block in readable(blocks(stream, progress)):
        strict.feed(block)
    strict.feed(b"", final=True)
    return columns.finished()


def _read_by_both(stream: BinaryIO, wanted: Wanted, progress: Progress) -> EventLog | None:
    """Return the log, or None where it is refused: only the strict road alone knows the line."""
    columns = Columns(wanted)
    source = readable(blocks(stream, progress))
    try:
        _share_out(source, StrictReader(columns), FastReader(columns))
        return columns.finished()
    except Invalid:
        return None


def _share_out(source: Iterable[bytes], strict: StrictReader, fast: FastReader) -> None:
    """Give runs of whole traces to the fast road, and what it declines to the strict one.

    The strict road reads the head with the first trace, and the tail. Whole traces taken
    out between two traces leave it a document as well formed as it was.
    """
    rest = b""
    for block in source:
        rest += block
        if not strict.between_traces:
            first, rest = _cut(rest, rest.find(TRACE_END))
            strict.feed(first)
        if not strict.between_traces:
            strict.feed(rest)
            rest = b""
            continue
        traces, rest = _cut(rest, rest.rfind(TRACE_END))
        if traces and not fast.take(traces):
            strict.feed(traces)
        if len(rest) > _LONGEST_WAIT:
            strict.feed(rest)
            rest = b""
    strict.feed(rest, final=True)


def _cut(data: bytes, at: int) -> tuple[bytes, bytes]:
    """Cut ``data`` behind the end tag at ``at``; -1 stands for none."""
    end = at + len(TRACE_END) if at >= 0 else 0
    return data[:end], data[end:]
