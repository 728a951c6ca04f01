"""以制度为目: documents, the powers that rest on them, the controls that cite them (S4-03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.outline import Document
from guiju.core.lists.powers import LegalBasis, Power
from guiju.core.lists.regulations import Regulation
from guiju.core.lists.risks import Control
from guiju.core.lists.texts import plain
from guiju.core.lists.words import BasisLevel, BasisStatus, ItemKind
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, reached
from guiju.define.lists.rows import item_of
from guiju.define.views.pages.frame import at_hand, frame, sheet_link
from guiju.define.views.reads.outlines import outline_of, rows_at

_MOST_ARTICLES = 4
_MOST_TITLE = 200
_TONES = {
    BasisStatus.IN_FORCE: "good",
    BasisStatus.AMENDED: "warn",
    BasisStatus.REPEALED: "bad",
}


@dataclass(frozen=True, slots=True)
class RegulationLine:
    """A document in the list."""

    number: int
    title: str
    powers: int
    controls: int
    found: Regulation | Document


@needs(Permission.LISTS_READ)
@require_safe
def documents(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the documents of an edition."""
    found = reached(request, identity)
    table = table_of(found)
    state = read_state(request.GET, table)
    return at_hand(request, found, "views:regulations", table, state, lines(found, state.filters))


@needs(Permission.LISTS_READ)
@require_safe
def regulation(request: HttpRequest, identity: UUID, title: str) -> HttpResponse:
    """Show one document with the powers and the controls that name it."""
    found = reached(request, identity)
    wanted = plain(title)
    known = outline_of(found).documents
    one = next((one for one in known if plain(one.title) == wanted), None)
    if one is None:
        raise Http404
    context = frame(request, found, "views:regulations", Crumb(one.title)) | regulation_context(
        found, *_named_by(found, one)
    )
    return render(request, "views/regulation.html", context)


def _named_by(edition: Edition, one: Document) -> tuple[Regulation, Mapping[str, str]]:
    """Return a document with what names it, and the power of each risk; one query."""
    tables = {
        ItemKind.BASIS: one.bases,
        ItemKind.POWER: one.powers,
        ItemKind.CONTROL: one.controls,
    }
    found, power_of = Regulation(one.number, one.title), {}
    for row in rows_at({edition: tables}):
        item = item_of(row)
        if isinstance(item, LegalBasis):
            found.bases.append(item)
        elif isinstance(item, Power):
            found.powers[item.code] = item
        elif isinstance(item, Control):
            found.controls.append(item)
            power_of[item.risk] = row.power
    return found, power_of


def regulation_context(
    edition: Edition, one: Regulation, power_of: Mapping[str, str]
) -> dict[str, object]:
    """Return what the template shows of a document."""
    return {
        "regulation": one,
        "status": status_badge(one.status),
        "powers": [
            (
                power.name or power.code,
                sheet_link(edition, power.code),
                listing(b.article for b in one.bases if b.power == power.code and b.article),
            )
            for power in one.powers.values()
        ],
        "controls": [
            (
                control.text or control.code,
                sheet_link(edition, power_of.get(control.risk, ""))
                or address("lists:item", edition, ItemKind.CONTROL.value, control.code),
                control.post,
            )
            for control in one.controls
        ],
    }


def status_badge(status: BasisStatus | None) -> Badge | None:
    """Return whether a document is in force; None where nobody says."""
    return Badge(_TONES[status], status.label) if status else None


def lines(edition: Edition, conditions: Mapping[str, str]) -> list[RegulationLine]:
    """Return the documents that an edition names."""
    text, status = conditions.get("search", ""), conditions.get("status", "")
    level = conditions.get("level", "")
    return [
        RegulationLine(one.number, one.title[:_MOST_TITLE], len(one.powers), len(one.controls), one)
        for one in outline_of(edition).documents
        if text in one.title
        and (not status or (one.status or "none") == status)
        and (not level or one.level == level)
    ]


_FILTERS = (
    Filter("search", zh("文件名称"), hint=zh("名称中的几个字")),
    Filter("level", zh("效力层级"), tuple((one.value, one.label) for one in BasisLevel)),
    Filter(
        "status",
        zh("效力状态"),
        (
            *((one.value, one.label) for one in BasisStatus),
            ("none", zh("没有写明")),
        ),
    ),
)


def table_of(edition: Edition) -> Table[RegulationLine]:
    """Return the list of documents."""
    return Table(
        name=zh("按制度"),
        columns=(
            Column(
                "title",
                zh("文件名称"),
                lambda row: row.title,
                Sort("title"),
                lambda row: address("views:regulation", edition, row.title),
            ),
            Column("doc_no", zh("文号"), lambda row: row.found.doc_no),
            Column("level", zh("效力层级"), lambda row: row.found.level),
            Column("status", zh("效力状态"), lambda row: status_badge(row.found.status)),
            Column(
                "articles",
                zh("条款"),
                lambda row: listing(row.found.articles, most=_MOST_ARTICLES) or None,
            ),
            Column(
                "powers",
                zh("以它为依据的权力"),
                lambda row: row.powers,
                Sort("powers", int),
                is_numeric=True,
            ),
            Column(
                "controls",
                zh("引用它的措施"),
                lambda row: row.controls,
                Sort("controls", int),
                is_numeric=True,
            ),
        ),
        sort="-powers",
        identity=lambda row: str(row.number),
        filters=_FILTERS,
        empty=zh("这一版还没有写明依据。权力写上依据、措施写上制度后，按文件列在这里。"),
        plain=("title", "powers"),
    )
