"""A table of a draft as a grid to type in, page by page; what is beside a row; its findings.

Without script the grid is read, and each row leads to its form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.flow_pictures import FlowPicture, flow_picture
from guiju.base.ui.language import say
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import SIZE, make_page
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.lists.field_groups import GROUPS, FieldGroup
from guiju.core.lists.fields import Field
from guiju.core.lists.lint import Finding
from guiju.core.lists.model import Item, PowerFlow, Risk
from guiju.core.lists.words import ItemKind, Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.entering import Desk
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.editing import desk_of, reached_draft
from guiju.define.lists.pages.frame import address, head
from guiju.define.lists.pages.grid_links import grid_links
from guiju.define.lists.pages.item import still_checking
from guiju.define.lists.pages.item_fields import words_of
from guiju.define.lists.pages.table import kind_of, table_of
from guiju.define.lists.reads.editions import counts_of
from guiju.define.lists.reads.items import item_with, items, of_power
from guiju.define.lists.reads.large import findings_at
from guiju.define.lists.reads.offers import offer_for, offers
from guiju.exchange.lists.fields import FIELDS, Holds, field_at

_NAMED = {ItemKind.POWER: "name", ItemKind.NEGATIVE: "act", ItemKind.FLOW: "name",
          ItemKind.BASIS: "name", ItemKind.STANDARD: "offence"}  # fmt: skip
_LINES = (Holds.TEXT, Holds.TEXTS)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column: ``offer`` is offered in its cells; ``has_lines`` where they may hold lines."""

    path: str
    label: Sentence
    offer: str
    has_lines: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row: its code, where its form is, its cells in the order of the columns."""

    code: str
    link: str
    cells: Sequence[tuple[ColumnShown, str]]


@needs(Permission.LISTS_EDIT)
@require_safe
def grid(request: HttpRequest, identity: UUID, kind: str = ItemKind.POWER.value) -> HttpResponse:
    """Show fifty rows of a table with the columns of one set."""
    found, of = reached_draft(request, identity), kind_of(kind)
    desk = desk_of(request, found)
    table = table_of(found, of, desk.profile)
    state = read_state(request.GET, table)
    read = items(found, of, state.filters).read(
        state.order, is_backwards=state.is_backwards, place=state.place, most=SIZE + 1
    )
    page = make_page(read, cursor=state.place, key=lambda pair: pair[0])
    rows = [row for _, row in page.rows]
    desk.learn(rows)
    group = chosen_set(of, request.GET.get("set", ""))
    columns = columns_of(of, group)
    frame = head(request, found, "lists:items", Crumb(of.label, _table(found, of)), _CRUMB)
    shown = frame | {
        "kind": of,
        "columns": columns,
        "rows": [_row(found, desk, columns, one) for one in rows],
        "blank": [(one, "") for one in columns],
        "below_tabs": _tabs(found, of, frame["counts"]),
        "sets": grid_links(request, of, group),
        "set": group.name,
        "filters": [(one, state.filters.get(one.name, "")) for one in table.filters],
        "offers": offers_of(desk, of, columns),
        "newer": page.newer,
        "older": page.older,
        "ways": _ways(found, of),
    }
    return render(request, "lists/grid.html", shown)


_CRUMB = Crumb(zh("表格编辑"))


@needs(Permission.LISTS_EDIT, is_data=True)
@require_safe
def findings(request: HttpRequest, identity: UUID, kind: str) -> JsonResponse:
    """Say what the checks find at the rows that are asked for."""
    found, of = reached_draft(request, identity), kind_of(kind)
    codes = set(request.GET.getlist("code")[:200])
    counts = counts_of([found.number]).get(found.number, {})
    told = findings_at(found, sum(counts.values()), of, codes, timezone.localdate())
    note = still_checking(told.waiting)
    rows = {code: [finding_told(one) for one in each] for code, each in told.rows.items()}
    return JsonResponse({"note": say(note) if note else "", "rows": rows})


@needs(Permission.LISTS_EDIT)
@require_safe
def beside(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """Show the flow and the risks of the power that a row belongs to."""
    found, of = reached_draft(request, identity), kind_of(kind)
    row = item_with(found, of, request.GET.get("code", ""))
    power = power_of(found, row) if row else ""
    around = of_power(found, power) if power else []
    risks = [one for one in around if isinstance(one, Risk)]
    label = desk_of(request, found).profile.grade_label
    frame = head(request, found, "lists:items", Crumb(of.label, _table(found, of)), _CRUMB)
    shown = frame | {
        "power": next((one for one in around if one.item_kind is ItemKind.POWER), None),
        "picture": _picture(around),
        "risks": [
            (
                one,
                label(one.grade) if one.grade else "",
                address("lists:item", found, ItemKind.RISK.value, one.code),
            )
            for one in risks
        ],
        "is_asked": row is not None,
    }
    return render(request, "lists/beside.html", shown)


def finding_told(one: Finding) -> dict[str, str]:
    """Return a finding as the grid shows it."""
    return {
        "tone": "calm" if one.accepted else one.severity.value,
        "word": say(zh("已说明") if one.accepted else one.severity.label),
        "code": one.code,
        "field": one.field,
        "says": say(one.sentence),
    }


def chosen_set(kind: ItemKind, name: str) -> FieldGroup:
    """Return the set of columns of that name; the first for none."""
    return next((one for one in GROUPS[kind] if one.name == name), GROUPS[kind][0])


def columns_of(kind: ItemKind, group: FieldGroup) -> list[ColumnShown]:
    """Return the columns of a set; what an item is called stands first, its code as its head."""
    typed = {one.path for one in FIELDS[kind]} - {"code"}
    fields: dict[str, Field] = {one.path: one for each in GROUPS[kind] for one in each.fields(kind)}
    paths = dict.fromkeys((_NAMED.get(kind, "text"), *group.paths))
    return [_column(kind, fields[path]) for path in paths if path in typed]


def _column(kind: ItemKind, one: Field) -> ColumnShown:
    of = field_at(kind, one.path)
    offer = offer_for(kind, one.path)
    if not offer and (of.words or of.holds in (Holds.KIND, Holds.GRADE, Holds.FLAG)):
        offer = f"words-{one.path}"
    return ColumnShown(one.path, one.label, offer, not offer and of.holds in _LINES)


def offers_of(
    desk: Desk, kind: ItemKind, columns: Sequence[ColumnShown]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return what is offered in the cells of these columns."""
    named = [one.offer for one in columns if one.offer and not one.offer.startswith("words-")]
    found: dict[str, Sequence[tuple[str, str]]] = dict(
        offers(desk.edition, named, desk.staff, desk.scope) if named else {}
    )
    for one in columns:
        if one.offer.startswith("words-"):
            of = field_at(kind, one.path)
            words = [word for word, _ in words_of(of, desk.words)]
            if of.holds is Holds.FLAG:
                words = ["是", "否"]
            found[one.offer] = [(word, "") for word in words]
    return found


def power_of(edition: Edition, item: Item) -> str:
    """Return the code of the power that an item belongs to; empty for none."""
    if item.item_kind is ItemKind.POWER:
        return item.code
    if item.item_kind is ItemKind.CONTROL:
        risk = item_with(edition, ItemKind.RISK, str(getattr(item, "risk", "")))
        return risk.power if isinstance(risk, Risk) else ""
    return str(getattr(item, "power", ""))


def _picture(around: Sequence[Item]) -> FlowPicture | None:
    flows = [one for one in around if isinstance(one, PowerFlow) and one.graph and one.is_active]
    first = min(flows, key=lambda one: one.layer is not Layer.UNIT, default=None)
    return flow_picture(first.graph, {}) if first and first.graph and first.graph.nodes else None


def _row(edition: Edition, desk: Desk, columns: Sequence[ColumnShown], item: Item) -> RowShown:
    texts = desk.texts(item)
    link = address("lists:item_edit", edition, item.item_kind.value, item.code)
    return RowShown(item.code, link, [(one, texts[one.path]) for one in columns])


def _tabs(edition: Edition, kind: ItemKind, counts: object) -> list[Tab]:
    known: Mapping[ItemKind, int] = counts  # type: ignore[assignment] # head makes it so
    return [
        Tab(one.label, address("lists:grid", edition, one.value), one is kind, known.get(one, 0))
        for one in ItemKind
    ]


def _table(edition: Edition, kind: ItemKind) -> str:
    return address("lists:table", edition, kind.value)


def _ways(edition: Edition, kind: ItemKind) -> dict[str, str]:
    return {
        "save": address("lists:grid_save", edition, kind.value),
        "findings": address("lists:grid_findings", edition, kind.value),
        "beside": address("lists:grid_beside", edition, kind.value),
        "add": address("lists:item_add", edition, kind.value),
        "table": _table(edition, kind),
    }
