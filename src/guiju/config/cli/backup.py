"""``guiju backup`` and ``guiju restore``: a copy of the record, and the way back from it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.ground import now, stand_on_ground
from guiju.config.cli.options import FILE
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import err, late_bar, out
from guiju.config.environment import COOKIE_KEY, data_folder
from guiju.config.home import keep_private, make_secret, not_set_up
from guiju.core.errors import Refusal
from guiju.core.sentence import zh

if TYPE_CHECKING:
    from guiju.base.record.backup.restore import Restored
    from guiju.base.record.backup.target import Target

_FILE = zh("文件").template


@command(
    help=zh(
        "备份记录：数据库和附件，不含密钥。备份时不用停用系统。\n\n"
        "密钥用 --keys 另存一份，与备份分开保管：没有密钥，备份里的个人信息谁也读不出；"
        "没有密钥，恢复后也不能以原来的名称继续。"
    ).template
)
@argument("file", type=FILE, metavar=_FILE)
@option("--keys", type=FILE, metavar=_FILE, help=zh("把密钥另存到这个文件。").template)
def backup(file: Path, keys: Path | None) -> int:
    """Write a backup, and the keys apart from it."""
    check_places((file,) if keys is None else (file, keys), ())
    data = data_folder(os.environ)
    if not (data / "keys" / "log.key").exists():
        raise not_set_up(data)
    stand_on_ground()
    from guiju.base.record.backup.take import take_backup  # noqa: PLC0415 - needs Django set up

    with late_bar(tr("正在备份")) as progress:
        made = take_backup(file, keys=keys, at=now(), progress=progress)
    size = f"{file.stat().st_size / 1024**2:,.1f}"
    words = tr(
        "已备份 {count} 条记录到 {path}（{size} MB）。", count=made.size, path=str(file), size=size
    )
    out().print(words, markup=False)
    if keys is None:
        _say(tr("提醒：密钥不在备份里。请用 --keys 另存一份，与备份分开保管。"))
    else:
        words = tr("密钥已另存到 {path}。请与备份分开保管。", path=str(keys))
        out().print(words, markup=False)
    if not made.checkpoint:
        _say(tr("提醒：记录还没有检查点，没有人能证明这份备份是不是最新的。请启动 guiju worker。"))
    return 0


@command(
    help=zh(
        "从备份恢复，只恢复到空的数据目录和空的数据库。\n\n"
        "恢复前核对备份里的全部记录，再向见证方查问：比见证过的旧，或与见证过的不同，都不恢复。"
    ).template
)
@argument("file", type=FILE, metavar=_FILE)
@option("--keys", type=FILE, metavar=_FILE, help=zh("与备份配套的密钥备份。").template)
@option(
    "--checkpoint",
    type=FILE,
    metavar=_FILE,
    help=zh("用来核对的检查点，如从纸上扫描得来的。").template,
)
@option(
    "--origin",
    default="",
    metavar=zh("名称").template,
    help=zh("备份比见证过的旧、又找不到更新的备份时，换一个新名称和新密钥公开地继续。").template,
)
@option(
    "--unwitnessed",
    is_flag=True,
    help=zh("没有人能证明备份是不是最新的，也要恢复。丢了什么将无人能发现。").template,
)
def restore(
    file: Path, keys: Path | None, checkpoint: Path | None, origin: str, *, unwitnessed: bool
) -> int:
    """Bring a backup back into an empty place."""
    keep_private()
    data = data_folder(os.environ)
    is_lent = _lend_secret(data)
    stand_on_ground()
    from guiju.base.record.backup import restore as restoring  # noqa: PLC0415 - needs Django set up

    wanted = restoring.Wanted(keys, checkpoint, origin, unwitnessed)
    with late_bar(tr("正在恢复")) as progress:
        done = restoring.restore_backup(
            file, wanted, target=_target(), upgrade=_upgrade, at=now(), progress=progress
        )
    if is_lent:
        make_secret(data)
    _tell_restored(done, wanted_origin=origin)
    return 0


def _lend_secret(data: Path) -> bool:
    """Give this process a secret where there is none yet, since nothing may be made there yet."""
    if os.environ.get("GUIJU_SECRET") or (data / COOKIE_KEY).exists():
        return False
    os.environ["GUIJU_SECRET"] = secrets.token_urlsafe(64)
    return True


def _target() -> Target:
    from guiju.base.record.backup import target  # noqa: PLC0415 - needs Django set up
    from guiju.config.settings import ENVIRONMENT, database  # noqa: PLC0415 - as above

    if ENVIRONMENT.database.is_sqlite:
        return target.SqliteTarget()
    return target.PostgresqlTarget(database(ENVIRONMENT.owner))


def _upgrade() -> None:
    """Bring an older backup to today's shape; leave no mark when that is refused."""
    from guiju.config import schema  # noqa: PLC0415 - needs Django set up
    from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above

    try:
        schema.migrate(ENVIRONMENT, tell=lambda _name: None)
        schema.require_current()
    except Refusal:
        schema.failed_file().unlink(missing_ok=True)
        raise


def _tell_restored(done: Restored, *, wanted_origin: str) -> None:
    words = tr(
        "已恢复 {size} 条记录（备份于 {at}），全部核对无误。",
        size=done.manifest.size,
        at=done.manifest.made_at,
    )
    out().print(words, style="bold green", markup=False)
    for sight in done.sights:
        words = tr("「{who}」见证过 {size} 条。", who=sight.who, size=sight.head.size)
        out().print(words, markup=False)
    if done.missing:
        words = tr("备份比见证过的少 {count} 条，这些记录没有找回。", count=done.missing)
        _say(words)
    if wanted_origin:
        words = tr(
            "记录改以「{name}」继续。请把新公钥交给每一家见证方登记：运行 guiju init 可看到它。",
            name=wanted_origin,
        )
        _say(words)
    elif not done.sights:
        _say(tr("没有人见证这份备份是不是最新的：其后的记录若已丢失，无人能发现。"))
    out().print(tr("接下来启动 guiju serve，再运行 guiju doctor 检查。"))


def _say(words: str) -> None:
    err().print(words, markup=False)
