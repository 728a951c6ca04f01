"""How wide a text is, without a font at hand."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfr.,:;'|!()[]{}·-  ")
_BROAD = frozenset("mwMW@%&—…")


def text_width(text: str, size: float) -> float:
    """Return the width of ``text`` in pixels at a font of ``size`` pixels."""
    return sum(map(_em, text)) * size


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.33
    if char in _BROAD:
        return 0.9
    return 0.68 if char.isupper() else 0.56


def wrap(text: str, size: float, width: float, *, most: int = 3) -> tuple[str, ...]:
    """Return ``text`` in at most ``most`` lines no wider than ``width``; too much ends in …."""
    lines: list[str] = []
    for word in _words(" ".join(text.split())):
        if lines and text_width(lines[-1] + word, size) <= width:
            lines[-1] += word
            continue
        lines.extend(_pieces(word.lstrip(), size, width))
    if len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return tuple(line.rstrip() for line in lines if line.strip())


def _words(text: str) -> list[str]:
    """Split where a line may break: before spaces, and around every Chinese character."""
    words: list[str] = []
    for char in text:
        joins = words and not char.isspace() and not _is_wide(char) and not _is_wide(words[-1][-1])
        if joins or (words and char in "，。、；：！？）」』》"):
            words[-1] += char
        else:
            words.append(char)
    return words


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _pieces(word: str, size: float, width: float) -> list[str]:
    """Cut a word that is itself too wide."""
    pieces = [""]
    for char in word:
        if pieces[-1] and text_width(pieces[-1] + char, size) > width:
            pieces.append("")
        pieces[-1] += char
    return [piece for piece in pieces if piece]
