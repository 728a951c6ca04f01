"""``guiju worker``: seal, sign, ask the witnesses and do the jobs."""

from __future__ import annotations

from guiju.config.cli.commands import command, option
from guiju.config.cli.ground import stand_on_ground
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import err, out
from guiju.config.home import keep_private
from guiju.core.sentence import Sentence, zh


@command(
    help=zh(
        "在后台封存记录、签检查点、请见证方见证、办后台任务，直到按 Ctrl+C。\n\n"
        "guiju serve 自带一个；可以同时运行几个。"
    ).template,
)
@option("--parent", type=int, hidden=True)
def worker(parent: int | None) -> int:
    """Work until told to end."""
    keep_private()
    stand_on_ground()
    from django.db import connections  # noqa: PLC0415 - loaded when called

    from guiju.config.readiness import require_ready  # noqa: PLC0415 - needs Django set up
    from guiju.config.settings import ENVIRONMENT  # noqa: PLC0415 - as above
    from guiju.config.worker import work  # noqa: PLC0415 - as above

    require_ready(ENVIRONMENT)
    connections.close_all()  # each loop has its own
    if parent is None:
        out().print(tr("后台进程已启动（按 Ctrl+C 停止）。"))
    work(parent=parent, tell=_tell)
    return 0


def _tell(sentence: Sentence) -> None:
    err().print(tr("后台进程：") + say(sentence), markup=False)
