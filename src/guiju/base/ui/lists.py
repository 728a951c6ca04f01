"""A list as a page or as a file: what an area's page calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guiju.base.ui import exporting
from guiju.base.ui.list_state import ListState
from guiju.base.ui.paging import SIZE, make_page
from guiju.base.ui.periods import Picker
from guiju.base.ui.plain import fewer_columns, usual_columns
from guiju.base.ui.saved_views import Menu, menu_of
from guiju.base.ui.sources import Source
from guiju.base.ui.tables import AnyTable, Column, Filter, Table, Value
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

Row = TypeVar("Row")

COUNTED = 1_000
"""Up to so many rows the page says how many there are; beyond, that there are more."""

MOST_CHOSEN = 200
"""Rows that can be chosen at once: four pages."""

OnExport = Callable[[HttpRequest, AnyTable, ListState, int], None]
_ON_EXPORT: list[OnExport] = []
_PLACES = ("after", "before", "format")


@dataclass(frozen=True, slots=True)
class Header:
    """A column's head: its label, the address that sorts by it, ``ascending`` or so."""

    name: str
    label: Sentence
    is_numeric: bool
    sorting: str
    direction: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row under a column, whose label is said again where there is no column."""

    value: Value
    link: str
    is_numeric: bool
    label: Sentence

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self.value is None or self.value == ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown."""

    identity: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is set, and the address without it."""

    label: Sentence
    value: Sentence | str
    without: str


@dataclass(frozen=True, slots=True)
class Field:
    """A filter in the form, with what it is set to."""

    filter: Filter
    value: str
    picker: Picker | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything that ``ui/parts/list.html`` shows."""

    table: AnyTable
    state: ListState
    sort: str
    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]
    columns: tuple[tuple[str, Sentence, bool], ...]
    headers: tuple[Header, ...]
    lines: tuple[Line, ...]
    count: int
    first: str
    before: str
    after: str
    bare: str
    exports: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, Sentence], ...]
    menu: Menu | None = None

    @property
    def is_counted(self) -> bool:
        """Whether ``count`` is all of them."""
        return self.count <= COUNTED


def on_export(tell: OnExport) -> None:
    """Have ``tell`` told before a file of any list is sent: who asks, which list, how many rows.

    It stands here, not at each list, so that no list can forget it.
    """
    if tell not in _ON_EXPORT:
        _ON_EXPORT.append(tell)


def answer(  # noqa: PLR0913 - keyword-only, each a part of the page
    request: HttpRequest,
    template: str,
    *,
    table: Table[Row],
    state: ListState,
    source: Source[Row],
    may_export: bool = False,
    context: Mapping[str, object] | None = None,
) -> HttpResponseBase:
    """Return the list's page, or the file that the address asks for.

    A bare address opens the reader's default view of the list, where there is one.

    Args:
        request: what is being answered.
        template: extends ``ui/base.html`` and includes ``ui/parts/list.html``.
        table: what the list consists of.
        state: from ``read_state``.
        source: rows within the reader's scope and the state's filters.
        may_export: whether the reader may take the list away.
        context: what else the template shows.

    Raises:
        Http404: for an export that is not allowed.
        Invalid: PAGE-10 for an export of too many rows.
    """
    state = fewer_columns(request, table, state)
    if state.format:
        if not may_export:
            raise Http404
        count = exporting.counted(source, state.format)
        for tell in _ON_EXPORT:
            tell(request, table, state, count)
        return exporting.file_of(table, state, source)
    menu = menu_of(request, table, state)
    if menu and menu.first and not request.GET:
        return HttpResponseRedirect(menu.first)
    listed = present(
        request, table=table, state=state, source=source, may_export=may_export, menu=menu
    )
    return render(request, template, {**(context or {}), "listed": listed})


def present(
    request: HttpRequest,
    *,
    table: Table[Row],
    state: ListState,
    source: Source[Row],
    may_export: bool = False,
    menu: Menu | None = None,
) -> Listed:
    """Return a page of the list as it is shown."""
    state = fewer_columns(request, table, state)
    found = source.read(
        state.order, is_backwards=state.is_backwards, place=state.place, most=SIZE + 1
    )
    page = make_page(found, cursor=state.place, key=lambda pair: pair[0])
    shown = [column for column in table.columns if column.name in state.columns]
    to = _addresses(request, table, state)
    return Listed(
        table=table,
        state=state,
        sort=("-" if state.is_backwards else "") + state.sort,
        fields=tuple(_field(one, state) for one in table.filters),
        chips=_chips(table, state, to),
        columns=tuple((one.name, one.label, one.name in state.columns) for one in table.columns),
        headers=_headers(table, state, to),
        lines=tuple(
            Line(table.identity(row), tuple(_cell(one, row) for one in shown))
            for _, row in page.rows
        ),
        count=source.count(COUNTED + 1),
        first=to.with_(after="") if state.place else "",
        before=to.with_(before=page.newer) if page.newer else "",
        after=to.with_(after=page.older) if page.older else "",
        bare=menu.bare if menu else request.path,
        exports=tuple((name.upper(), to.with_(format=name)) for name in exporting.WRITERS)
        if may_export
        else (),
        actions=tuple((reverse(one.view, args=one.arguments), one.label) for one in table.actions),
        menu=menu,
    )


def chosen(request: HttpRequest) -> tuple[str, ...]:
    """Return the identities of the rows that were chosen in a list.

    Raises:
        Invalid: PAGE-11 for none, PAGE-12 for more than fit.
    """
    found = tuple(dict.fromkeys(request.POST.getlist("chosen")))
    if not found:
        raise Invalid("PAGE-11", zh("还没有选中任何一行。请回到列表，勾选后再操作。"))
    if len(found) > MOST_CHOSEN:
        raise Invalid(
            "PAGE-12",
            zh("一次最多处理 {most} 行。请分几次办理。", most=MOST_CHOSEN),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Addresses:
    path: str
    query: QueryDict

    def with_(self, **changes: str) -> str:
        """Return the list's address with changes, from its beginning; empty drops one."""
        query = self.query.copy()
        for name in _PLACES:
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        for name in [name for name, values in query.lists() if not any(values)]:
            del query[name]
        return f"{self.path}?{query.urlencode()}" if query else self.path


def _addresses(request: HttpRequest, table: AnyTable, state: ListState) -> _Addresses:
    """Return the list's addresses; columns stand in them only where others were chosen."""
    query = request.GET.copy()
    if state.columns == usual_columns(request, table):
        query.pop("column", None)
    return _Addresses(request.path, query)


def _field(one: Filter, state: ListState) -> Field:
    value = state.filters.get(one.name, "")
    if not one.is_period:
        return Field(one, value)
    names = (one.name, f"{one.name}_since", f"{one.name}_until")
    return Field(one, value, Picker(one.label, state.period(one.name), *names))


def _chips(table: AnyTable, state: ListState, to: _Addresses) -> tuple[Chip, ...]:
    chips = []
    said: Sentence | str
    for one in table.filters:
        value = state.filters.get(one.name)
        if value is None:
            continue
        if one.is_period:
            said = state.period(one.name).says(timezone.localdate())
            gone = {one.name: "", f"{one.name}_since": "", f"{one.name}_until": ""}
        else:
            said, gone = dict(one.choices).get(value, value), {one.name: ""}
        chips.append(Chip(one.label, said, to.with_(**gone)))
    return tuple(chips)


def _cell(column: Column[Row], row: Row) -> Cell:
    link = column.link(row) if column.link else ""
    return Cell(column.value(row), link, column.is_numeric, column.label)


def _headers(table: AnyTable, state: ListState, to: _Addresses) -> tuple[Header, ...]:
    heads = []
    for column in table.columns:
        if column.name not in state.columns:
            continue
        is_sorted = column.name == state.sort
        turned = "-" if is_sorted and not state.is_backwards else ""
        direction = ("descending" if state.is_backwards else "ascending") if is_sorted else ""
        sorting = to.with_(sort=turned + column.name) if column.sort else ""
        heads.append(Header(column.name, column.label, column.is_numeric, sorting, direction))
    return tuple(heads)
