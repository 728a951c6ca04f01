"""Pages of long lists by key, not by number: as fast at the end as at the beginning.

The timeline is sorted by a key of whole numbers, newest first (``Cursor``, ``?older=…`` or
``?newer=…``); other lists by a column of text, numbers or dates and then by number
(``Place``, ``?after=…`` or ``?before=…``). A page's address names the key of the row next
to it, so rows that are added meanwhile neither repeat nor hide one.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

SIZE = 50
"""Rows of a page."""

Key = tuple[int, ...]
Part = int | str | date | datetime
Row = TypeVar("Row")

MOST_TEXT = 200
"""Characters of a text that may be part of a key; addresses are to stay under 2,000."""

_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_DAY = re.compile(r"d[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TEXT = re.compile(r"t[A-Za-z0-9_-]{0,1080}", re.ASCII)
_KEY = re.compile(r"-?[0-9]{1,19}(?:\.-?[0-9]{1,19}){0,3}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """From where a page is read: the rows older, or newer, than the one with this key."""

    key: Key
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """From where a list is read: the rows after, or before, the one with this key."""

    key: tuple[Part, ...]
    is_back: bool = False


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


def read_place(query: Mapping[str, str], *, kinds: Sequence[type]) -> Place | None:
    """Return where the address wants to go on reading a list, or None for its beginning.

    Args:
        query: the address's parameters.
        kinds: of what the list's key consists: int, str, date or datetime.

    Raises:
        Invalid: PAGE-01 for both directions at once, PAGE-02 for what is no key.
    """
    after, before = query.get("after", ""), query.get("before", "")
    if after and before:
        raise Invalid(
            "PAGE-01",
            zh("网址里同时写了「上一页」和「下一页」两个方向。请从列表首页重新翻页。"),
        )
    if not (after or before):
        return None
    parts = (after or before).split(".")
    if len(parts) != len(kinds):
        raise _no_place()
    key = tuple(_read_part(part, kind) for part, kind in zip(parts, kinds, strict=True))
    return Place(key, is_back=bool(before))


def write_key(key: Sequence[Part]) -> str:
    """Return a key as it stands in addresses.

    Raises:
        ValueError: for a text of more than ``MOST_TEXT`` characters, which no list may sort by.
    """
    return ".".join(map(_write_part, key))


def _write_part(part: Part) -> str:
    """Return a number as it is, an instant as a number, a day and a text with its letter."""
    if isinstance(part, datetime):
        return str(from_instant(part))
    if isinstance(part, date):
        return f"d{part.isoformat()}"
    if isinstance(part, str):
        if len(part) > MOST_TEXT:  # cut, it would hide rows or repeat them
            raise ValueError(part)
        return "t" + urlsafe_b64encode(part.encode()).decode().rstrip("=")
    return str(part)


def _read_part(text: str, kind: type) -> Part:
    try:
        if kind is str and _TEXT.fullmatch(text):
            return _read_text(text[1:])
        if kind is date and _DAY.fullmatch(text):
            return date.fromisoformat(text[1:])
        if kind in {int, datetime} and _NUMBER.fullmatch(text) and abs(int(text)) < 2**63:
            return to_instant(int(text)) if kind is datetime else int(text)
    except ValueError:
        pass
    raise _no_place()


def _read_text(text: str) -> str:
    found = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    if "\x00" in found:  # which no database holds as text
        raise ValueError(found)
    return found


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
    found: Sequence[Row],
    *,
    cursor: Cursor | Place | None,
    key: Callable[[Row], Sequence[Part]],
    size: int = SIZE,
) -> Page[Row]:
    """Return the page of rows that were read in the cursor's direction, one more than fit on it."""
    more, rows = len(found) > size, tuple(found[:size])
    if cursor is not None and (cursor.is_back if isinstance(cursor, Place) else cursor.is_newer):
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
