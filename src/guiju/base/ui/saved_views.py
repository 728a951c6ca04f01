"""Saved views of lists: filters, order and columns under a name, to come back to.

The shell offers the menu and knows what a view asks of a list; who keeps the rows says so
with ``keep_views_by``. A view is an address: it holds no rows, and whoever opens one sees what
they may see of the list, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from guiju.base.ui.list_state import ListState, read_state
from guiju.base.ui.reader import standing
from guiju.base.ui.tables import AnyTable
from guiju.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view as it is kept.

    Attributes:
        name: how its owner calls it.
        query: what stands behind the ``?`` of the list's address.
        is_default: whether the list opens with it; only one's own can.
        is_shared: whether every reader of the list has it in the menu.
        is_own: whether the reader keeps it.
    """

    name: str
    query: str
    is_default: bool = False
    is_shared: bool = False
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Shelf:
    """The views of one list for one reader, and the pages where they are kept.

    Attributes:
        views: the reader's own and the shared ones.
        saving: where the form 存为视图 posts to.
        managing: where they are renamed, shared and deleted.
        may_share: whether the reader may offer a view to everyone.
    """

    views: Sequence[SavedView]
    saving: str
    managing: str
    may_share: bool = False


Keeper = Callable[[HttpRequest, str], Shelf]

_KEEPERS: list[Keeper] = []


def keep_views_by(keeper: Keeper) -> None:
    """Let ``keeper`` say which views a reader has of a list; the list is named by its view."""
    _KEEPERS[:] = [keeper]


@dataclass(frozen=True, slots=True)
class Choice:
    """A view in the menu: whether it is the one on the page, whether it can still be read."""

    view: SavedView
    link: str
    is_current: bool
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu of a list's views.

    Attributes:
        name: the list's view, such as ``org:people``.
        query: the page as it is, to be saved.
        current: the name of the view that the page shows; empty for none.
        bare: the list without any view, also where one is the default.
    """

    name: str
    shelf: Shelf
    choices: tuple[Choice, ...]
    query: str
    current: str
    bare: str

    @property
    def first(self) -> str:
        """The address that the list opens with; empty where no view is the default."""
        found = (one for one in self.choices if one.view.is_default and one.view.is_own)
        return next((one.link for one in found if one.is_readable), "")


def menu_of(request: HttpRequest, table: AnyTable, state: ListState) -> Menu | None:
    """Return the menu for the reader; None where nobody keeps views, or for a list of a thing."""
    match = request.resolver_match
    if not _KEEPERS or match is None or match.kwargs or match.args or not standing(request).person:
        return None
    return menu(match.view_name, request.path, table, state, _KEEPERS[0](request, match.view_name))


def menu(name: str, path: str, table: AnyTable, state: ListState, shelf: Shelf) -> Menu:
    """Return the menu of a list at an address."""
    here = query_of(table, state)
    choices = tuple(
        Choice(one, f"{path}?{one.query}", one.query == here, is_readable(one.query, table))
        for one in shelf.views
    )
    current = next((one.view.name for one in choices if one.is_current), "")
    plain = QueryDict(mutable=True)
    plain["sort"] = table.sort
    has_default = any(one.view.is_default and one.view.is_own for one in choices)
    bare = f"{path}?{plain.urlencode()}" if has_default else path
    return Menu(name, shelf, choices, here, current, bare)


def query_of(table: AnyTable, state: ListState) -> str:
    """Return what a page asks of its list, always written in the same way and never empty."""
    query = QueryDict(mutable=True)
    query["sort"] = ("-" if state.is_backwards else "") + state.sort
    for name in sorted(state.filters):
        query[name] = state.filters[name]
    if state.columns != tuple(column.name for column in table.columns if column.is_shown):
        query.setlist("column", list(state.columns))
    return query.urlencode()


def is_readable(query: str, table: AnyTable) -> bool:
    """Tell whether a view still fits its list, whose columns and choices change over the years."""
    try:
        read_state(QueryDict(query), table)
    except Invalid:
        return False
    return True
