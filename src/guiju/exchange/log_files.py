"""Reading and writing an event log whatever its format, decided by its content."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress, opened, replacing, silent
from guiju.exchange.ocel import read_ocel, write_ocel
from guiju.exchange.tables import ColumnMapping, read_csv, read_parquet, write_csv, write_parquet
from guiju.exchange.xes import read_xes, write_xes

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class LogFile:
    """An event log as read: ``remarks`` tell what the reader assumed, such as the columns."""

    log: EventLog
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the user says of a table or of objects; None where the reader should guess."""

    mapping: ColumnMapping | None = None
    object_type: str | None = None


def read_log(
    path: Path,
    wanted: Wanted,
    *,
    columns: Columns | None = None,
    progress: Progress = silent,
) -> LogFile:
    """Read the event log at ``path``: XES, XES.gz, CSV, Parquet or OCEL 2.0 JSON.

    Raises:
        Invalid: when the file cannot be read as an event log; the code names the format.
    """
    said = columns or Columns()
    match _format(path):
        case "xes":
            return LogFile(read_xes(path, wanted, progress=progress))
        case "ocel":
            found = read_ocel(path, wanted, object_type=said.object_type, progress=progress)
            return LogFile(found.log, found.remarks)
        case "parquet":
            table = read_parquet(path, wanted, mapping=said.mapping, progress=progress)
        case _:
            table = read_csv(path, wanted, mapping=said.mapping, progress=progress)
    return LogFile(table.log, (table.mapping.sentence(), *table.remarks))


def _format(path: Path) -> str:
    """Tell the format by the first bytes; the name decides only between text formats."""
    with opened(path) as stream:
        head = stream.read(_HEAD)
    if not head:
        raise Invalid("LOG-01", zh("日志「{path}」是空的。请核对导出是否成功。", path=str(path)))
    name = path.name.lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\x1f\x8b"):
        return "csv" if name.endswith((".csv.gz", ".tsv.gz", ".txt.gz")) else "xes"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or name.endswith(".xes"):
        return "xes"
    if start.startswith((b"{", b"[")):
        return "ocel"
    return "parquet" if name.endswith(".parquet") else "csv"


def _write_packed_xes(stream: BinaryIO, log: EventLog) -> None:
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6, mtime=0) as packed:
        write_xes(packed, log)


_WRITERS: dict[str, Callable[[BinaryIO, EventLog], None]] = {
    ".xes.gz": _write_packed_xes,
    ".xes": write_xes,
    ".csv": write_csv,
    ".json": write_ocel,
}


def write_log(path: Path, log: EventLog) -> None:
    """Write ``log`` in the format that the ending of ``path`` names.

    Raises:
        Invalid: LOG-02 for an ending that is none of the formats.
    """
    name = path.name.lower()
    if name.endswith(".parquet"):
        write_parquet(path, log)
        return
    for ending, write in _WRITERS.items():
        if name.endswith(ending):
            with replacing(path) as stream:
                write(stream, log)
            return
    raise Invalid(
        "LOG-02",
        zh(
            "不知道「{name}」要写成什么格式。请用这些后缀之一：{endings}。",
            name=path.name,
            endings="、".join((*_WRITERS, ".parquet")),
        ),
    )
