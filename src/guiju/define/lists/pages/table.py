"""The tables of an edition, one at a time, and what an item says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import scope_of
from guiju.base.ui.sources import Rows
from guiju.base.ui.tables import BulkAction, Column, Filter, Sort, Table, Value
from guiju.core.access import Scope
from guiju.core.lists.fields import FIELDS, Field
from guiju.core.lists.model import Item
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.words import (
    ControlPhase,
    ItemKind,
    Layer,
    Matter,
    Means,
    PowerKind,
    RiskSpot,
)
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission, Term
from guiju.define.lists.entering import names_in
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import (
    address,
    head,
    identity_of,
    item_page_columns,
    list_page,
    reached,
)
from guiju.define.lists.pages.values import said
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import items

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
    frame = head(request, found, "lists:items", Crumb(of.label))
    names: dict[str, str] = {}
    actions = bulk_actions(found, of) if frame["may_edit"] else ()
    shown = replace(table_of(found, of, profile, names), actions=actions)
    state = read_state(request.GET, shown)
    counts: dict[ItemKind, int] = frame["counts"]  # type: ignore[assignment] # head makes it so
    below = [
        Tab(one.label, address("lists:table", found, one.value), one is of, counts.get(one, 0))
        for one in ItemKind
    ]
    return list_page(
        request,
        table=shown,
        state=state,
        source=with_names(
            items(found, of, state.filters), names, scope_of(request, Permission.PERSON_READ)
        ),
        context=frame | {"kind": of, "below_tabs": below} | _ways(found, of),
        template="lists/table.html",
    )


def _ways(edition: Edition, kind: ItemKind) -> dict[str, object]:
    return {
        "add": address("lists:item_add", edition, kind.value),
        "add_label": zh("新增{kind}", kind=kind.label),
        "grid": address("lists:grid", edition, kind.value),
    }


def bulk_actions(edition: Edition, kind: ItemKind) -> tuple[BulkAction, ...]:
    """Return what may be done with chosen items of a draft."""
    at = (identity_of(edition), kind.value)
    return (
        BulkAction("lists:fill_chosen", zh("统一填写一栏"), at),
        BulkAction("lists:remove_chosen", zh("删除所选"), at),
    )


def with_names(rows: Rows[Item], names: dict[str, str], scope: Scope) -> Rows[Item]:
    """Return the rows so that ``names`` learns whom those of a page name; one more query."""

    def make(found: Sequence[object]) -> Sequence[Item]:
        items_ = rows.make(found)
        names.update(names_in(items_, scope))
        return items_

    return replace(rows, make=make)


def kind_of(text: str) -> ItemKind:
    """Return the table that an address names.

    Raises:
        Http404: for none.
    """
    for one in ItemKind:
        if one.value == text:
            return one
    raise Http404


@cache
def _columns(kind: ItemKind) -> tuple[Field, ...]:
    begins = _SHOWN[kind]
    rest = [one for one in FIELDS[kind] if one.path not in begins]
    first = {one.path: one for one in FIELDS[kind]}
    return (*(first[path] for path in begins), *rest)


def table_of(
    edition: Edition,
    kind: ItemKind,
    profile: Profile,
    names: Mapping[str, str] | None = None,
) -> Table[Item]:
    """Return a table of an edition in the words of its profile; ``names`` calls people by name."""

    def link(row: Item) -> str:
        return item_page(edition, row)

    named = _NAMED.get(kind, "text")
    columns = tuple(
        Column(
            field.path.replace(".", "_"),
            field.label,
            _value_of(field, profile, names),
            Sort(_SORTED[field.path]) if field.path in _SORTED else None,
            link if field.path in ("code", named) else None,
            field.path in _SHOWN[kind],
        )
        for field in _columns(kind)
    )
    return Table(
        name=kind.label,
        columns=columns + item_page_columns(edition, kind),
        sort="code",
        identity=lambda row: row.code,
        filters=_filters(kind, profile),
        empty=zh("这张表还是空的。可以导入现有的表格，也可以逐项新增。"),
        plain=(named,),
    )


def _choices(words: type[Term]) -> tuple[tuple[str, Sentence], ...]:
    return tuple((one.value, one.label) for one in words)


def _value_of(
    field: Field, profile: Profile, names: Mapping[str, str] | None
) -> Callable[[Item], Value]:
    return lambda row: said(field.value(row), field.path, profile, names)


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
        ItemKind.RISK: (
            power,
            grade,
            layer,
            post,
            Filter("spot", zh("风险点性质"), _choices(RiskSpot)),
            Filter("matter", zh("事项类别"), _choices(Matter)),
        ),
        ItemKind.CONTROL: (
            power,
            Filter("risk", zh("风险编码")),
            post,
            Filter("means", zh("防控方式"), _choices(Means)),
            Filter("phase", zh("防控阶段"), _choices(ControlPhase)),
        ),
    }
    return (search, *own.get(kind, (power,)))
