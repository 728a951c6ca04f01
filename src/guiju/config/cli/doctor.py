"""``guiju doctor``: is everything here that the product needs, and is the record whole?"""

from __future__ import annotations

import importlib.metadata
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from guiju import __version__
from guiju.config.cli.commands import command
from guiju.config.cli.record_health import record_health
from guiju.config.cli.sign_in_health import sign_in_health
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import out
from guiju.core.check.deviation import Judge
from guiju.core.check.verdict import judge_log
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.sentence import zh
from guiju.demo.sample import office_flow, simulate
from guiju.exchange.holidays import china

_NEEDED = ("chinesecalendar", "click", "defusedxml", "openpyxl", "polars", "rich")
_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is well, and what was found."""

    name: str
    is_well: bool
    found: str


@command(help=zh("检查本机是否具备运行条件，试核对一份样例；已初始化的，逐条核对记录。").template)
def doctor() -> int:
    """Print each check; return 1 when something is missing."""
    well = True
    for check in _checks():
        mark, style = (tr("正常"), "green") if check.is_well else (tr("有问题"), "bold red")
        out().print(f"{mark}  ", style=style, end="")
        out().print(tr("{name}：{found}", name=check.name, found=check.found), markup=False)
        well = well and check.is_well
    return 0 if well else 1


def _checks() -> Iterator[Check]:
    yield Check(tr("版本"), is_well=True, found=f"guiju {__version__}")
    yield Check("Python", sys.version_info >= _OLDEST, platform.python_version())
    for name in _NEEDED:
        yield _package(name)
    encoding = sys.stdout.encoding or "?"
    yield Check(tr("终端编码"), "utf" in encoding.lower(), encoding)
    yield _temporary()
    years = china().years
    known = tr("{first} 至 {last} 年", first=min(years), last=max(years))
    yield Check(tr("节假日安排"), is_well=True, found=known)
    yield _trial()
    for health in chain(sign_in_health(), record_health()):
        yield Check(health.where, health.is_well, health.found)


def _package(name: str) -> Check:
    try:
        return Check(name, is_well=True, found=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, is_well=False, found=tr("没有安装。请重新运行 make demo 或重新安装。"))


def _temporary() -> Check:
    try:
        with tempfile.TemporaryFile() as stream:
            stream.write(b"guiju")
    except OSError as error:
        return Check(tr("临时文件夹"), is_well=False, found=str(error))
    return Check(tr("临时文件夹"), is_well=True, found=tempfile.gettempdir())


def _trial() -> Check:
    judge = Judge(determinise(compile_flow(office_flow())))
    verdict = judge_log(judge, simulate(200))
    found = tr(
        "200 件样例，{fit} 件照流程办理，偏离合计 {cost} 处",
        fit=verdict.conforming,
        cost=verdict.total_cost,
    )
    return Check(tr("试核对"), 0 < verdict.conforming < len(verdict.log.cases), found)
