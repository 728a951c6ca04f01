"""The second step: what tables were found, what their columns mean, and every doubt in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.evidence.told import read_head, read_lines
from guiju.base.org.pages.paging import page_of_lines
from guiju.base.ui.acting import METHODS
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Refusal
from guiju.core.lists.words import ItemKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import head, identity_of
from guiju.define.lists.pages.importing import running
from guiju.define.lists.pages.importing.columns import IGNORE, groups_of, meaning
from guiju.define.lists.pages.importing.reading import GROUPS, examine
from guiju.define.lists.pages.importing.receiving import CRUMB, asking
from guiju.define.lists.pages.importing.shelf import (
    SHELF,
    Directions,
    draft_at,
    joined,
    kept_at,
    said_of,
    say_of,
)
from guiju.exchange.lists.asked import HeadAsked
from guiju.exchange.lists.dictionary import targets
from guiju.exchange.lists.heads import CERTAIN_ENOUGH
from guiju.exchange.lists.words import CellState, TableKind

MOST_SELECTS = 400
"""On one page; a form may have some more fields than twice so many."""

_MOST_LINE = 1_100_000
_LEFT_OUT = "none"
_CHECK = Crumb(zh("核对列名"))


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def mapping(request: HttpRequest, identity: UUID, token: str) -> HttpResponse:
    """Show what was understood; take what its sender says of it and read it again."""
    edition = draft_at(request, identity)
    run = running.run_at(request, edition, token)
    if run is not None and run.stage is not ImportStage.READY:
        return running.shown(request, edition, run)
    try:
        kept = kept_at(request, edition, token)
        told = read_head(SHELF, kept).head
        if request.method != "POST":
            return _shown(request, edition, token)
        said = said_of(kept.token, kept.key)
        new = _directed(request.POST, told["tables"], said)
        SHELF.renew(request, kept, at=timezone.now())
        if new != said:
            say_of(kept.token, kept.key, new)
            if run is not None:
                running.send(request, kept)
            else:
                examine(kept.token, kept.key, edition)
    except Refusal as refusal:
        return asking(request, edition, refusal)
    goes_on = request.POST.get("go") == "next" and (run is None or new == said)
    step = "lists:changes" if goes_on else "lists:mapping"
    return HttpResponseRedirect(reverse(step, args=[identity, token]))


def _shown(request: HttpRequest, edition: Edition, token: str) -> HttpResponse:
    kept = kept_at(request, edition, token)
    found = read_head(SHELF, kept)
    told = found.head
    first, pages = page_of_lines(request, found.counts[GROUPS])
    parts = list(_parts(told["tables"]))
    part = _number(request.GET.get("tables", ""), 1, len(parts)) or 1
    tables = (
        [table_shown(number, told["tables"][number]) for number in parts[part - 1]] if parts else []
    )
    shown = head(request, edition, "", CRUMB, _CHECK) | {
        "identity": identity_of(edition),
        "kept": kept,
        "told": told,
        "items": [(ItemKind.of(kind), count) for kind, count in told["items"]],
        "tables": tables,
        "part": part,
        "parts": range(1, len(parts) + 1),
        "unknown": [one for one in told["sheets"] if not one["is_known"] and one["lines"]],
        "kinds": tuple(TableKind),
        "ignore": IGNORE,
        "rows": named(told["rows"]),
        "cells": named(told["cells"]),
        "notes": [note_shown(one) for one in read_lines(SHELF, kept, GROUPS, first)],
        "pages": pages,
        "doubts": found.counts[GROUPS],
        "step": 2,
    }
    return render(request, "lists/import_mapping.html", shown)


def named(counts: Sequence[int]) -> dict[str, int]:
    """Return counts of rows or cells by what became of them."""
    return dict(zip(("seen", "understood", "doubtful", "unread"), counts, strict=True))


def note_shown(line: Sequence[Any]) -> dict[str, Any]:
    """Return a sort of doubt as the template shows it."""
    sheet, cell, text, made, state, why, count = line
    return {
        "sheet": sheet,
        "cell": cell,
        "text": text[:200],
        "made": made[:200] if made != text else "",
        "state": CellState.of(state),
        "why": why,
        "count": count,
    }


def _parts(tables: Sequence[Mapping[str, Any]]) -> Iterator[list[int]]:
    """Yield the numbers of the tables of each page, by how much there is to choose."""
    part: list[int] = []
    count = 0
    for number, table in enumerate(tables):
        width = len(table["columns"])
        if part and count + width > MOST_SELECTS:
            yield part
            part, count = [], 0
        part.append(number)
        count += width
    if part:
        yield part


def table_shown(number: int, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as the template shows it."""
    kind = TableKind.of(table["kind"])
    return {
        **table,
        "number": number,
        "kind": kind,
        "groups": groups_of(kind),
        "columns": [_column(kind, one) for one in table["columns"]],
        "preview": [_with_states(row) for row in table["preview"]],
    }


def _column(kind: TableKind, column: Mapping[str, Any]) -> dict[str, Any]:
    target = column["target"]
    return {
        **column,
        "is_sure": bool(target) and column["confidence"] >= CERTAIN_ENOUGH,
        "meaning": meaning(kind, target) if target else "",
    }


def _with_states(row: Mapping[str, Any]) -> dict[str, Any]:
    cells = [{**one, "state": CellState.of(one["state"])} if one else None for one in row["cells"]]
    return {**row, "cells": cells}


def _directed(
    sent: Mapping[str, Any], tables: Sequence[Mapping[str, Any]], said: Directions
) -> Directions:
    """Return what is said of a file now: before, and by the form of one page of its tables."""
    asked = dict(said.asked)
    columns: dict[TableKind, dict[str, str]] = {}
    for number, table in enumerate(tables):
        if f"kind-{number}" not in sent or not table["columns"]:
            continue
        place = table["sheet"], table["line"]
        head = _head_of(sent, number, TableKind.of(table["kind"]))
        line = _number(sent.get(f"line-{number}"), 1, _MOST_LINE) or table["line"]
        if line != table["line"]:
            asked[place] = HeadAsked(0, head.kind)
        asked[table["sheet"], line] = head
        if head.kind is TableKind.of(table["kind"]) and not head.is_left_out:
            columns.setdefault(head.kind, {}).update(_corrected(sent, number, table))
    asked.update(_pointed_out(sent))
    return replace(said, asked=asked, columns=joined(said.columns, columns))


def _head_of(sent: Mapping[str, Any], number: int, before: TableKind) -> HeadAsked:
    chosen = sent.get(f"kind-{number}", "")
    kind = next((one for one in TableKind if one.value == chosen), before)
    levels = _number(sent.get(f"levels-{number}"), 1, 2) or 1
    return HeadAsked(levels, kind, chosen == _LEFT_OUT)


def _corrected(
    sent: Mapping[str, Any], number: int, table: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield the columns of which something else was chosen than was known for sure."""
    if table["is_left_out"]:
        return
    known = targets(TableKind.of(table["kind"]))
    for place, column in enumerate(table["columns"]):
        chosen = sent.get(f"column-{number}-{place}", "")
        is_known = chosen == column["target"] and column["confidence"] >= CERTAIN_ENOUGH
        if chosen in known and not is_known and not column["is_too_long"]:
            yield column["header"], chosen


def _pointed_out(sent: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], HeadAsked]]:
    """Yield the header that was pointed out in each sheet where none was found."""
    for number in range(MOST_SELECTS):
        sheet = sent.get(f"sheet-{number}")
        if sheet is None:
            return
        line = _number(sent.get(f"first-{number}"), 1, _MOST_LINE)
        kind = next((one for one in TableKind if one.value == sent.get(f"as-{number}")), None)
        if line and kind:
            levels = _number(sent.get(f"deep-{number}"), 1, 2) or 1
            yield (str(sheet), line), HeadAsked(levels, kind)


def _number(text: object, least: int, most: int) -> int | None:
    """Return a number that was sent; None for what is none, or too small or large."""
    said = str(text or "")
    if not (said.isascii() and said.isdecimal() and len(said) < 8):
        return None
    return int(said) if least <= int(said) <= most else None
