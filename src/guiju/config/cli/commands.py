"""Click commands whose help is said in the reader's language."""

from __future__ import annotations

import click

from guiju.config.cli.speak import translate
from guiju.core.sentence import zh


class _Speaking:
    """Translates help at the moment it is shown, once the language is known."""

    def translated_params(self, command: click.Command) -> None:
        command.options_metavar = translate(zh("[选项]").template)
        for param in command.params:
            if isinstance(param, click.Option) and param.help:
                param.help = translate(param.help)


class Command(click.Command, _Speaking):
    """A command with translated help."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.translated_params(self)
        self.help = translate(self.help or "")
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return translate(self.help or "").partition("\n")[0][:limit]


class Group(click.Group, _Speaking):
    """A group with translated help."""

    command_class = Command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.translated_params(self)
        self.help = translate(self.help or "")
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return translate(self.help or "").partition("\n")[0][:limit]


Group.group_class = Group
