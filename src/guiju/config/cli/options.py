"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.config.cli.commands import argument, option
from guiju.core.check.log import EventLog, Wanted, ordered_by_time
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress
from guiju.exchange.log_files import Columns, LogFile, read_log

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
"""A path that a reader opens; the reader says in its own words when it cannot."""

LOG = argument("log", metavar=zh("日志").template, type=FILE)
FLOW = argument("path", metavar=zh("流程").template, type=FILE)
TARGET = argument("target", metavar=zh("目标").template, type=FILE)
PROCESS = option(
    "--process",
    metavar=zh("流程编号").template,
    help=zh("BPMN 文件里有几个流程时，选用哪一个。").template,
)


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How to read a log: in which order, and which columns of a table mean what."""

    order: str = "file"
    case: str | None = None
    activity: str | None = None
    time: str | None = None
    person: str | None = None
    object_type: str | None = None

    def read(self, path: Path, wanted: Wanted, progress: Progress) -> LogFile:
        """Read the log at ``path`` as these options say."""
        needed = Wanted(wanted.people, wanted.times or self.order == "time")
        columns = Columns(self.case, self.activity, self.time, self.person, self.object_type)
        file = read_log(path, needed, columns=columns, progress=progress)
        if self.order != "time":
            return file
        return LogFile(ordered_by_time(file.log), (*file.remarks, _SORTED))


_SORTED: Sentence = zh("每件事项的步骤已按时间先后重新排列（--order time）。")


def log_options(command: F) -> F:
    """Add the options of ``LogOptions`` to a command, given to it as ``log_options``."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


def gathered(values: dict[str, Any]) -> LogOptions:
    """Return the options of ``log_options`` out of a command's keyword arguments."""
    return LogOptions(**{name: values[name] for name in LogOptions.__slots__})


_COLUMN = zh("列名").template

_OPTIONS = (
    option(
        "--order",
        type=click.Choice(["file", "time"]),
        default="file",
        help=zh("案件内步骤的先后：file 按文件里的顺序（默认），time 按时间。").template,
    ),
    option("--case", metavar=_COLUMN, help=zh("表格日志里表示案件编号的列。").template),
    option("--activity", metavar=_COLUMN, help=zh("表格日志里表示步骤的列。").template),
    option("--time", metavar=_COLUMN, help=zh("表格日志里表示办理时间的列。").template),
    option("--person", metavar=_COLUMN, help=zh("表格日志里表示办理人的列。").template),
    option("--object-type", help=zh("OCEL 日志里当作案件的对象类型。").template),
)


def known_activities(log: EventLog, activities: tuple[str, ...]) -> frozenset[str]:
    """Return the names that the flow or the log knows."""
    return frozenset(activities) | frozenset(log.activities)
