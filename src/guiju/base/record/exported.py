"""That somebody took a list away: which, by what filters, as what, how many rows."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from guiju.base.record.actor import Actor, actor_of
from guiju.base.record.door import recording
from guiju.base.record.events import EXPORTED
from guiju.base.ui.list_state import ListState
from guiju.base.ui.tables import AnyTable
from guiju.core.sentence import Sentence


def note_export(
    *, name: Sentence, filters: str, form: str, count: int, by: Actor, at: datetime
) -> None:
    """Record an export before its file is sent.

    Args:
        name: what the list is called.
        filters: what was asked for, without anything personal.
        form: csv or xlsx.
        count: how many rows the file has.
        by: who takes it.
        at: when.
    """
    draft = EXPORTED(object="", list=str(name), filters=filters, format=form, count=count)
    with recording(draft, by=by, at=at):
        pass


def on_export(request: HttpRequest, table: AnyTable, state: ListState, count: int) -> None:
    """Note the export of any list of the product."""
    note_export(
        name=table.name,
        filters=filters_of(table, state),
        form=state.format,
        count=count,
        by=actor_of(request),
        at=timezone.now(),
    )


def filters_of(table: AnyTable, state: ListState) -> str:
    """Return the filters that are set as text; of what was typed only that something was.

    What people type may be a name, and the open record holds none.
    """
    said = []
    for one in table.filters:
        value = state.filters.get(one.name)
        if value is None:
            continue
        choice = dict(one.choices).get(value)
        shown = str(choice) if choice is not None else value if one.is_day else "…"
        said.append(f"{one.label}={shown}")
    return "；".join(said)
