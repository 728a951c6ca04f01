"""Small text tables as offices save them: the encodings they use, and rows with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from guiju.core.errors import Invalid

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def office_text(content: bytes) -> str | None:
    """Return UTF-16 with its mark, UTF-8 or GB18030 as text; None for anything else."""
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def table_rows(
    text: str, separator: str, broken: Callable[[int, int], Invalid]
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the rows that are not blank: the row's number, the line it begins on, its cells.

    Raises:
        Invalid: what ``broken`` makes of the number and line of a row whose quotes do not match.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise broken(number, line) from None
        if cells is None:
            return
        if any(map(str.strip, cells)):
            yield number, line, cells
