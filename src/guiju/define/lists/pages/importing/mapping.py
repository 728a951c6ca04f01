"""The second step: what tables were found, what their columns mean, and every doubt in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from guiju.define.lists.pages.importing.columns import IGNORE, NO_LABEL, groups_of, meaning
from guiju.define.lists.pages.importing.directing import MOST_SELECTS, directed, number_sent
from guiju.define.lists.pages.importing.reading import GROUPS, examine
from guiju.define.lists.pages.importing.receiving import CRUMB, asking
from guiju.define.lists.pages.importing.shelf import (
    SHELF,
    draft_at,
    kept_at,
    said_of,
    say_of,
)
from guiju.exchange.lists.dictionary import CONTENT, bare
from guiju.exchange.lists.heads import CERTAIN_ENOUGH
from guiju.exchange.lists.words import CellState, TableKind

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
        new = directed(request.POST, told["tables"], said)
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
    part = number_sent(request.GET.get("tables", ""), 1, len(parts)) or 1
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
        "no_label": NO_LABEL,
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
    columns = [_column(kind, one) for one in table["columns"]]
    # Of cards, what is only perhaps a label has nothing under it to show.
    shown = [one for one in columns if table["cards"] is None or one["is_label"]]
    places = [place for place, one in enumerate(columns) if one in shown]
    return {
        **table,
        "number": number,
        "kind": kind,
        "groups": groups_of(kind),
        "columns": columns,
        "shown_columns": shown,
        "beginnings": [(bare(one["header"]), one["header"]) for one in shown],
        "preview": [_with_states(row, places) for row in table["preview"]],
    }


def _column(kind: TableKind, column: Mapping[str, Any]) -> dict[str, Any]:
    target = column["target"]
    return {
        **column,
        "is_label": bool(target) and target != CONTENT,
        "is_sure": bool(target) and column["confidence"] >= CERTAIN_ENOUGH,
        "meaning": meaning(kind, target) if target else "",
    }


def _with_states(row: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    cells = [row["cells"][place] for place in places]
    cells = [{**one, "state": CellState.of(one["state"])} if one else None for one in cells]
    return {**row, "cells": cells}
