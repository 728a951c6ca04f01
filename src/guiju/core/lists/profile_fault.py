"""A fault of a profile, and looking for what stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.lists.profile_words import ProfilePart
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a profile.

    Attributes:
        code: the check; it never changes its meaning.
        part, place: where; the place as in ``profile_told_line.Line``.
        sentence: what is wrong and what to do.
        is_doubt: whether it may stay.
    """

    code: str
    part: ProfilePart
    sentence: Sentence
    place: tuple[int, ...] = ()
    is_doubt: bool = False


def twice(words: Iterable[str]) -> list[str]:
    """Return what stands there more than once, in order."""
    return [word for word, count in Counter(words).items() if count > 1]
