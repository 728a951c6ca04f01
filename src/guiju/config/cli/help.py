"""Help pages laid out by the width of what is shown: a Chinese character takes two cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click
from rich.cells import cell_len

from guiju.config.cli.speak import tr

_UNBROKEN = re.compile(r"\s+|[（「]*(?:[!-~]+|\S)[，。、：；）」？！]*")
"""What stays on one line: a Latin word or one Chinese character, with the marks around it."""


class Formatter(click.HelpFormatter):
    """Click's formatter, measuring cells instead of characters."""

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + tr("{heading}：", heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for paragraph in text.split("\n"):
            for line in wrapped(paragraph, self.width - self.current_indent):
                self.write((indent + line).rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        first = min(max(cell_len(term) for term, _ in rows), col_max) + col_spacing
        left = " " * (self.current_indent + first)
        for term, meaning in rows:
            lines = list(wrapped(meaning, self.width - len(left)))
            if cell_len(term) + col_spacing <= first:
                padding = " " * (first - cell_len(term))
                self.write(" " * self.current_indent + term + padding + lines.pop(0) + "\n")
            else:
                self.write(" " * self.current_indent + term + "\n")
            for line in lines:
                self.write(f"{left}{line}\n")


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield ``text`` in lines of at most ``width`` cells, as far as its words allow."""
    line, used = "", 0
    for piece in _UNBROKEN.findall(text):
        if line and used + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line, used = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with a space
        line, used = line + piece, used + cell_len(piece)
    yield line.rstrip()
