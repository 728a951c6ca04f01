"""Click's commands, spoken in the reader's language and loaded when they are called."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import partial
from importlib import import_module
from keyword import iskeyword
from typing import NamedTuple

import click

from guiju.config.cli.help import Formatter
from guiju.config.cli.speak import translate
from guiju.core.sentence import zh
from guiju.exchange.catalogue import LANGUAGES

_METAVARS = {
    "[OPTIONS]": zh("[选项]").template,
    "COMMAND [ARGS]...": zh("命令 …").template,
    "[COMMAND] [ARGS]...": zh("[命令] …").template,
    "PATH": zh("文件").template,
    "TEXT": zh("文字").template,
    "INTEGER": zh("整数").template,
    "INTEGER RANGE": zh("整数").template,
}


def _metavar(name: str) -> str:
    return translate(_METAVARS.get(name, name))


class Option(click.Option):
    """An option that speaks the reader's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _metavar(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        spoken = copy(self)
        spoken.help = translate(self.help or "")
        if self.required:
            spoken.required = False
            spoken.help += translate(zh("（必填）").template)
        return super(Option, spoken).get_help_record(ctx)


class Argument(click.Argument):
    """An argument that speaks the reader's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        return translate(super().make_metavar(ctx))

    @property
    def human_readable_name(self) -> str:
        return translate(super().human_readable_name)


option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)

_LANG = Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help=zh("界面语言：zh 中文，en 英文。").template,
)


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is translated at the moment it is shown; ``--lang`` is one of its own.

    The language itself is chosen before click begins, by ``speak.language_from``.
    """

    context_class = _Context

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        *own, help_option = super().get_params(ctx)
        return [*own, _LANG, help_option]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_metavar(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(translate(self.help or ""))


command = partial(click.command, cls=Command)


class Member(NamedTuple):
    """A command of a group: the module that is loaded when it is called, and one line on it."""

    module: str
    about: str


class Group(Command, click.Group):
    """A group that knows its commands by name and loads only the one that is called."""

    members: Mapping[str, Member] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*self.members, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.members:
            return super().get_command(ctx, cmd_name)
        module = import_module(self.members[cmd_name].module)
        found = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return found if isinstance(found, click.Command) else None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        rows = [(name, translate(member.about)) for name, member in self.members.items()]
        with formatter.section(translate(zh("命令").template)):
            formatter.write_dl(rows)
