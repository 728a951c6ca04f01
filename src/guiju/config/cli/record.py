"""``guiju record …``: who witnesses the record, taking it elsewhere, erasing a person's data."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.ground import now, operator, stand_on_ground
from guiju.config.cli.options import FILE
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import late_bar, out
from guiju.core.sentence import zh

_KEY = zh("公钥").template
_FOLDER = zh("文件夹").template
_NAME = zh("名称").template


@command(help=zh("登记一家见证方。没有网址的，以纸面方式见证。").template)
@argument("vkey", metavar=_KEY)
@option(
    "--url", default="", help=zh("见证方的网址，如 https://jianzheng.example.gov.cn。").template
)
def trust(vkey: str, url: str) -> None:
    """Register a witness."""
    stand_on_ground()
    from guiju.base.record import actions  # noqa: PLC0415 - needs Django set up

    made = actions.register_witness(vkey=vkey, url=url, by=operator(), at=now())
    out().print(tr("已登记见证方「{name}」。", name=made.name), markup=False)


@command(help=zh("停用一家见证方。它以前的见证仍然有效。").template)
@argument("name", metavar=_NAME)
@option("--reason", required=True, help=zh("为什么停用。").template)
def retire(name: str, reason: str) -> None:
    """Retire a witness."""
    stand_on_ground()
    from guiju.base.record import actions  # noqa: PLC0415 - needs Django set up

    actions.retire_witness(name=name, reason=reason, by=operator(), at=now())
    out().print(tr("已停用见证方「{name}」。", name=name), markup=False)


@command(help=zh("设定几家见证为足。").template)
@argument("count", type=click.IntRange(min=0), metavar=zh("家数").template)
def quorum(count: int) -> None:
    """Set how many witnesses are enough."""
    stand_on_ground()
    from guiju.base.record import actions  # noqa: PLC0415 - needs Django set up

    actions.set_quorum(count=count, by=operator(), at=now())
    out().print(tr("见证以 {count} 家为足。", count=count))


@command(
    help=zh("导出记录，任何人不用本软件也能验证。再次导出到同一文件夹，只补新增部分。").template
)
@argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar=_FOLDER)
def export(folder: Path) -> None:
    """Write the log as static files."""
    stand_on_ground()
    from guiju.base.record.export import export_log  # noqa: PLC0415 - needs Django set up

    with late_bar(tr("正在导出")) as progress:
        size = export_log(folder, progress=progress)
    words = tr("已导出 {size} 条到 {folder}。", size=size, folder=str(folder))
    out().print(words, markup=False)
    out().print(tr("验证：guiju verify {folder}", folder=str(folder)), markup=False)


@command(help=zh("写出纸面见证申请：打印交给见证方，或把文字发给对方。").template)
@argument("name", metavar=_NAME)
@argument("file", type=FILE, metavar=zh("文件").template)
def paper(name: str, file: Path) -> None:
    """Write what a witness needs on paper."""
    stand_on_ground()
    from guiju.base.record import on_paper  # noqa: PLC0415 - needs Django set up

    size = on_paper.write_request(name, file, at=now())
    words = tr("已写出 {size} 条检查点的见证申请：{file}", size=size, file=str(file))
    out().print(words, markup=False)


@command(help=zh("收下见证方在纸面申请上签的名。").template)
@argument("name", metavar=_NAME)
@argument("file", type=FILE, metavar=zh("文件").template)
def accept(name: str, file: Path) -> None:
    """Take in what a witness signed on paper."""
    stand_on_ground()
    from guiju.base.record import on_paper  # noqa: PLC0415 - needs Django set up

    size = on_paper.accept_answer(name, file, at=now())
    out().print(tr("「{name}」已见证 {size} 条。", name=name, size=size), markup=False)


@command(help=zh("依法删除一个人的个人信息。销毁密钥后任何人都无法恢复。").template)
@argument("person", metavar=zh("编号").template)
@option("--authority", required=True, help=zh("依据，如：个人信息保护法第四十七条。").template)
@option("--reason", required=True, help=zh("原因。").template)
@option("--yes", is_flag=True, help=zh("不再询问。").template)
def erase(person: str, authority: str, reason: str, *, yes: bool) -> None:
    """Erase what the record holds about a person."""
    stand_on_ground()
    from guiju.base.record.erasure import erase_person  # noqa: PLC0415 - needs Django set up

    if not yes:
        question = tr("将永久删除「{person}」的个人信息，不能恢复。确定吗？", person=person)
        click.confirm(question, abort=True)
    erase_person(person=person, authority=authority, reason=reason, by=operator(), at=now())
    out().print(tr("已删除「{person}」的个人信息，并记录在案。", person=person), markup=False)
