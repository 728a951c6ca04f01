"""What a person says of a file: where tables and cards lie, what each column or label means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guiju.define.lists.pages.importing.shelf import Directions, joined
from guiju.exchange.lists.asked import CardsAsked, HeadAsked
from guiju.exchange.lists.dictionary import CONTENT, LONGEST_HEADER, bare, targets
from guiju.exchange.lists.heads import CERTAIN_ENOUGH
from guiju.exchange.lists.words import TableKind

MOST_SELECTS = 400
"""On one page; a form may have some more fields than twice so many."""

_MOST_LINE = 1_100_000
_LEFT_OUT = "none"
_CARDS, _STACKED = "cards", "stacked"
Sent = Mapping[str, Any]
Place = tuple[str, int]


def directed(sent: Sent, tables: Sequence[Mapping[str, Any]], said: Directions) -> Directions:
    """Return what is said of a file now: before, and by the form of one page of its tables."""
    asked = dict(said.asked)
    columns: dict[TableKind, dict[str, str]] = {}
    for number, table in enumerate(tables):
        if f"kind-{number}" not in sent or not table["columns"]:
            continue
        head = _asked(sent, number, table, said)
        line = number_sent(sent.get(f"line-{number}"), 1, _MOST_LINE) or table["line"]
        if line != table["line"]:
            _moved_away(asked, (table["sheet"], table["line"]), table, head.kind)
        asked[table["sheet"], line] = head
        if head.kind is TableKind.of(table["kind"]) and not head.is_left_out:
            columns.setdefault(head.kind, {}).update(_corrected(sent, number, table))
    asked.update(_pointed_out(sent))
    return replace(said, asked=asked, columns=joined(said.columns, columns))


def _moved_away(
    asked: dict[Place, HeadAsked | CardsAsked],
    place: Place,
    table: Mapping[str, Any],
    kind: TableKind,
) -> None:
    """Note that nothing begins any more where a table or cards were found."""
    if table["cards"] is None:
        asked[place] = HeadAsked(0, kind)
    else:
        asked.pop(place, None)


def _asked(
    sent: Sent, number: int, table: Mapping[str, Any], said: Directions
) -> HeadAsked | CardsAsked:
    """Return how a table or cards are to be read."""
    before = TableKind.of(table["kind"])
    chosen = sent.get(f"kind-{number}", "")
    kind = next((one for one in TableKind if one.value == chosen), before)
    is_left_out = chosen == _LEFT_OUT
    shape = sent.get(f"shape-{number}", "")
    if shape not in (_CARDS, _STACKED):
        levels = number_sent(sent.get(f"levels-{number}"), 1, 2) or 1
        return HeadAsked(levels, kind, is_left_out)
    cards = table["cards"] or {"last": _MOST_LINE, "first": ""}
    known = said.asked.get((table["sheet"], table["line"]))
    contents = known.contents if isinstance(known, CardsAsked) else ()
    first = bare(str(sent.get(f"begins-{number}", cards["first"])))
    return CardsAsked(
        number_sent(sent.get(f"last-{number}"), 1, _MOST_LINE) or cards["last"],
        kind,
        first if len(first) <= LONGEST_HEADER else "",
        shape == _STACKED,
        _contents(sent, number, table, contents),
        is_left_out,
    )


def _contents(
    sent: Sent, number: int, table: Mapping[str, Any], before: Sequence[str]
) -> tuple[str, ...]:
    """Return which texts are contents though they look like labels."""
    found = set(before)
    for place, column in enumerate(table["columns"] if table["cards"] else ()):
        chosen, text = sent.get(f"column-{number}-{place}"), bare(column["header"])
        if chosen == CONTENT:
            found.add(text)
        elif chosen:
            found.discard(text)
    return tuple(sorted(found))


def _corrected(sent: Sent, number: int, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the columns of which something else was chosen than was known for sure."""
    if table["is_left_out"]:
        return
    known = targets(TableKind.of(table["kind"]))
    for place, column in enumerate(table["columns"]):
        chosen = sent.get(f"column-{number}-{place}", "")
        is_known = chosen == column["target"] and column["confidence"] >= CERTAIN_ENOUGH
        if chosen in known and not is_known and not column["is_too_long"]:
            yield column["header"], chosen
    label, meant = (
        " ".join(str(sent.get(f"label-{number}", "")).split()),
        sent.get(f"means-{number}", ""),
    )
    if label and len(label) <= LONGEST_HEADER and meant in known:
        yield label, meant


def _pointed_out(sent: Sent) -> Iterator[tuple[Place, HeadAsked | CardsAsked]]:
    """Yield the header or cards that were pointed out in each sheet where nothing was found."""
    for number in range(MOST_SELECTS):
        sheet = sent.get(f"sheet-{number}")
        if sheet is None:
            return
        line = number_sent(sent.get(f"first-{number}"), 1, _MOST_LINE)
        kind = next((one for one in TableKind if one.value == sent.get(f"as-{number}")), None)
        if not line or not kind:
            continue
        shape = sent.get(f"lies-{number}", "")
        if shape in (_CARDS, _STACKED):
            last = number_sent(sent.get(f"until-{number}"), line, _MOST_LINE) or _MOST_LINE
            yield (str(sheet), line), CardsAsked(last, kind, is_stacked=shape == _STACKED)
        else:
            levels = number_sent(sent.get(f"deep-{number}"), 1, 2) or 1
            yield (str(sheet), line), HeadAsked(levels, kind)


def number_sent(text: object, least: int, most: int) -> int | None:
    """Return a number that was sent; None for what is none, or too small or large."""
    said = str(text or "")
    if not (said.isascii() and said.isdecimal() and len(said) < 8):
        return None
    return int(said) if least <= int(said) <= most else None
