"""The tables of an edition, one at a time, and what an item says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.lists.fields import FIELDS, Field, told
from guiju.core.lists.model import Item
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.words import ItemKind, Layer, PowerKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, head, list_page, reached
from guiju.define.lists.pages.values import said
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import item_with, items

_SHOWN: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.POWER: ("code", "name", "kind", "office", "post", "grade", "state"),
    ItemKind.BASIS: ("code", "name", "article", "power", "level", "status"),
    ItemKind.DUTY: ("code", "text", "power", "kind", "owner"),
    ItemKind.ACCOUNTABILITY: ("code", "text", "power", "sanction"),
    ItemKind.NEGATIVE: ("code", "act", "post", "prevention", "owner"),
    ItemKind.FLOW: ("code", "name", "power", "layer", "graph"),
    ItemKind.RISK: ("code", "text", "power", "step", "grade", "dimensions", "state"),
    ItemKind.CONTROL: ("code", "text", "risk", "means", "phase", "unit", "post", "supervisor"),
    ItemKind.STANDARD: ("code", "offence", "power", "lower", "upper", "unit", "tiers"),
}
"""Which columns a table begins with."""

_NAMED = {
    ItemKind.POWER: "name",
    ItemKind.BASIS: "name",
    ItemKind.NEGATIVE: "act",
    ItemKind.FLOW: "name",
    ItemKind.STANDARD: "offence",
}
"""The field that leads to an item's page; ``text`` where nothing is said."""

_SORTED = {"code": "code", "name": "title", "text": "title", "post": "post", "office": "office"}


def item_page(edition: Edition, item: Item) -> str:
    """Return the address of an item's page."""
    return address("lists:item", edition, item.item_kind.value, item.code)


@needs(Permission.LISTS_READ)
@require_safe
def tables(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the table that people look for first."""
    return table(request, identity, ItemKind.POWER.value)


@needs(Permission.LISTS_READ)
@require_safe
def table(request: HttpRequest, identity: UUID, kind: str) -> HttpResponseBase:
    """Show one table of an edition."""
    found, of = reached(request, identity), kind_of(kind)
    profile = profile_of(found)
    shown = table_of(found, of, profile)
    state = read_state(request.GET, shown)
    frame = head(request, found, "lists:items", Crumb(of.label))
    counts: dict[ItemKind, int] = frame["counts"]  # type: ignore[assignment] # head makes it so
    below = [
        Tab(one.label, address("lists:table", found, one.value), one is of, counts.get(one, 0))
        for one in ItemKind
    ]
    return list_page(
        request,
        table=shown,
        state=state,
        source=items(found, of, state.filters),
        context=frame | {"kind": of, "below_tabs": below},
        template="lists/table.html",
    )


@needs(Permission.LISTS_READ)
@require_safe
def item(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Show all that one item says."""
    found, of = reached(request, identity), kind_of(kind)
    row = item_with(found, of, code)
    if row is None:
        raise Http404
    crumb = Crumb(of.label, address("lists:table", found, of.value))
    shown = head(request, found, "lists:items", crumb, Crumb(row.title or row.code)) | {
        "item": row,
        "kind": of,
        "sheet": sheet_of(row, profile_of(found)),
    }
    return render(request, "lists/item.html", shown)


def kind_of(text: str) -> ItemKind:
    """Return the table that an address names.

    Raises:
        Http404: for none.
    """
    for one in ItemKind:
        if one.value == text:
            return one
    raise Http404


def sheet_of(item: Item, profile: Profile) -> list[Definition]:
    """Return what an item says, field by field; fields without a word are left out."""
    rows = ((field, said(value, field.path, profile)) for field, value in told(item))
    return [Definition(field.label, value) for field, value in rows if value is not None]


@cache
def _columns(kind: ItemKind) -> tuple[Field, ...]:
    begins = _SHOWN[kind]
    rest = [one for one in FIELDS[kind] if one.path not in begins]
    first = {one.path: one for one in FIELDS[kind]}
    return (*(first[path] for path in begins), *rest)


def table_of(edition: Edition, kind: ItemKind, profile: Profile) -> Table[Item]:
    """Return a table of an edition in the words of its profile."""

    def link(row: Item) -> str:
        return item_page(edition, row)

    named = _NAMED.get(kind, "text")
    columns = tuple(
        Column(
            field.path.replace(".", "_"),
            field.label,
            _value_of(field, profile),
            Sort(_SORTED[field.path]) if field.path in _SORTED else None,
            link if field.path in ("code", named) else None,
            field.path in _SHOWN[kind],
        )
        for field in _columns(kind)
    )
    return Table(
        name=kind.label,
        columns=columns,
        sort="code",
        identity=lambda row: row.code,
        filters=_filters(kind, profile),
        empty=zh("这张表还是空的。可以导入现有的表格，也可以逐项新增。"),
        plain=(named,),
    )


def _value_of(field: Field, profile: Profile) -> Callable[[Item], Value]:
    return lambda row: said(field.value(row), field.path, profile)


def _filters(kind: ItemKind, profile: Profile) -> tuple[Filter, ...]:
    grades = tuple((str(one), profile.grade_label(one)) for one in GRADES)
    layers: tuple[tuple[str, Sentence | str], ...] = tuple(
        (one.value, profile.layers.get(one) or one.label) for one in Layer
    )
    kinds: tuple[tuple[str, Sentence | str], ...] = (
        *((one.value, one.label) for one in PowerKind),
        *profile.kinds.items(),
    )
    search = Filter("search", zh("编码或文字"), hint=zh("编码开头，或几个字"))
    power = Filter("power", zh("权力编码"))
    grade = Filter("grade", zh("风险等级"), grades)
    layer = Filter("group", zh("层面"), layers)
    post = Filter("post", zh("岗位"), hint=zh("名称中的几个字"))
    own: dict[ItemKind, tuple[Filter, ...]] = {
        ItemKind.POWER: (Filter("group", zh("权力类型"), kinds), grade, post),
        ItemKind.NEGATIVE: (post,),
        ItemKind.FLOW: (power, layer),
        ItemKind.RISK: (power, grade, layer, post),
        ItemKind.CONTROL: (power, Filter("risk", zh("风险编码")), post),
    }
    return (search, *own.get(kind, (power,)))
