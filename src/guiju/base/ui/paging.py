"""Pages of long lists by key, not by number: as fast at the end as at the beginning.

The list is sorted by a key of whole numbers, newest first. A page's address names the
key of the row next to it (``?older=…`` or ``?newer=…``), so rows that are added
meanwhile neither repeat nor hide one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

SIZE = 50
"""Rows of a page."""

Key = tuple[int, ...]
Row = TypeVar("Row")

_KEY = re.compile(r"-?[0-9]{1,19}(?:\.-?[0-9]{1,19}){0,3}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """From where a page is read: the rows older, or newer, than the one with this key."""

    key: Key
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, newest first.

    Attributes:
        rows: what is shown.
        newer: key from which newer rows are read, as text; empty where there are none.
        older: the same for older ones.
        searched_to: the instant up to which a search has come that was not brought to its
            end; None when it was.
    """

    rows: tuple[Row, ...]
    newer: str = ""
    older: str = ""
    searched_to: datetime | None = None


def read_cursor(query: Mapping[str, str], *, parts: int) -> Cursor | None:
    """Return where the address wants to go on reading, or None for the beginning.

    Args:
        query: the address's parameters.
        parts: of how many numbers the list's key consists.

    Raises:
        Invalid: PAGE-01 for both directions at once, PAGE-02 for what is no key.
    """
    older, newer = query.get("older", ""), query.get("newer", "")
    if older and newer:
        raise Invalid(
            "PAGE-01",
            zh("网址里同时写了「更早」和「更新」两个方向。请从列表首页重新翻页。"),
        )
    text = older or newer
    if not text:
        return None
    key = tuple(map(int, text.split("."))) if _KEY.fullmatch(text) else ()
    if len(key) != parts or any(abs(number) >= 2**63 for number in key):
        raise _no_place()
    return Cursor(key, is_newer=bool(newer))


def write_key(key: Key) -> str:
    """Return a key as it stands in addresses."""
    return ".".join(map(str, key))


def from_instant(at: datetime) -> int:
    """Return an instant as a part of a key: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def to_instant(number: int) -> datetime:
    """Return the instant that a part of a key stands for.

    Raises:
        Invalid: PAGE-02 for one outside of the calendar.
    """
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError:
        raise _no_place() from None


def make_page(
    found: Sequence[Row], *, cursor: Cursor | None, key: Callable[[Row], Key], size: int = SIZE
) -> Page[Row]:
    """Return the page of rows that were read in the cursor's direction, one more than fit on it."""
    more, rows = len(found) > size, tuple(found[:size])
    if cursor is not None and cursor.is_newer:
        rows = rows[::-1]
        newer, older = more, bool(rows)
    else:
        newer, older = cursor is not None and bool(rows), more
    return Page(
        rows,
        newer=write_key(key(rows[0])) if newer else "",
        older=write_key(key(rows[-1])) if older else "",
    )


def cut_short(page: Page[Row], *, cursor: Cursor | None, reached: Key, at: datetime) -> Page[Row]:
    """Return a page whose search has only come to ``reached``, so that the reader can go on."""
    if cursor is not None and cursor.is_newer:
        return replace(page, newer=write_key(reached), searched_to=at)
    return replace(page, older=write_key(reached), searched_to=at)


def _no_place() -> Invalid:
    return Invalid(
        "PAGE-02",
        zh("网址里的翻页位置不对，可能复制得不完整。请从列表首页重新翻页。"),
    )
