"""Something that is wrong with the record: which row, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError

from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, DatabaseError)
"""What reading a row raises when something else stands there than its columns hold."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong.

    Attributes:
        code: ``AUDIT-`` and two digits, of one meaning.
        where: table and row, or file.
        sentence: what is wrong and what to do.
    """

    code: str
    where: str
    sentence: Sentence


def refused(code: str, where: str, check: Callable[[], object]) -> Iterator[Flaw]:
    """Yield a flaw if ``check`` refuses, with its own sentence."""
    try:
        check()
    except Refusal as refusal:
        yield Flaw(code, where, refusal.sentence)


def readable(table: str, found: Iterator[Flaw]) -> Iterator[Flaw]:
    """Yield flaws, and one more if looking for them ends at a row that cannot be read."""
    try:
        yield from found
    except UNREADABLE as error:
        yield unreadable(table, error)


def unreadable(where: str, error: Exception) -> Flaw:
    """Return the flaw of a row in which something else stands than its columns hold."""
    why = str(error).strip().split("\n")[0][:200] or type(error).__name__
    return Flaw(
        "AUDIT-04",
        where,
        zh(
            "「{where}」读不出来：{why}。这里的内容被改动过，或磁盘损坏。"
            "请保留现场，从备份核对后恢复。",
            where=where,
            why=ascii(why),
        ),
    )


def onward(table: str, last: int, reached: int) -> int:
    """Return how far reading by number has come.

    Raises:
        DatabaseError: when rows come back that were passed already, as a damaged index may
            give them without end.
    """
    if reached <= last:
        raise DatabaseError(f"{table}: row {reached} comes after {last}")
    return reached


def blob(value: object) -> bytes:
    """Return the bytes in a column; none if something else than bytes was put there."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b""
