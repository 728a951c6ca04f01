"""Running the command line: one sentence and a status for whatever happens, never a traceback."""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType

import click

from guiju.config.cli.root import cli
from guiju.config.cli.speak import choose_language, language_from, tr
from guiju.config.cli.terminal import err, show_refusal
from guiju.core.errors import Refusal
from guiju.exchange.files import reason

COULD_NOT_JUDGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143


def main() -> None:
    """Run the command line and exit with its status."""
    choose_language(language_from(sys.argv[1:]))
    _prepare_streams()
    signal.signal(signal.SIGTERM, _terminate)
    status = _status()
    try:
        sys.stdout.flush()
    except OSError:
        status = status or BROKEN_PIPE
        _hush()
    sys.exit(status)


def _status() -> int:
    try:
        status = cli(prog_name="guiju", standalone_mode=False)
    except Refusal as refusal:
        show_refusal(refusal)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        _say(tr("已停止。没有写完的文件都已删去。"))
        return INTERRUPTED
    except (MemoryError, RecursionError):
        _say(tr("内存不够，无法读完这个文件。请分成几份再核对。"))
    except BrokenPipeError:
        _hush()
        return BROKEN_PIPE
    except OSError as error:
        _say(tr("不能继续：{why}。", why=reason(error)))
    except Exception as error:
        if not _is_of_database(error):
            raise
        why = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".。")
        _say(
            tr(
                "数据库出错：{why}。请检查数据库和磁盘；刚才在办的事，请先核对是否已经办成。",
                why=why,
            )
        )
    else:
        return status if isinstance(status, int) else 0
    return COULD_NOT_JUDGE


def _is_of_database(error: Exception) -> bool:
    """Tell whether the database failed, without loading Django for commands that have none."""
    return type(error).__module__ == "django.db.utils"


def _say(text: str) -> None:
    err().print(text, markup=False)


def _prepare_streams() -> None:
    """Let no character, of a file's name for example, stop the words on the terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _hush() -> None:
    """Send what is still to be said nowhere, for nobody reads it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    """End by way of every ``finally``, so that no temporary file stays."""
    raise SystemExit(TERMINATED)
