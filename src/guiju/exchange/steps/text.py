"""Step tables as text: CSV and TSV in the usual encodings."""

from __future__ import annotations

import re

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.office_text import office_text, table_rows
from guiju.exchange.steps.table import MOST_COLUMNS, MOST_READ, Row, Table, find_table, too_large

_SEPARATORS = ",;\t"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


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
    text = office_text(content)
    if text is None:
        raise Invalid(
            "STEP-01",
            zh(
                "步骤表既不是 XLSX，也不是 UTF-8 或 GB18030 编码的文本。"
                "请在表格软件里另存为 .xlsx 或「CSV UTF-8」格式。"
            ),
        )
    return text


def _rows(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    for number, _, cells in table_rows(text, separator, _broken):
        rows.append(Row(number, tuple(map(_unguarded, cells))))
        if len(rows) > MOST_READ or len(cells) > MOST_COLUMNS:
            raise too_large()
    return rows


def _broken(row: int, _line: int) -> Invalid:
    return Invalid(
        "STEP-01", zh("第 {line} 行起双引号没有配对，或一格太长。请检查双引号。", line=row)
    )


def _unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
