"""Something that is wrong with the record: which row, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence


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
