"""How a text table is laid out: its separator, its title lines and its header."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.tables.names import BLANKS
from guiju.exchange.tables.text import line_too_long

SEPARATORS = (",", ";", "\t", "|", "，")
_HEAD = 2**16
_MOST_TITLES = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """What the head of a text table shows.

    Attributes:
        separator: one character.
        headers: column names without blanks around them, as many as there are columns.
        skip: lines up to and with the header.
        titles: non-blank lines above the header.
        sample: the first rows that are as wide as the header.
    """

    separator: str
    headers: tuple[str, ...]
    skip: int
    titles: int
    sample: tuple[tuple[str, ...], ...]

    def remarks(self) -> list[Sentence]:
        """Say what was passed over above the header."""
        if not self.titles:
            return []
        return [zh("表头在第 {line} 行，它上面的标题行没有读入。", line=self.skip)]


def find_layout(path: Path) -> Layout:
    """Read the head of the UTF-8 table ``path``.

    Raises:
        Invalid: CSV-01 for an empty file, CSV-05 when the separator cannot be told,
            CSV-06 for two columns of the same name, CSV-11 for an endless first line.
        UnicodeDecodeError: when the head is not UTF-8.
    """
    text = _head(path)
    if not text.strip(BLANKS):
        raise Invalid("CSV-01", zh("文件是空的。请核对是否选错了文件。"))
    ranked = [found for each in SEPARATORS if (found := _laid_out(text, each))]
    best = max((rank for rank, _ in ranked), default=None)
    fitting = [layout for rank, layout in ranked if rank == best]
    if len(fitting) != 1:
        raise Invalid(
            "CSV-05",
            zh(
                "看不出各列用什么符号隔开（应为逗号、分号、制表符或竖线之一，且至少两列）。"
                "请在表格软件中打开后另存为「CSV UTF-8」格式。"
            ),
        )
    _refuse_twins(fitting[0])
    return fitting[0]


def _head(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        text = stream.read(_HEAD)
        if not stream.read(1):
            return text
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    if not end:
        raise line_too_long(1)
    return text[:end]


def _laid_out(text: str, separator: str) -> tuple[tuple[bool, int, float], Layout] | None:
    """Lay ``text`` out by one separator and say how well it fits, if it does at all."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = [(reader.line_num, row, _filled(row)) for row in reader]
    tops = [place for place, (_, _, filled) in enumerate(rows[:_MOST_TITLES]) if filled > 1]
    if not tops:
        return None
    skip, header, _ = rows[tops[0]]
    titles = sum(filled > 0 for _, _, filled in rows[: tops[0]])
    body = [row for _, row, filled in rows[tops[0] + 1 :] if filled]
    sample = tuple(tuple(row) for row in body if len(row) == len(header))
    share = len(sample) / len(body) if body else 1.0
    names = tuple(cell.strip(BLANKS) for cell in header)
    return (share >= 1 / 2, -titles, share), Layout(separator, names, skip, titles, sample)


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip(BLANKS)) for cell in row)


def _refuse_twins(layout: Layout) -> None:
    twice = [name for name in layout.headers if name and layout.headers.count(name) > 1]
    if twice:
        raise Invalid(
            "CSV-06",
            zh(
                "第 {line} 行的表头里有不止一个「{name}」列。请改成不同的列名。",
                line=layout.skip,
                name=twice[0],
            ),
        )
