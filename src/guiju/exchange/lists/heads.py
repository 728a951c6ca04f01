"""Finding the tables of a sheet: where each header stands, on how many levels, what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.asked import HeadAsked
from guiju.exchange.lists.dictionary import ANCHORS, IGNORED, LONGEST_HEADER, Dictionary, bare
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.words import TableKind

CERTAIN, KNOWN, _LIKELY = 100, 95, 60
CERTAIN_ENOUGH = 90
"""Below it, in per cent, the meaning of a column is a guess."""

_FEWEST, _SHORTEST_PART = 2, 3
_CHILD = 20
"""Longer texts below a header are no second level of it."""

CONFIRMED = zh("这一列的意思有人确认过。")
IN_DICTIONARY = zh("列名在词典里。")
_LEFT_OUT = zh("已确认这张表不导入。")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is taken to mean; no target when nobody knows.

    Attributes:
        confidence: in per cent.
        spots: the cells of the header.
    """

    place: int
    header: str
    target: str
    confidence: int
    reason: Sentence
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A header: the places of its lines in the sheet, and its columns."""

    kind: TableKind
    first: int
    last: int
    columns: tuple[Column, ...]
    is_left_out: bool = False

    @property
    def confidence(self) -> int:
        """How many of its columns are known, in per cent."""
        known = sum(1 for column in self.columns if column.target)
        return round(100 * known / len(self.columns))

    @property
    def reason(self) -> Sentence:
        """Why the table is taken for what it is."""
        return zh(
            "表头 {all} 列里有 {known} 列是「{kind}」的列名。",
            all=len(self.columns),
            known=sum(1 for column in self.columns if column.target),
            kind=self.kind.label,
        )


def find_heads(
    sheet: Sheet, words: Dictionary, asked: Mapping[int, HeadAsked] | None = None
) -> list[Head]:
    """Return every header of a sheet from top to bottom; repeated ones too.

    Args:
        sheet: where to look.
        words: what headers mean.
        asked: by line, what a person said; a header that repeats one of these is like it.
    """
    asked = asked or {}
    like = {line.cells: asked[line.number] for line in sheet.lines if line.number in asked}
    heads: list[Head] = []
    for place, line in enumerate(sheet.lines):
        if heads and place <= heads[-1].last:
            continue
        said = asked.get(line.number) or like.get(line.cells)
        following = sheet.lines[place + 1] if place + 1 < len(sheet.lines) else None
        if said:
            head = _as_asked(sheet, place, following, words, said) if said.levels else None
        else:
            below = None if following and following.number in asked else following
            head = _head(sheet, place, line, below, words)
        if head:
            heads.append(head)
    return heads


def _as_asked(
    sheet: Sheet, place: int, following: Line | None, words: Dictionary, said: HeadAsked
) -> Head:
    line = sheet.lines[place]
    names = _two_levels(sheet, line, following) if said.levels > 1 and following else []
    last = place + 1 if names else place
    names = names or _one_level(line)
    if said.is_left_out:
        columns = tuple(
            Column(one.place, one.ways[0], IGNORED, CERTAIN, _LEFT_OUT, one.spots) for one in names
        )
    else:
        columns = tuple(_columns(said.kind, names, words))
    return Head(said.kind, place, last, columns, said.is_left_out)


def _head(
    sheet: Sheet, place: int, line: Line, following: Line | None, words: Dictionary
) -> Head | None:
    if sum(1 for _, text in line.filled() if words.knows(text)) < _FEWEST:
        return None
    if _is_card(line, following, words):
        return None
    one = _best(place, place, _one_level(line), words)
    if following and following.number == line.number + 1:
        names = _two_levels(sheet, line, following)
        two = _best(place, place + 1, names, words) if names else None
        if two and (one is None or _mapped(two) > _mapped(one)):
            return two
    return one


def _is_card(line: Line, following: Line | None, words: Dictionary) -> bool:
    """Tell 「label, value, label, value」 with more labels below it from a header."""
    known = [words.knows(text) for _, text in line.filled()]
    alternating = len(known) % 2 == 0 and known == [True, False] * (len(known) // 2)
    below = next((text for _, text in following.filled()), "") if following else ""
    return alternating and (following is None or words.knows(below))


@dataclass(frozen=True, slots=True)
class _Name:
    """A header and how else it may be looked up, the most exact first."""

    place: int
    ways: tuple[str, ...]
    spots: tuple[Spot, ...]


def _one_level(line: Line) -> list[_Name]:
    return [_Name(c, (text,), (Spot(line.number, c),)) for c, text in line.filled()]


def _two_levels(sheet: Sheet, above: Line, below: Line) -> list[_Name]:
    """Join each header with what stands over it; none where the lower line is no header."""
    names: list[_Name] = []
    over = ""
    origin = Spot(above.number, 0)
    for column in range(max(len(above.cells), len(below.cells))):
        spot = Spot(above.number, column)
        own = above.cells[column] if column < len(above.cells) else ""
        child = below.cells[column] if column < len(below.cells) else ""
        if own:
            over, origin = own, spot
        elif sheet.spread and sheet.spread.get(spot) != origin:
            over = ""
        if len(child) > _CHILD:
            return []
        lower = Spot(below.number, column)
        if child:
            ways = (f"{over}/{child}", child) if over else (child,)
            names.append(_Name(column, ways, (lower, origin) if over else (lower,)))
        elif own:
            names.append(_Name(column, (own,), (spot,)))
    return names


def _best(first: int, last: int, names: Sequence[_Name], words: Dictionary) -> Head | None:
    """Return the header under the kind of table that knows the most of its columns."""
    best: Head | None = None
    for kind in TableKind:
        columns = tuple(_columns(kind, names, words))
        known = {column.target for column in columns if column.confidence >= KNOWN}
        if not known & ANCHORS[kind] or len(known) < _FEWEST or len(known) * 3 < len(columns):
            continue
        head = Head(kind, first, last, columns)
        if best is None or _mapped(head) > _mapped(best):
            best = head
    return best


def _mapped(head: Head) -> int:
    return sum(column.confidence for column in head.columns if column.target)


def _columns(kind: TableKind, names: Sequence[_Name], words: Dictionary) -> Iterator[Column]:
    sure = [_sure(kind, name, words) for name in names]
    taken: dict[str, str] = {}
    for name, target in zip(names, sure, strict=True):
        if target:
            taken.setdefault(target, name.ways[0])
    given: set[str] = set()
    for name, target in zip(names, sure, strict=True):
        if target and (target not in given or target == IGNORED):
            given.add(target)
            learned = any(words.is_learned(kind, way) for way in name.ways)
            yield Column(
                name.place,
                name.ways[0],
                target,
                CERTAIN if learned else KNOWN,
                CONFIRMED if learned else IN_DICTIONARY,
                name.spots,
            )
        elif target:
            why = zh("与「{other}」列意思相同，只取了前一列。", other=taken[target])
            yield Column(name.place, name.ways[0], "", 0, why, name.spots)
        else:
            yield _guessed(kind, name, words, taken)


def _sure(kind: TableKind, name: _Name, words: Dictionary) -> str:
    return next(filter(None, (words.meaning(kind, way) for way in name.ways)), "")


def _guessed(kind: TableKind, name: _Name, words: Dictionary, taken: dict[str, str]) -> Column:
    header = name.ways[0]
    part = _part(kind, bare(header), words) if len(header) <= LONGEST_HEADER else ""
    target = words.meanings[kind].get(part, "") if part else ""
    if target and target not in taken:
        taken[target] = header
        why = zh("列名里有「{part}」，可能是这个意思。", part=part)
        return Column(name.place, header, target, _LIKELY, why, name.spots)
    why = zh("不知道「{header}」这一列是什么。", header=header[:20])
    return Column(name.place, header, "", 0, why, name.spots)


@lru_cache(maxsize=4096)
def _part_of(kind: TableKind, header: str, known: frozenset[str]) -> str:
    del kind  # only tells apart what is remembered
    found = [word for word in known if len(word) >= _SHORTEST_PART and word in header]
    return max(found, key=lambda word: (len(word), word), default="")


def _part(kind: TableKind, header: str, words: Dictionary) -> str:
    return _part_of(kind, header, frozenset(words.meanings[kind]))
