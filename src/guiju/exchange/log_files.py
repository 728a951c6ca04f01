"""Reading and writing an event log whatever its format, decided by its content."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, listing, zh
from guiju.exchange.files import Progress, opened, replacing, require_lasting, silent
from guiju.exchange.xes import read_xes, write_xes

_HEAD = 4096
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX (and any ZIP) and the older XLS begin."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """An event log as read: ``remarks`` tell what the reader assumed, such as the columns."""

    log: EventLog
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the user says of a table's columns, or of objects; None where the reader guesses."""

    case: str | None = None
    activity: str | None = None
    time: str | None = None
    person: str | None = None
    object_type: str | None = None

    @property
    def are_named(self) -> bool:
        """Whether any column is named; then case and activity must be.

        Raises:
            Invalid: LOG-03 when only some are.
        """
        if not (self.case or self.activity or self.time or self.person):
            return False
        if self.case is None or self.activity is None:
            raise Invalid(
                "LOG-03",
                zh(
                    "指定列名时，案件列（--case）和步骤列（--activity）都要写明。请补上缺的那一个。"
                ),
            )
        return True


def read_log(
    path: Path,
    wanted: Wanted,
    *,
    columns: Columns | None = None,
    progress: Progress = silent,
) -> LogFile:
    """Read the event log at ``path``: XES, XES.gz, CSV, Parquet or OCEL 2.0 JSON.

    Raises:
        Invalid: LOG-05 when there is no case in it; another code, which names the format, when
            the file cannot be read as an event log.
    """
    file = _read(path, wanted, columns or Columns(), progress)
    if not len(file.log.cases):
        raise Invalid(
            "LOG-05",
            zh("日志「{path}」里没有任何案件，无从核对。请核对导出的范围。", path=str(path)),
        )
    return file


def _read(path: Path, wanted: Wanted, said: Columns, progress: Progress) -> LogFile:
    kind = _format(path)
    if kind == "xes":
        return LogFile(read_xes(path, wanted, progress=progress))
    if kind == "ocel":
        from guiju.exchange.ocel import read_ocel  # noqa: PLC0415 - loaded for such a file only

        found = read_ocel(path, wanted, object_type=said.object_type, progress=progress)
        return LogFile(found.log, found.remarks)
    return _read_table(path, wanted, kind, said, progress)


def _read_table(
    path: Path, wanted: Wanted, kind: str, said: Columns, progress: Progress
) -> LogFile:
    # Polars takes longer to load than most logs take to judge.
    from guiju.exchange.tables import ColumnMapping, read_csv, read_parquet  # noqa: PLC0415 - as said

    mapping = None
    if said.are_named and said.case and said.activity:
        mapping = ColumnMapping(
            case=said.case, activity=said.activity, time=said.time, person=said.person
        )
    read = read_parquet if kind == "parquet" else read_csv
    table = read(path, wanted, mapping=mapping, progress=progress)
    return LogFile(table.log, (table.mapping.sentence(), *table.remarks))


def _format(path: Path) -> str:
    """Tell the format by the first bytes; the name decides only between text formats."""
    require_lasting(path)
    with opened(path) as stream:
        head = stream.read(_HEAD)
    if not head:
        raise Invalid("LOG-01", zh("日志「{path}」是空的。请核对导出是否成功。", path=str(path)))
    if head.startswith(_WORKBOOKS):
        raise Invalid(
            "LOG-06",
            zh(
                "「{path}」是 Excel 工作簿或压缩包，不是日志。"
                "请解开压缩包；工作簿请在表格软件中另存为「CSV UTF-8」格式。",
                path=str(path),
            ),
        )
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


def _write_csv(stream: BinaryIO, log: EventLog) -> None:
    from guiju.exchange.tables import write_csv  # noqa: PLC0415 - loads Polars

    write_csv(stream, log)


def _write_parquet(path: Path, log: EventLog) -> None:
    from polars.exceptions import PolarsError  # noqa: PLC0415 - loads Polars

    from guiju.exchange.tables import write_parquet  # noqa: PLC0415 - loads Polars

    try:
        write_parquet(path, log)
    except PolarsError:
        raise Invalid(
            "FILE-02",
            zh(
                "写不了文件「{path}」：磁盘已满，或这个位置写不进去。请换一个可写的位置。",
                path=str(path),
            ),
        ) from None


def _write_ocel(stream: BinaryIO, log: EventLog) -> None:
    from guiju.exchange.ocel import write_ocel  # noqa: PLC0415 - loaded for such a file only

    write_ocel(stream, log)


_WRITERS: dict[str, Callable[[BinaryIO, EventLog], None]] = {
    ".xes.gz": _write_packed_xes,
    ".xes": write_xes,
    ".csv": _write_csv,
    ".json": _write_ocel,
}


def write_log(path: Path, log: EventLog) -> None:
    """Write ``log`` in the format that the ending of ``path`` names.

    Raises:
        Invalid: LOG-02 for an ending that is none of the formats.
    """
    name = path.name.lower()
    if name.endswith(".parquet"):
        _write_parquet(path, log)
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
            endings=listing((*_WRITERS, ".parquet")),
        ),
    )
