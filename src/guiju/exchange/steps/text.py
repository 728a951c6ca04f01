"""Step tables as text: CSV and TSV in the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.steps.table import MOST_COLUMNS, MOST_READ, Row, Table, find_table, too_large

_SEPARATORS = ",;\t"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(content: bytes) -> Table:
    """Find the step table in text; the separator is the one under which a header shows.

    Raises:
        Invalid: STEP-01 for what is no text or has broken quotes, STEP-02 when too large,
            STEP-03 and STEP-04 for the header.
    """
    text = _decoded(content)
    refusals = []
    for separator in _SEPARATORS:
        try:
            return find_table(_rows(text, separator))
        except Invalid as refusal:
            refusals.append(refusal)
    raise next((refusal for refusal in refusals if refusal.code != "STEP-03"), refusals[0])


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; reading takes it off again."""
    return "'" + text if re.match(r"'*[=+\-@\t\r]", text) else text


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(
        "STEP-01",
        zh(
            "步骤表既不是 XLSX，也不是 UTF-8 或 GB18030 编码的文本。"
            "请在表格软件里另存为 .xlsx 或「CSV UTF-8」格式。"
        ),
    )


def _rows(text: str, separator: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Invalid(
                "STEP-01",
                zh("第 {line} 行起双引号没有配对，或一格太长。请检查双引号。", line=number),
            ) from None
        if cells is None:
            return rows
        if any(map(str.strip, cells)):
            rows.append(Row(number, tuple(map(_unguarded, cells))))
        if len(rows) > MOST_READ or len(cells) > MOST_COLUMNS:
            raise too_large()


def _unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
