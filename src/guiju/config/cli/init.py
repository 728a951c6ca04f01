"""``guiju init``: a data directory, a key, a database and the record's first event."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from guiju.config.cli.commands import command, option
from guiju.config.cli.ground import now, operator, stand_on_ground
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import out
from guiju.config.environment import COOKIE_KEY, data_folder
from guiju.config.home import alone, keep_private, make_home, make_secret
from guiju.core.ledger.note import check_name
from guiju.core.sentence import Sentence, zh


@command(
    help=zh(
        "初始化：建数据目录、密钥和数据库，启用记录。\n\n"
        "数据目录由 GUIJU_DATA 指定。中断后可以再运行；已经初始化的，不会改动。"
    ).template,
)
@option(
    "--name",
    metavar=zh("名称").template,
    help=zh(
        "记录的名称，全国唯一，写在每个检查点里，以后不能改，如 xian.example.gov.cn/record。"
    ).template,
)
@option(
    "--new-link",
    "is_lost",
    is_flag=True,
    help=zh("首任管理员的链接丢了：原来的作废，另发一个。已经有人能登录时不起作用。").template,
)
def init(name: str | None, *, is_lost: bool) -> int:
    """Set everything up; a second run changes nothing as long as somebody can get in."""
    if name:
        check_name(name)
    keep_private()
    data = data_folder(os.environ)
    if make_home(data):
        _tell_made(zh("数据目录 {path}", path=str(data)))
    with alone(data):
        # Before the settings are read: in production they demand it.
        if not os.environ.get("GUIJU_SECRET") and make_secret(data):
            _tell_made(zh("网页签名用的密码 {path}", path=str(data / COOKIE_KEY)))
        stand_on_ground()
        return _found(name, is_lost=is_lost)


def _found(name: str | None, *, is_lost: bool) -> int:
    from guiju.config import founding  # noqa: PLC0415 - needs Django set up
    from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above

    founding.require_same_name(name)
    founder = founding.Founder(operator(), now())
    if founding.is_founded():
        link = founding.first_link(ENVIRONMENT, founder, anew=is_lost)
        if link is None:
            out().print(tr("已经初始化过，没有改动任何东西。"))
        _print_key()
        _print_link(link)
        return 0
    chosen = name or founding.default_name(socket.gethostname())
    founding.found(ENVIRONMENT, chosen, founder, tell=_tell_made)
    _print_key()
    _print_link(founding.first_link(ENVIRONMENT, founder, anew=is_lost))
    if not name:
        text = tr(
            "这个名称取自本机的名字，适合试用；正式使用请在初始化时用 --name 写本单位的域名。"
        )
        out().print(text, markup=False)
    _print_next(ENVIRONMENT.data)
    return 0


def _print_key() -> None:
    from guiju.base.record.signing import log_key  # noqa: PLC0415 - needs Django set up

    key = log_key().key
    out().print(tr("记录的名称：{name}", name=key.name), markup=False)
    out().print(tr("记录的公钥：{key}", key=str(key)), markup=False)


def _print_link(link: str | None) -> None:
    if link is None:
        return
    text = tr("安全管理员的一次性链接，只显示这一次，24 小时内有效，用它设置密码：")
    out().print(text, markup=False)
    out().print(f"  {link}", markup=False, soft_wrap=True)


def _print_next(data: Path) -> None:
    out().print(tr("接下来："))
    for text in (
        tr("1. 运行 guiju serve，用浏览器打开上面的一次性链接，设置密码和第二重验证。"),
        tr("2. 把公钥交给见证方登记；没有见证方，别人就无从发现整库被改写。"),
        tr("3. 把「{path}」备份到别处。密钥丢失，记录就不能续写。", path=str(data / "keys")),
    ):
        out().print("  " + text, markup=False)


def _tell_made(what: Sentence) -> None:
    out().print(tr("已建立：{what}", what=say(what)), markup=False)
