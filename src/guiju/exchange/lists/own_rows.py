"""An edition as rows for the product's own workbook: each row is its values by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from guiju.core.lists.fields import value_at
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Edition
from guiju.core.terms import Term
from guiju.exchange.lists.fields import COUNTS, NOTES, TIERS, Field, Holds
from guiju.exchange.lists.layout import COUNT_SHEET, GRAPH_SHEET, STEP_SHEET, TIER_SHEET, OwnSheet
from guiju.exchange.lists.step_rows import graph_text, step_rows
from guiju.exchange.steps.step import Column

_PART = 30_000
"""Characters of a flow in one cell."""

_STEP_PATHS = dict(
    zip(
        Column,
        ("number", "name", "kind", "phase", "post", "limit", "next", "condition", "signing"),
        strict=True,
    )
)

Row = Mapping[str, Any]


def rows_of(own: OwnSheet, edition: Edition) -> Iterator[Row]:
    """Yield the rows of one sheet."""
    if own.kind:
        for item in edition.table(own.kind):
            yield {field.path: _written(field, value_at(item, field.path)) for field in own.fields}
    else:
        yield from _APART[own.title](edition)


def _all_steps(edition: Edition) -> Iterator[Row]:
    return (row for flow in edition.flows for row in _steps(flow))


def _all_graphs(edition: Edition) -> Iterator[Row]:
    return (row for flow in edition.flows for row in _graph(flow))


def _all_tiers(edition: Edition) -> Iterator[Row]:
    for standard in edition.standards:
        for tier in standard.tiers:
            yield {"standard": standard.code, **_own(tier, TIERS[1:])}


def _all_counts(edition: Edition) -> Iterator[Row]:
    return (_own(stated, COUNTS) for stated in edition.stated)


def _own(item: object, fields: tuple[Field, ...]) -> Row:
    return {field.path: _written(field, getattr(item, field.path)) for field in fields}


def _written(field: Field, value: Any) -> Any:  # noqa: ANN401 - of many types
    """Leave out what an empty cell means; words are always said, they may lack a default."""
    if isinstance(value, Term):
        return value
    return None if value == field.default and field.holds is not Holds.COUNT else value


def _steps(flow: PowerFlow) -> Iterator[Row]:
    notes = {note.step: note for note in flow.notes}
    for cells in step_rows(flow.graph) if flow.graph else ():
        row = {_STEP_PATHS[column]: text for column, text in cells.items()}
        note = notes.pop(row["number"], None)
        yield {"flow": flow.code, **row, **(_own(note, NOTES) if note else {})}
    for step, note in notes.items():
        yield {"flow": flow.code, "number": step, **_own(note, NOTES)}


def _graph(flow: PowerFlow) -> Iterator[Row]:
    text = graph_text(flow.graph) if flow.graph else ""
    for part, start in enumerate(range(0, len(text), _PART)):
        yield {"flow": flow.code, "part": part, "text": text[start : start + _PART]}


_APART: Mapping[str, Callable[[Edition], Iterator[Row]]] = {
    STEP_SHEET: _all_steps,
    GRAPH_SHEET: _all_graphs,
    TIER_SHEET: _all_tiers,
    COUNT_SHEET: _all_counts,
}
