"""The lines of a small workbook, which may be a hostile archive."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_MOST_UNPACKED = 8 * 1024 * 1024
_MOST_PARTS = 200
_MOST_ROWS = 5000
_MOST_COLUMNS = 12


def book_lines(content: bytes) -> list[tuple[int, str]]:
    """Return the rows of the first sheet as text, with their numbers.

    Raises:
        Invalid: CALENDAR-01 for a broken workbook, or one that unpacks to more than 8 MB.
    """
    try:
        _check_archive(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which are not read
            return list(_lines(content))
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - on broken workbooks openpyxl raises whatever happens to
        raise _broken() from None


def _check_archive(content: bytes) -> None:
    """Look at declared sizes: unpacking stops there, whatever the data would give."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _broken()


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    import openpyxl  # noqa: PLC0415 - loading takes a while and notices come once a year

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(1, _MOST_ROWS, 1, _MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, 1):
        yield number, " ".join(map(_text, cells)).strip()


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value)


def _broken() -> Invalid:
    return Invalid(
        "CALENDAR-01",
        zh("这个 XLSX 文件打不开，或展开后太大。请在表格软件里另存为新的 .xlsx 再试。"),
    )
