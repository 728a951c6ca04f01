"""``guiju log``: look at an event log, or write it in another format."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from rich.table import Table

from guiju.config.cli.commands import command
from guiju.config.cli.options import LOG, TARGET, gathered, log_options
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import err, late_bar, out
from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.core.sentence import zh
from guiju.exchange.log_files import write_log

_CHINA = timezone(timedelta(hours=8))


@command(help=zh("看看日志里有什么：事项、步骤、办理人、起止时间。").template)
@LOG
@log_options
def show(log: Path, **options: Any) -> int:  # noqa: ANN401 - click's values
    """Print what the log ``log`` holds."""
    found = _read(log, options)
    out().print(
        tr(
            "{cases} 件事项，{events} 个步骤，{people} 名办理人。",
            cases=f"{len(found.cases):,}",
            events=f"{len(found.codes):,}",
            people=f"{sum(1 for name in found.people if name):,}",
        )
    )
    _print_period(found)
    table = Table(box=None, pad_edge=False)
    table.add_column(tr("次数"), justify="right")
    table.add_column(tr("步骤"), overflow="fold")
    for code, count in Counter(found.codes).most_common():
        table.add_row(f"{count:,}", found.activities[code].replace("[", r"\["))
    out().print(table)
    return 0


@command(
    help=zh(
        "转换日志的格式，由目标文件的后缀决定：.xes、.xes.gz、.csv、.parquet、.json（OCEL 2.0）。"
    ).template
)
@LOG
@TARGET
@log_options
def convert(log: Path, target: Path, **options: Any) -> int:  # noqa: ANN401 - click's values
    """Write the log ``log`` in the format that ``target`` names."""
    check_places((target,), (log,))
    write_log(target, _read(log, options))
    out().print(tr("已写出 {path}", path=str(target)), markup=False)
    return 0


def _read(path: Path, options: dict[str, Any]) -> EventLog:
    with late_bar(tr("正在读取日志")) as progress:
        file = gathered(options).read(path, Wanted(people=True, times=True), progress)
    for remark in file.remarks:
        err().print(tr("说明：") + say(remark), markup=False)
    return file.log


def _print_period(found: EventLog) -> None:
    known = [time for time in found.times if time != NO_TIME]
    if known:
        first, last = (
            datetime.fromtimestamp(time / 1_000_000, UTC).astimezone(_CHINA)
            for time in (min(known), max(known))
        )
        out().print(
            tr(
                "时间从 {first} 到 {last}。",
                first=f"{first:%Y-%m-%d %H:%M}",
                last=f"{last:%Y-%m-%d %H:%M}",
            )
        )
