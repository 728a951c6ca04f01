"""Lists as text: CSV, TSV, what is pasted, and tables whose columns only blanks tell apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.lists.asked import HeadAsked
from guiju.exchange.lists.dictionary import Dictionary
from guiju.exchange.lists.heads import find_heads
from guiju.exchange.lists.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_IN_CELL,
    MOST_LINES,
    Line,
    Sheet,
    too_large,
)
from guiju.exchange.lists.spaced import spaced_lines
from guiju.exchange.office_text import office_text, table_rows

PASTED = "粘贴的文字"
_LONGEST_LINE = 1_000_000
_ENOUGH_CHINESE = 4
_LOOKED_AT = 200
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_INNER = re.compile(r"(?<![^\s])([\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?:\s|$))")


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        Invalid: LISTS-04 for broken bytes, naming the line, and for what is no text.
    """
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8", "ignore")
        # By chance GB18030 reads most of UTF-8, as nonsense: Chinese before the fault tells.
        if sum(character >= "\u0800" for character in good) >= _ENOUGH_CHINESE:
            raise Invalid(
                "LISTS-04",
                zh(
                    "第 {line} 行有 UTF-8 编码读不出的字节。"
                    "请在表格软件中打开文件，核对后另存为「CSV UTF-8」格式。",
                    line=good.count("\n") + 1,
                ),
            ) from None
    text = office_text(content)
    if text is None:
        raise Invalid(
            "LISTS-04",
            zh(
                "文件既不是 XLSX，也不是 UTF-8 或 GB18030 编码的文本。"
                "请在表格软件里另存为 .xlsx 或「CSV UTF-8」格式。"
            ),
        )
    return text


def read_text(
    text: str, name: str, words: Dictionary, asked: Mapping[int, HeadAsked] | None = None
) -> Sheet:
    """Return the text as a sheet, split as its headers show best.

    Args:
        text: the content.
        name: what the sheet is called.
        words: what headers mean.
        asked: the headers that a person pointed out, by line.

    Raises:
        Invalid: LISTS-02 when it is too large.
    """
    asked = asked or {}
    best: Sheet | None = None
    most = _NO_HEADER
    for split in _SPLITS:
        found = _fit(_sheet(name, split(_beginning(text))), words, asked)
        if found > most:
            best, most = _sheet(name, split(text)), found
    if best is None:
        best = _sheet(name, _piped(text) if "|" in text else _whole(text))
    spaced = _sheet(name, spaced_lines(_numbered(text), words))
    return spaced if _fit(spaced, words, asked) > most else best


_NO_HEADER = (0, 1)


def _fit(sheet: Sheet, words: Dictionary, asked: Mapping[int, HeadAsked]) -> tuple[int, int]:
    """Return how well a text is split: known columns, then columns where a header must be."""
    heads = find_heads(sheet, words, asked)
    return (
        sum(head.confidence * len(head.columns) for head in heads),
        sum(len(head.columns) for head in heads) if asked else 1,
    )


def _sheet(name: str, lines: Iterator[Line]) -> Sheet:
    kept: list[Line] = []
    cells = 0
    for line in lines:
        cells += len(line.cells)
        if len(kept) >= MOST_LINES or len(line.cells) > MOST_COLUMNS or cells > MOST_CELLS:
            raise too_large()
        if max(map(len, line.cells)) > MOST_IN_CELL:
            raise too_large()
        kept.append(line)
    return Sheet(name, tuple(kept))


def _beginning(text: str) -> str:
    return "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            raise too_large()
        if line.strip():
            yield number, line.strip()


def _whole(text: str) -> Iterator[Line]:
    return (Line(number, (line,)) for number, line in _numbered(text))


def _piped(text: str) -> Iterator[Line]:
    for number, line in _numbered(text):
        cells = tuple(map(_clean, line.strip("|").split("|")))
        if any(cells):
            yield Line(number, cells)


def _separated(separator: str) -> Callable[[str], Iterator[Line]]:
    def split(text: str) -> Iterator[Line]:
        try:
            rows = list(table_rows(text, separator, _broken))
        except Invalid:
            rows = [(n, n, line.split(separator)) for n, line in _numbered(text)]
        for _, line, cells in rows:
            yield Line(line, tuple(map(_clean, cells)))

    return split


def _broken(_row: int, line: int) -> Invalid:
    # Nobody is told: the text is then split by its separator alone, quotes and all.
    return Invalid(
        "LISTS-06", zh("第 {line} 行起双引号没有配对，或一格太长。请检查双引号。", line=line)
    )


def _clean(cell: str) -> str:
    """Trim a cell, take off the guard against formulas, and close up 「领 导 班 子」."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = _INNER.sub(r"\1", text)
    return text[1:] if _GUARDED.match(text) else text


_SPLITS = (_separated(","), _separated("\t"), _piped, _separated(";"))
