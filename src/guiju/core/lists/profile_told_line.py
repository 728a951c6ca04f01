"""A line of a profile in words, and how several texts become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from guiju.core.sentence import Sentence, listing, zh

Text: TypeAlias = Sentence | str

NOTHING = zh("没有规定")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part.

    Attributes:
        key: which line it is; it stays while what the line says changes.
        label: what it is about.
        text: what it says.
        place: where its entry stands in the part, and the step within it; empty for a line
            that is changed with the whole part.
    """

    key: str
    label: Text
    text: Text
    place: tuple[int, ...] = ()


def line(key: str, label: Text, text: Text, *place: int) -> Line:
    """Return a line."""
    return Line(key, label, text, place)


def row(texts: Iterable[Text], between: Sentence) -> Text:
    """Return those texts that say something, with a mark between them."""
    found = [one for one in texts if str(one)]
    if not found:
        return NOTHING
    whole = found[0]
    for one in found[1:]:
        whole = zh("{before}{mark}{after}", before=whole, mark=between, after=one)
    return whole


def nth(place: int) -> Sentence:
    """Return what the entry at a place is called; the first stands at 0."""
    return zh("第 {number} 条", number=place + 1)


def numbered(words: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """Return a line for each word of a body's own, in their order."""
    for at, (code, word) in enumerate(words):
        yield line(code, nth(at), word, at)


def all_of(texts: Iterable[Text]) -> Text:
    """Return texts in a row as one, empty for none."""
    found = listing(texts)
    return zh("{names}", names=found) if found else ""
