"""The labels of cards: what each means, and what else may be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.account import Account, CellShown
from guiju.exchange.lists.dictionary import CONTENT, Dictionary, bare
from guiju.exchange.lists.heads import CERTAIN, CONFIRMED, IN_DICTIONARY, KNOWN, Column
from guiju.exchange.lists.preview import FIRST_ROWS, RowShown
from guiju.exchange.lists.raw import Piece, Raw
from guiju.exchange.lists.sheet import Spot
from guiju.exchange.lists.words import CellState, TableKind

_LONGEST, _OFTEN, _MOST = 20, 2, 30
_SAMPLES = 3
_NO_LABEL = zh("已确认这是内容，不是标签。")
_PERHAPS = zh("反复出现，可能是标签；现在当作内容。")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of the part, label or content."""

    spot: Spot
    text: str


def labels_of(
    kind: TableKind,
    stream: Sequence[Labelled],
    targets: Sequence[str],
    words: Dictionary,
    contents: frozenset[str],
) -> tuple[Column, ...]:
    """Return the labels in the order in which they come, then what may be one too."""
    spots: dict[str, list[Spot]] = {}
    known: dict[str, str] = {}
    for one, target in zip(stream, targets, strict=True):
        spots.setdefault(one.text, []).append(one.spot)
        if target:
            known[one.text] = target
    labels = list(known.items())
    perhaps = [
        text
        for text in _perhaps(stream, targets)
        if text not in known and bare(text) not in contents
    ]
    told = [text for text in spots if bare(text) in contents and text not in known]
    return tuple(
        Column(place, text, target, sure, why, tuple(spots[text]))
        for place, (text, target, sure, why) in enumerate(
            (
                *((text, target, *_sure(kind, text, words)) for text, target in labels),
                *((text, CONTENT, CERTAIN, _NO_LABEL) for text in told),
                *((text, "", 0, _PERHAPS) for text in perhaps[:_MOST]),
            )
        )
    )


def _sure(kind: TableKind, text: str, words: Dictionary) -> tuple[int, Sentence]:
    return (CERTAIN, CONFIRMED) if words.is_learned(kind, text) else (KNOWN, IN_DICTIONARY)


def _perhaps(stream: Sequence[Labelled], targets: Sequence[str]) -> Iterator[str]:
    """Yield short texts that come again and again and say no number."""
    often = Counter(one.text for one, target in zip(stream, targets, strict=True) if not target)
    for text, count in often.items():
        if count >= _OFTEN and len(text) <= _LONGEST and any(c.isalpha() for c in text):
            yield text


def label_samples(labels: Sequence[Column], raws: Sequence[Raw]) -> tuple[tuple[str, ...], ...]:
    """Return for each label up to three different texts that stand under it."""
    found: dict[str, dict[str, None]] = {}
    for raw in raws[:60]:
        for target, piece in raw.pieces.items():
            found.setdefault(target, {})[piece.text] = None
    return tuple(
        tuple(found.get(one.target, ()))[:_SAMPLES] if one.target else () for one in labels
    )


def first_cards(
    account: Account, labels: Sequence[Column], raws: Sequence[Raw]
) -> tuple[RowShown, ...]:
    """Return the first items with what was made of each content, label by label."""
    return tuple(
        RowShown(raw.line, tuple(_shown(account, raw.pieces.get(one.target)) for one in labels))
        for raw in raws[:FIRST_ROWS]
    )


def _shown(account: Account, piece: Piece | None) -> CellShown | None:
    """Return a content, which may stand in several cells, with what is said against it."""
    cells = [one for spot in piece.spots if (one := account.shown(spot))] if piece else []
    if piece is None or not cells:
        return None
    worst = next((one for one in cells if one.state is not CellState.UNDERSTOOD), cells[0])
    return worst if len(cells) == 1 else replace(worst, text=piece.text)
