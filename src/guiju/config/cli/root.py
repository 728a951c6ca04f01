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


@click.group(cls=Group, help=zh("清单：模板、导入现有的表格、检查、比较、导出。").template)
def lists() -> None:
    """Collect the commands about lists."""


@click.group(cls=Group, help=zh("见证：为别的单位的存证记录签名，证明它只增不改。").template)
def witness() -> None:
    """Collect the commands of a witness."""


@click.group(cls=Group, help=zh("记录：见证方、导出、依法删除个人信息。").template)
def record() -> None:
    """Collect the commands about the record."""


cli.members = {
    "check": Member(f"{_HOME}.check", zh("核对日志里的每一件事项是否照流程办。").template),
    "flow": Member(f"{_HOME}.root", flow.help or ""),
    "log": Member(f"{_HOME}.root", log.help or ""),
    "lists": Member(f"{_HOME}.root", lists.help or ""),
    "verify": Member(f"{_HOME}.verify", zh("验证公布的记录：有没有被改动过。").template),
    "witness": Member(f"{_HOME}.root", witness.help or ""),
    "sample": Member(f"{_HOME}.sample", zh("生成一套虚构的样例，拿来试用。").template),
    "demo": Member(f"{_HOME}.demo", zh("建一个虚构的县，拿来试用。").template),
    "init": Member(f"{_HOME}.init", zh("初始化：建数据目录、密钥和数据库。").template),
    "serve": Member(f"{_HOME}.serve", zh("启动网页和后台进程。").template),
    "worker": Member(f"{_HOME}.worker", zh("只启动后台进程。").template),
    "migrate": Member(f"{_HOME}.migrate", zh("升级数据库。").template),
    "record": Member(f"{_HOME}.root", record.help or ""),
    "backup": Member(f"{_HOME}.backup", zh("备份记录，不用停用系统。").template),
    "restore": Member(f"{_HOME}.backup", zh("从备份恢复。").template),
    "doctor": Member(f"{_HOME}.doctor", zh("检查本机，逐条核对记录。").template),
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
lists.members = {
    "template": Member(f"{_HOME}.lists", zh("写出空白的清单工作簿。").template),
    "import": Member(f"{_HOME}.lists", zh("从现有的表格读出清单。").template),
    "lint": Member(f"{_HOME}.lists", zh("检查清单。").template),
    "diff": Member(f"{_HOME}.lists", zh("比较两版清单。").template),
    "export": Member(f"{_HOME}.lists", zh("把清单写成别的格式。").template),
}
witness.members = {
    "init": Member(f"{_HOME}.witness", zh("建立见证方。").template),
    "trust": Member(f"{_HOME}.witness", zh("登记一个记录的公钥。").template),
    "serve": Member(f"{_HOME}.witness", zh("开始见证，等候检查点。").template),
    "status": Member(f"{_HOME}.witness", zh("查看见证到哪里。").template),
    "sign": Member(f"{_HOME}.witness", zh("离线核验一份申请并签名。").template),
}
record.members = {
    "trust": Member(f"{_HOME}.record", zh("登记一家见证方。").template),
    "retire": Member(f"{_HOME}.record", zh("停用一家见证方。").template),
    "quorum": Member(f"{_HOME}.record", zh("设定几家见证为足。").template),
    "export": Member(f"{_HOME}.record", zh("导出记录，供任何人验证。").template),
    "paper": Member(f"{_HOME}.record", zh("写出纸面见证申请。").template),
    "accept": Member(f"{_HOME}.record", zh("收下纸面见证。").template),
    "erase": Member(f"{_HOME}.record", zh("依法删除一个人的个人信息。").template),
}
