"""The commands by name; the module of each is loaded when it is called."""

from __future__ import annotations

import click

from guiju import __version__
from guiju.config.cli.commands import Group, Member, Option
from guiju.core.sentence import zh

_HOME = "guiju.config.cli"


@click.version_option(
    __version__,
    prog_name="guiju",
    message="%(prog)s %(version)s",
    cls=Option,
    help=zh("显示版本号。").template,
)
@click.group(cls=Group, help=zh("规矩：核对办件记录是否照流程办，并说明差在哪里。").template)
def cli() -> None:
    """Collect the commands."""


@click.group(cls=Group, help=zh("流程：证明走得通、画图、算人数、转换格式。").template)
def flow() -> None:
    """Collect the commands about flows."""


@click.group(cls=Group, help=zh("日志：查看内容、转换格式。").template)
def log() -> None:
    """Collect the commands about event logs."""


cli.members = {
    "check": Member(f"{_HOME}.check", zh("核对日志里的每一件事项是否照流程办。").template),
    "flow": Member(f"{_HOME}.root", flow.help or ""),
    "log": Member(f"{_HOME}.root", log.help or ""),
    "sample": Member(f"{_HOME}.sample", zh("生成一套虚构的样例，拿来试用。").template),
    "doctor": Member(f"{_HOME}.doctor", zh("检查本机是否具备运行条件。").template),
}
flow.members = {
    "prove": Member(f"{_HOME}.flow", zh("证明流程走得通。").template),
    "draw": Member(f"{_HOME}.flow", zh("画出流程图（SVG）。").template),
    "people": Member(f"{_HOME}.people", zh("最少几个人就能从头办到尾。").template),
    "convert": Member(f"{_HOME}.flow", zh("转换流程的格式。").template),
}
log.members = {
    "show": Member(f"{_HOME}.log", zh("看看日志里有什么。").template),
    "convert": Member(f"{_HOME}.log", zh("转换日志的格式。").template),
}
