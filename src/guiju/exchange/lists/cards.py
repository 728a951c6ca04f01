"""Cards and columns of text: one label beside or above its value, again and again.

Two shapes are read. A *card* says 「权力类型」 and then what it is, whether beside it or in the
next line. A *stack* is a table whose cells came out one under the other: first all headers,
then the cells of each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guiju.core.sentence import zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.around import is_heading
from guiju.exchange.lists.dictionary import ANCHORS, NUMBER, Dictionary
from guiju.exchange.lists.raw import Piece, Raw
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.words import TableKind
from guiju.exchange.lists.workbook import is_lost

_FEWEST = 3
_STACKED = zh("表格被抄成了一行一格，按表头的次序排回去，可能错位。")
_LOOSE = zh("接在这一项后面的另一行，当作同一项的内容。")
_COUNTED = re.compile(r"(\d{1,4})\s*[、.．]")


@dataclass(frozen=True, slots=True)
class _Text:
    spot: Spot
    text: str


def read_cards(
    sheet: Sheet, lines: Sequence[Line], words: Dictionary, account: Account, table: int
) -> list[Raw]:
    """Return the cards or stacked rows among lines that belong to no table with a header."""
    stream = [
        _Text(Spot(line.number, place), text) for line in lines for place, text in line.filled()
    ]
    stream = [one for one in stream if not _is_lost(sheet, one.spot, account)]
    kind = _kind(stream, words)
    if kind is None:
        return []
    targets = [words.meaning(kind, one.text) for one in stream]
    run = _run(targets)
    if run:
        return list(_stacked(kind, stream, targets, run, account, table))
    raws = list(_cards(kind, stream, targets, account, table))
    marks = sheet.marks
    for raw in raws:
        for target, piece in raw.pieces.items():
            raw.pieces[target] = replace(piece, mark=marks.get(piece.spots[0]))
    return raws


def _is_lost(sheet: Sheet, spot: Spot, account: Account) -> bool:
    """Tell whether a cell has no value, and say why."""
    mark = sheet.marks.get(spot)
    if mark is None or not is_lost(mark):
        return False
    account.leave(spot, mark)
    return True


def _kind(stream: Sequence[_Text], words: Dictionary) -> TableKind | None:
    """Return the kind of table that knows the most labels, if it knows enough of them."""
    best, most = None, _FEWEST - 1
    labels = dict.fromkeys(one.text for one in stream if words.knows(one.text))
    for kind in TableKind:
        known = {words.meaning(kind, label) for label in labels} - {""}
        if known & ANCHORS[kind] and len(known) > most:
            best, most = kind, len(known)
    return best


def _run(targets: Sequence[str]) -> tuple[int, int] | None:
    """Return where several different labels follow each other: the header of a stack."""
    start = 0
    for place, target in enumerate([*targets, ""]):
        if target and target not in targets[start:place]:
            continue
        if place - start >= _FEWEST:
            return start, place
        start = place if target else place + 1
    return None


def _cards(
    kind: TableKind,
    stream: Sequence[_Text],
    targets: Sequence[str],
    account: Account,
    table: int,
) -> Iterator[Raw]:
    said: dict[str, list[_Text]] = {}
    current, line = "", 0
    for one, target in zip(stream, targets, strict=True):
        if target:
            account.take(one.spot)
            if target in said or target == NUMBER:
                yield from _card(kind, line, table, said)
                said = {}
            line = line if said else one.spot.line
            current = target
        elif is_heading(one.text) and (not current or current in said):
            account.take(one.spot)
            current = ""
        elif current:
            said.setdefault(current, []).append(one)
    yield from _card(kind, line, table, said)


def _card(kind: TableKind, line: int, table: int, said: dict[str, list[_Text]]) -> Iterator[Raw]:
    if not said:
        return
    raw = Raw(kind, line, table)
    for target, texts in said.items():
        spots = tuple(one.spot for one in texts)
        doubt = _LOOSE if len(texts) > 1 else None
        raw.pieces[target] = Piece("\n".join(one.text for one in texts), spots, doubt)
    yield raw


def _stacked(
    kind: TableKind,
    stream: Sequence[_Text],
    targets: Sequence[str],
    run: tuple[int, int],
    account: Account,
    table: int,
) -> Iterator[Raw]:
    start, end = run
    for one in stream[:start]:
        if is_heading(one.text):
            account.take(one.spot)
    account.take(*(one.spot for one in stream[start:end]))
    columns = targets[start:end]
    for chunk in _chunks(stream[end:], len(columns)):
        if len(chunk) != len(columns):
            why = zh(
                "这一项有 {found} 行，表头有 {wanted} 项，对不上。",
                found=len(chunk),
                wanted=len(columns),
            )
            for one in chunk:
                account.leave(one.spot, why)
            continue
        raw = Raw(kind, chunk[0].spot.line, table)
        for target, one in zip(columns, chunk, strict=True):
            raw.pieces[target] = Piece(one.text, (one.spot,), _STACKED)
        yield raw


def _chunks(stream: Sequence[_Text], width: int) -> Iterator[Sequence[_Text]]:
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
