"""Cards and columns of text: one label beside or above its value, again and again.

Two shapes are read. A *card* says 「权力类型」 and then what it is, whether beside it or in the
next line. A *stack* is a table whose cells came out one under the other: first all headers,
then the cells of each row. A person may say which is which, what each label means, and with which
label an item begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from guiju.core.sentence import zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.around import is_heading
from guiju.exchange.lists.asked import CardsAsked
from guiju.exchange.lists.card_labels import Labelled, labels_of
from guiju.exchange.lists.dictionary import ANCHORS, CONTENT, IGNORED, NUMBER, Dictionary, bare
from guiju.exchange.lists.heads import Column
from guiju.exchange.lists.raw import Piece, Raw
from guiju.exchange.lists.rows import CONFIRMED_AWAY
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.words import TableKind
from guiju.exchange.lists.workbook import is_lost

_FEWEST = 3
_STACKED = zh("表格被抄成了一行一格，按表头的次序排回去，可能错位。")
_LOOSE = zh("接在这一项后面的另一行，当作同一项的内容。")
_LEFT_OUT = zh("已确认这一部分不导入。")
_COUNTED = re.compile(r"(\d{1,4})\s*[、.．]")


@dataclass(slots=True)
class Cards:
    """What was read of a part of a sheet.

    Attributes:
        line, last: its first and last line.
        labels: what stands there as a label, or may be one, with what it means.
        first: the label with which each item begins, as a person said.
    """

    kind: TableKind
    line: int
    last: int
    labels: tuple[Column, ...] = ()
    raws: list[Raw] = field(default_factory=list)
    first: str = ""
    is_stacked: bool = False
    is_left_out: bool = False


def read_cards(
    sheet: Sheet,
    lines: Sequence[Line],
    words: Dictionary,
    account: Account,
    table: int,
    said: CardsAsked | None = None,
) -> Cards | None:
    """Return the cards or stacked rows among lines that belong to no table with a header.

    Without a word of a person's, None where no sort of item is recognised.
    """
    stream = [
        Labelled(Spot(line.number, place), text) for line in lines for place, text in line.filled()
    ]
    stream = [one for one in stream if not _is_lost(sheet, one.spot, account)]
    kind = said.kind if said else _kind(stream, words)
    if kind is None or not stream:
        return None
    contents = frozenset(said.contents if said else ())
    targets = [_meaning(kind, one.text, words, contents) for one in stream]
    labels = labels_of(kind, stream, targets, words, contents)
    found = Cards(kind, _first_line(labels, lines), lines[-1].number, labels)
    if said:
        found.first, found.is_left_out = said.first, said.is_left_out
    if found.is_left_out:
        for one in stream:
            account.leave(one.spot, _LEFT_OUT)
        return found
    reader = _Reader(kind, account, table, found.first)
    run = _run(targets, 2 if said else _FEWEST) if said is None or said.is_stacked else None
    if run:
        found.is_stacked = True
        found.raws = list(reader.stacked(stream, targets, run))
        return found
    found.raws = list(reader.cards(stream, targets))
    _mark(sheet, found.raws)
    return found if found.raws or said else None


def _first_line(labels: Sequence[Column], lines: Sequence[Line]) -> int:
    """Return where the first label stands; titles above it belong to nothing."""
    known = (one for one in labels if one.target and one.target != CONTENT)
    return min((spot.line for one in known for spot in one.spots), default=lines[0].number)


def _meaning(kind: TableKind, text: str, words: Dictionary, contents: frozenset[str]) -> str:
    target = words.meaning(kind, text)
    return "" if target == CONTENT or (target and bare(text) in contents) else target


def _mark(sheet: Sheet, raws: Sequence[Raw]) -> None:
    marks = sheet.marks
    for raw in raws:
        for target, piece in raw.pieces.items():
            raw.pieces[target] = replace(piece, mark=marks.get(piece.spots[0]))


def _is_lost(sheet: Sheet, spot: Spot, account: Account) -> bool:
    """Tell whether a cell has no value, and say why."""
    mark = sheet.marks.get(spot)
    if mark is None or not is_lost(mark):
        return False
    account.leave(spot, mark)
    return True


def _kind(stream: Sequence[Labelled], words: Dictionary) -> TableKind | None:
    """Return the kind of table that knows the most labels, if it knows enough of them."""
    best, most = None, _FEWEST - 1
    labels = dict.fromkeys(one.text for one in stream if words.knows(one.text))
    for kind in TableKind:
        known = {words.meaning(kind, label) for label in labels} - {""}
        if known & ANCHORS[kind] and len(known) > most:
            best, most = kind, len(known)
    return best


def _run(targets: Sequence[str], fewest: int) -> tuple[int, int] | None:
    """Return where several different labels follow each other: the header of a stack."""
    start = 0
    for place, target in enumerate([*targets, ""]):
        if target and (target == IGNORED or target not in targets[start:place]):
            continue
        if place - start >= fewest:
            return start, place
        start = place if target else place + 1
    return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Puts labels and contents together to items."""

    kind: TableKind
    account: Account
    table: int
    first: str

    def cards(self, stream: Sequence[Labelled], targets: Sequence[str]) -> Iterator[Raw]:
        """Yield the item of each card."""
        said: dict[str, list[Labelled]] = {}
        current, line = "", 0
        for one, target in zip(stream, targets, strict=True):
            if target:
                self.account.take(one.spot)
                if self._begins(one.text, target, said):
                    yield from self._card(line, said)
                    said = {}
                line = line if said else one.spot.line
                current = target
            elif is_heading(one.text) and (not current or current in said):
                self.account.take(one.spot)
                current = ""
            elif current == IGNORED:
                self.account.leave(one.spot, CONFIRMED_AWAY)
            elif current:
                said.setdefault(current, []).append(one)
        yield from self._card(line, said)

    def _begins(self, text: str, target: str, said: dict[str, list[Labelled]]) -> bool:
        """Tell whether the next item begins with a label."""
        if self.first:
            return bare(text) == self.first
        return target in said or target == NUMBER

    def _card(self, line: int, said: dict[str, list[Labelled]]) -> Iterator[Raw]:
        if not said:
            return
        raw = Raw(self.kind, line, self.table)
        for target, texts in said.items():
            spots = tuple(one.spot for one in texts)
            doubt = _LOOSE if len(texts) > 1 else None
            raw.pieces[target] = Piece("\n".join(one.text for one in texts), spots, doubt)
        yield raw

    def stacked(
        self, stream: Sequence[Labelled], targets: Sequence[str], run: tuple[int, int]
    ) -> Iterator[Raw]:
        """Yield the item of each row whose cells stand one under the other."""
        start, end = run
        for one in stream[:start]:
            if is_heading(one.text):
                self.account.take(one.spot)
        self.account.take(*(one.spot for one in stream[start:end]))
        columns = targets[start:end]
        for chunk in _chunks(stream[end:], len(columns)):
            if len(chunk) == len(columns):
                yield self._row(columns, chunk)
                continue
            why = zh(
                "这一项有 {found} 行，表头有 {wanted} 项，对不上。",
                found=len(chunk),
                wanted=len(columns),
            )
            for one in chunk:
                self.account.leave(one.spot, why)

    def _row(self, columns: Sequence[str], chunk: Sequence[Labelled]) -> Raw:
        raw = Raw(self.kind, chunk[0].spot.line, self.table)
        for target, one in zip(columns, chunk, strict=True):
            if target == IGNORED:
                self.account.leave(one.spot, CONFIRMED_AWAY)
            else:
                raw.pieces[target] = Piece(one.text, (one.spot,), _STACKED)
        return raw


def _chunks(stream: Sequence[Labelled], width: int) -> Iterator[Sequence[Labelled]]:
    """Yield the cells of each row: a new one begins where the next number stands."""
    starts: list[int] = []
    for place, one in enumerate(stream):
        found = _COUNTED.match(one.text)
        if found and int(found[1]) == len(starts) + 1:
            starts.append(place)
    if not starts or starts[0]:
        starts = list(range(0, len(stream), width))
    for a, b in zip(starts, [*starts[1:], len(stream)], strict=True):
        yield stream[a:b]
