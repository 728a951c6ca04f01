"""``guiju serve``: the pages, and beside them the worker."""

from __future__ import annotations

import os
import sys

import click

from guiju.config.cli.commands import command, option
from guiju.config.cli.ground import stand_on_ground
from guiju.config.cli.speak import language_from, tr
from guiju.config.cli.terminal import out
from guiju.config.home import keep_private
from guiju.core.sentence import zh


@command(
    help=zh(
        "启动网页，连同在后台封存、签名和见证的进程，直到按 Ctrl+C。\n\n"
        "尚未初始化、数据库没有升级、记录被退回或改写时，不启动。"
    ).template,
)
@option(
    "--bind",
    default="127.0.0.1:8460",
    help=zh("监听地址，默认 127.0.0.1:8460；试用时只能是本机地址。").template,
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    help=zh("网页进程的个数，默认 2。").template,
)
@option(
    "--no-worker",
    "is_alone",
    is_flag=True,
    help=zh("不带后台进程；它由 guiju worker 另行启动。").template,
)
def serve(bind: str, *, workers: int, is_alone: bool) -> int:
    """Serve until told to end."""
    keep_private()
    stand_on_ground()
    from django.db import connections  # noqa: PLC0415 - loaded when called

    from guiju.config import server  # noqa: PLC0415 - needs Django set up
    from guiju.config.readiness import require_ready  # noqa: PLC0415 - as above
    from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above
    from guiju.config.static_files import gather_static  # noqa: PLC0415 - as above

    require_ready(ENVIRONMENT)
    server.check_place(bind, is_production=ENVIRONMENT.is_production)
    gather_static()
    connections.close_all()  # processes that are forked must not share one

    def tell_ready() -> None:
        text = tr("规矩已启动：http://{bind}/ （按 Ctrl+C 停止）", bind=bind)
        out().print(text, markup=False)

    companion = None if is_alone else server.Companion(_worker_command())
    server.serve(bind, workers=workers, companion=companion, ready=tell_ready)
    return 0


def _worker_command() -> tuple[str, ...]:
    language = language_from(sys.argv[1:])
    words = ("worker", "--parent", str(os.getpid()), "--lang", language)
    return (sys.executable, "-m", "guiju", *words)
