"""Tables whose columns are told apart by blanks alone, as when a page is copied as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guiju.core.sentence import zh
from guiju.exchange.lists.dictionary import NUMBER, Dictionary
from guiju.exchange.lists.heads import Head, find_heads
from guiju.exchange.lists.sheet import Line, Sheet
from guiju.exchange.lists.words import TableKind

_FEWEST = 3
_MAY_MISALIGN = zh("各列只用空格隔开，这一行的格数与表头不同，可能错位。")
_CONTINUED = zh("这一行接在上一行后面，前几列取自上一行，可能错位。")
_NUMBERED = re.compile(r"[0-9]{1,4}")
_BASES = frozenset({"basis", "standard.basis"})


def spaced_lines(lines: Iterable[tuple[int, str]], words: Dictionary) -> Iterator[Line]:
    """Yield lines of which those below a header are laid under its columns."""
    head: Head | None = None
    for number, text in lines:
        tokens = text.split()
        found = _header(number, tokens, words)
        if found:
            head = found
            yield Line(number, tuple(tokens))
        elif head is None:
            yield Line(number, (text,))
        else:
            yield _laid(number, text, tokens, head)


def _header(number: int, tokens: list[str], words: Dictionary) -> Head | None:
    if len(tokens) < _FEWEST or not any(map(words.knows, tokens)):
        return None
    heads = find_heads(Sheet("", (Line(number, tuple(tokens)),)), words)
    return heads[0] if heads and heads[0].kind is not TableKind.BODY else None


def _laid(number: int, text: str, tokens: list[str], head: Head) -> Line:
    width = len(head.columns)
    begins = head.columns[0].target == NUMBER and bool(_NUMBERED.fullmatch(tokens[0]))
    if begins and len(tokens) == width:
        return Line(number, tuple(tokens))
    if begins:
        return Line(number, tuple(_begun(tokens, head)), _MAY_MISALIGN)
    if 1 < len(tokens) < width:
        return Line(number, (*[""] * (width - len(tokens)), *tokens), _CONTINUED)
    return Line(number, (text,))


def _begun(tokens: list[str], head: Head) -> list[str]:
    """Lay a row that has too few or too many parts: a citation marks its own column."""
    width = len(head.columns)
    basis = next((c.place for c in head.columns if c.target in _BASES), None)
    cited = next((i for i, token in enumerate(tokens) if token.startswith("《")), None)
    if basis is not None and cited is not None and cited < basis and len(tokens) <= width:
        return [*tokens[:cited], *[""] * (basis - cited), " ".join(tokens[cited:])]
    return [*tokens[: width - 1], " ".join(tokens[width - 1 :])]
