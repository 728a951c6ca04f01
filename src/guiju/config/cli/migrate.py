"""``guiju migrate``: bring the database up to date, as its owner."""

from __future__ import annotations

import os

from guiju.config.cli.commands import command
from guiju.config.cli.ground import stand_on_ground
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import out
from guiju.config.environment import data_folder
from guiju.config.home import alone, keep_private
from guiju.core.sentence import zh


@command(
    help=zh(
        "把数据库升级到这个版本，并重新授予程序所需的最小权限。\n\n"
        "在 PostgreSQL 上以 GUIJU_OWNER_DATABASE 的账号运行。请先备份。"
    ).template,
)
def migrate() -> int:
    """Run what is due, telling each step."""
    keep_private()
    with alone(data_folder(os.environ)):
        stand_on_ground()
        from guiju.config import schema  # noqa: PLC0415 - needs Django set up
        from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above

        count = schema.migrate(ENVIRONMENT, tell=_tell)
    if count:
        out().print(tr("数据库已升级，共 {count} 步。", count=count), style="bold green")
    else:
        out().print(tr("数据库已是最新，没有要升级的；权限已重新核定。"))
    return 0


def _tell(name: str) -> None:
    out().print(tr("已完成 {name}", name=name), markup=False)
