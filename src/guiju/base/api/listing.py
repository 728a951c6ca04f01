"""A list for programs: the same filters, order and scope as its page, read by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from guiju.base.ui.forms import said
from guiju.base.ui.list_state import MOST_TYPED, ListState, read_state
from guiju.base.ui.paging import SIZE, Cursor, Page, make_page, read_cursor
from guiju.base.ui.sources import Source
from guiju.base.ui.tables import AnyTable, Filter, Table
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

Row = TypeVar("Row")
Out = TypeVar("Out")

MOST_ROWS = 200
"""Rows of an answer at most."""


class Paged(Schema, Generic[Out]):
    """Some rows of a list; ``after`` and ``before`` are empty where there are no more."""

    rows: list[Out]
    after: str
    before: str


def listed(
    request: HttpRequest,
    response: HttpResponse,
    *,
    table: Table[Row],
    source: Callable[[ListState], Source[Row]],
    show: Callable[[Row], object] = lambda row: row,
) -> dict[str, object]:
    """Return the rows that the address asks for, and set the Link header.

    Raises:
        Invalid: PAGE-01 to PAGE-09 as on the page, API-12 for a size that is none.
    """
    state, size = read_state(request.GET, table), _size(request)
    found = source(state).read(
        state.order, is_backwards=state.is_backwards, place=state.place, most=size + 1
    )
    page = make_page(found, cursor=state.place, key=lambda pair: pair[0], size=size)
    rows = [show(row) for _, row in page.rows]
    return _answer(request, response, rows, after=page.older, before=page.newer)


def newest_first(
    request: HttpRequest,
    response: HttpResponse,
    read: Callable[[Cursor | None], Page[Row]],
    *,
    show: Callable[[Row], object] = lambda row: row,
) -> dict[str, object]:
    """Return the rows of a list that goes by time, and set the Link header.

    Raises:
        Invalid: PAGE-01, PAGE-02; what ``read`` raises.
    """
    wanted = {"older": request.GET.get("after", ""), "newer": request.GET.get("before", "")}
    page = read(read_cursor(wanted, parts=2))
    rows = [show(row) for row in page.rows]
    return _answer(request, response, rows, after=page.older, before=page.newer)


def _answer(
    request: HttpRequest, response: HttpResponse, rows: list[object], *, after: str, before: str
) -> dict[str, object]:
    links = [
        f'<{_address(request, **{name: key})}>; rel="{relation}"'
        for name, key, relation in (("after", after, "next"), ("before", before, "prev"))
        if key
    ]
    if links:
        response["Link"] = ", ".join(links)
    return {"rows": rows, "after": after, "before": before}


def _address(request: HttpRequest, **place: str) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(place)
    return f"{request.path}?{query.urlencode()}"


def _size(request: HttpRequest) -> int:
    text = request.GET.get("size", "") or str(SIZE)
    if text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST_ROWS:
        return int(text)
    raise Invalid("API-12", zh("每页行数应是 1 到 {most} 的整数。请改正 size。", most=MOST_ROWS))


_AFTER = zh("从哪一行之后读起：上一次答复里的 after")
_BEFORE = zh("从哪一行之前往回读：上一次答复里的 before")
_DAY = {"type": "string", "format": "date", "examples": ["2026-11-21"]}


def asked(table: AnyTable) -> dict[str, Any]:
    """Return what the OpenAPI document says of a list's parameters."""
    orders = [one.name for one in table.columns if one.sort]
    sort = {"type": "string", "enum": [*orders, *(f"-{name}" for name in orders)]}
    size = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": SIZE}
    return {
        "parameters": [
            *(told for one in table.filters for told in _filters(one)),
            parameter("sort", zh("按哪一列排序；前面加 - 为倒序"), sort),
            parameter("size", zh("每页行数"), size),
            *PLACES,
        ]
    }


def _filters(one: Filter) -> list[dict[str, Any]]:
    told = [parameter(one.name, one.label, _filter(one))]
    if one.is_period:
        told += [parameter(f"{one.name}_{end}", one.label, _DAY) for end in ("since", "until")]
    return told


def _filter(one: Filter) -> dict[str, Any]:
    if one.is_day:
        return _DAY
    if one.choices:
        return {"type": "string", "enum": [value for value, _ in one.choices]}
    return {"type": "string", "maxLength": MOST_TYPED}


def parameter(name: str, label: Sentence, schema: dict[str, Any]) -> dict[str, Any]:
    """Return what the OpenAPI document says of a parameter in the address."""
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": said(label),
        "schema": schema,
    }


PLACES = (
    parameter("after", _AFTER, {"type": "string"}),
    parameter("before", _BEFORE, {"type": "string"}),
)
BY_TIME: dict[str, Any] = {"parameters": list(PLACES)}
"""What the document says of the parameters of a list that goes by time."""

ON: dict[str, Any] = {"parameters": [parameter("on", zh("哪一天；不写为今天"), _DAY)]}
"""The day that an answer is about."""
