"""A list of the organisation as every one of its pages shows it: tabs, crumbs, who may export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guiju.base.org.pages.ways import tabs, way
from guiju.base.ui.list_state import ListState
from guiju.base.ui.lists import answer
from guiju.base.ui.reader import may
from guiju.base.ui.sources import Source
from guiju.base.ui.tables import Table
from guiju.core.terms import Permission

Row = TypeVar("Row")


def list_page(  # noqa: PLR0913 - keyword-only, each a part of the page
    request: HttpRequest,
    view: str,
    *,
    table: Table[Row],
    state: ListState,
    source: Source[Row],
    template: str = "org/list.html",
    context: Mapping[str, object] | None = None,
) -> HttpResponseBase:
    """Return a list's page or file.

    Args:
        request: what is being answered.
        view: the page's own name, whose tab is marked.
        table: what the list consists of.
        state: from ``read_state``.
        source: rows within the reader's scope and the state's filters.
        template: where there is more on the page than the list.
        context: what else it shows, such as ``lead``.
    """
    shown = {"heading": table.name, "tabs": tabs(request, view), "way": way(), **(context or {})}
    return answer(
        request,
        template,
        table=table,
        state=state,
        source=source,
        may_export=may(request, Permission.ORG_EXPORT),
        context=shown,
    )
