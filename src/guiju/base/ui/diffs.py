"""What has changed between two texts, piece by piece."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[0-9.,]+|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST = 2_000
"""Tokens of a text that is compared piece by piece; longer ones are shown one after the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that is in both texts, or only in the old or the new one."""

    text: str
    is_old: bool = False
    is_new: bool = False


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order; numbers and words stay whole."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _MOST:
        found = [(0, len(before), 0, len(after))] if old != new else []
        same = [] if found else [Piece(old)]
        return (*same, *_changed(before, after, found))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if old and new and matcher.ratio() < 0.3:  # a patchwork would be harder to read
        return Piece(old, is_old=True), Piece(new, is_new=True)
    made: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            made.append(Piece("".join(before[a:b])))
        else:
            made += _changed(before, after, [(a, b, c, d)])
    return tuple(made)


def _changed(
    before: list[str], after: list[str], places: list[tuple[int, int, int, int]]
) -> list[Piece]:
    made = []
    for a, b, c, d in places:
        if a < b:
            made.append(Piece("".join(before[a:b]), is_old=True))
        if c < d:
            made.append(Piece("".join(after[c:d]), is_new=True))
    return made
