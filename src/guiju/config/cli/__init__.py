"""The command ``guiju``: judge, prove, draw, convert; Chinese first, English with --lang en."""

from __future__ import annotations

import sys

import click

from guiju import __version__
from guiju.config.cli.check import check
from guiju.config.cli.commands import Group
from guiju.config.cli.doctor import doctor
from guiju.config.cli.flow import flow
from guiju.config.cli.log import log
from guiju.config.cli.sample import sample
from guiju.config.cli.speak import LANGUAGES, choose_language, language_from, translate
from guiju.config.cli.terminal import err, show_refusal
from guiju.core.errors import Refusal
from guiju.core.sentence import zh

COULD_NOT_JUDGE = 2


@click.group(cls=Group, help=zh("规矩：核对办件记录是否照流程办，并说明差在哪里。").template)
@click.version_option(__version__, prog_name="guiju", help=zh("显示版本号。").template)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help=zh("界面语言：zh 中文，en 英文。").template,
)
def cli() -> None:
    """Collect the commands."""


for command in (check, flow, log, sample, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a refusal ends with its sentence and status 2, never a traceback."""
    choose_language(language_from(sys.argv[1:]))
    try:
        status = cli(prog_name="guiju", standalone_mode=False)
    except Refusal as refusal:
        show_refusal(refusal)
        status = COULD_NOT_JUDGE
    except click.ClickException as error:
        error.show()
        status = COULD_NOT_JUDGE
    except (click.Abort, KeyboardInterrupt):
        err().print(translate(zh("已停止，没有写出任何文件。").template))
        status = 130
    except MemoryError:
        err().print(translate(zh("内存不够，无法读完这个文件。请分成几份再核对。").template))
        status = COULD_NOT_JUDGE
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
