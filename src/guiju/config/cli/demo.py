"""``guiju demo``: a made-up county to try everything on, with one sign-in per role."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click
from rich.cells import set_cell_size

from guiju.config.cli.commands import Group, Member, argument, command, option
from guiju.config.cli.ground import now, operator, stand_on_ground
from guiju.config.cli.serve import serve
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import out
from guiju.config.environment import data_folder
from guiju.config.home import alone, keep_private, make_home, make_secret
from guiju.core.errors import Denied, Invalid
from guiju.core.sentence import Sentence, zh
from guiju.demo.county.cast import CAST
from guiju.demo.county.sign_ins import (
    FILE,
    SignIn,
    app_code,
    make_sign_ins,
    read_sign_ins,
    write_sign_ins,
)

_HOME = "~/.local/share/guiju-demo"
_NAME = "demo.example/record"
_STEP = 30


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=zh(
        "示例：建一个虚构的县，显示每种角色的登录方式，启动网页，直到按 Ctrl+C。\n\n"
        "第一次要建库，约需半分钟；以后立即启动。只供试用，不得与正式数据放在一起。"
    ).template,
)
@option(
    "--data",
    type=click.Path(path_type=Path),
    help=zh("示例的数据目录；不写时用 GUIJU_DATA，再没有就用 ~/.local/share/guiju-demo。").template,
)
@option(
    "--bind",
    default="127.0.0.1:8460",
    help=zh("监听地址，默认 127.0.0.1:8460；试用时只能是本机地址。").template,
)
@click.pass_context
def demo(ctx: click.Context, data: Path | None, bind: str) -> int:
    """Make the example unless it is there, tell how to sign in, and serve."""
    named = {"GUIJU_DATA": str(data or os.environ.get("GUIJU_DATA") or _HOME)}
    ctx.obj = folder = data_folder(named)
    if ctx.invoked_subcommand:
        return 0
    _require_no_real_data(folder)
    os.environ["GUIJU_DATA"] = str(folder)
    keep_private()
    make_home(folder)
    with alone(folder):
        lines = _prepare(folder)
    _tell(lines, folder)
    return int(ctx.invoke(serve, bind=bind, workers=2, is_alone=False))


def _require_no_real_data(folder: Path) -> None:
    """Keep made-up people out of a record that is meant.

    Raises:
        Denied: DEMO-01 in production, DEMO-02 for a data directory with another record.
    """
    if os.environ.get("GUIJU_PRODUCTION", "").lower() not in {"", "0", "false", "no", "off"}:
        raise Denied(
            "DEMO-01",
            zh("生产环境（GUIJU_PRODUCTION）里不建示例。请在别的机器上，或去掉这个变量后试用。"),
        )
    if (folder / "keys" / "log.key").exists() and not (folder / FILE).exists():
        raise Denied(
            "DEMO-02",
            zh(
                "数据目录「{path}」里已有不是示例的记录，不往里放示例。请用 --data 另指一个目录。",
                path=str(folder),
            ),
        )


def _prepare(folder: Path) -> tuple[SignIn, ...]:
    """Do what is still to be done; return how to sign in."""
    lines = read_sign_ins(folder)
    if not lines:
        write_sign_ins(folder, make_sign_ins())
        lines = read_sign_ins(folder)
    if not os.environ.get("GUIJU_SECRET"):
        make_secret(folder)
    stand_on_ground()
    from guiju.config import founding  # noqa: PLC0415 - needs Django set up
    from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above
    from guiju.demo.county.again import is_filled, reopen_accounts  # noqa: PLC0415 - as above

    founder = founding.Founder(operator(), now())
    founding.found(ENVIRONMENT, _NAME, founder, tell=_tell_made)
    if is_filled(founder.at):
        reopen_accounts(lines, by=founder.by, at=founder.at)
    else:
        from guiju.demo.county.filling import fill  # noqa: PLC0415 - the first time alone

        out().print(tr("正在建示例县：单位、岗位、人员和十年的任职……"))
        fill(lines, by=founder.by, at=now())
    return lines


def _tell_made(what: Sentence) -> None:
    out().print(tr("已建立：{what}", what=say(what)), markup=False)


def _tell(lines: tuple[SignIn, ...], folder: Path) -> None:
    out().print(tr("这是虚构的示例县，只供试用。每种角色一个账号："))
    names = {part.login_name: part.name for part in CAST}
    heading = (tr("角色"), tr("姓名"), tr("登录名"), tr("密码"), tr("动态口令密钥"))
    _print_row(heading)
    for line in lines:
        name = names[line.login_name] or tr("首任安全管理员")
        secret = line.secret or tr("不需要")
        _print_row((say(line.role.label), name, line.login_name, line.password, secret))
    place = "" if folder == data_folder({"GUIJU_DATA": _HOME}) else f" --data {folder}"
    text = tr("要动态口令时，另开一个终端运行：guiju demo{place} code 登录名", place=place)
    out().print(text, markup=False)


def _print_row(cells: tuple[str, str, str, str, str]) -> None:
    widths = (16, 16, 14, 20)
    padded = [set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=False)]
    out().print("  " + " ".join([*padded, cells[-1]]), markup=False)


@command(help=zh("显示示例账号当前的动态口令，和它还有几秒有效。").template)
@argument("login_name", metavar=zh("登录名").template)
@click.pass_context
def code(ctx: click.Context, login_name: str) -> int:
    """Print the code that the account's authenticator app would show."""
    folder: Path = ctx.obj
    line = next((one for one in read_sign_ins(folder) if one.login_name == login_name), None)
    if line is None:
        raise Invalid(
            "DEMO-04",
            zh(
                "「{path}」里没有登录名为「{name}」的示例账号。"
                "请先运行 guiju demo，照它显示的登录名写；示例在别处时请加 --data。",
                path=str(folder),
                name=login_name,
            ),
        )
    if not line.secret:
        out().print(tr("这个账号不需要动态口令。"))
        return 0
    at = time.time()
    left = _STEP - int(at) % _STEP
    out().print(tr("{code}（{left} 秒内有效）", code=app_code(line.secret, at), left=left))
    return 0


demo.members = {
    "code": Member("guiju.config.cli.demo", zh("显示示例账号当前的动态口令。").template),
}
