"""廉政风险等级目录: risks by grade, of one edition or of all units of the reader (S1-19)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from guiju.base.record.exported import filters_of
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.sources import Rows, all_rows
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.errors import Invalid
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.public import audience_of
from guiju.core.lists.words import ItemKind, Layer
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, area_tabs, list_page, reached
from guiju.define.lists.profiles import profile_of
from guiju.define.views.pages.frame import (
    area_way,
    frame,
    grade_badge,
    own_editions,
    sheet_link,
)
from guiju.define.views.pages.papers import catalogue_paper
from guiju.define.views.pages.sheet import document
from guiju.define.views.reads.risks import RiskLine, catalogue

MOST_IN_PAPER = 2_000
"""Risks of one document; lists and spreadsheets hold more."""

_UNIT: Column[RiskLine] = Column("unit", zh("单位"), lambda row: row.edition.unit.name)


@needs(Permission.LISTS_READ)
@require_safe
def risks(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the catalogue of one edition."""
    found = reached(request, identity)
    table = table_of(profile_of(found))
    state = read_state(request.GET, table)
    asked = urlencode(dict(state.filters))
    link = address("views:catalogue", found)
    return list_page(
        request,
        table=table,
        state=state,
        source=_of(found, state.filters),
        context=frame(request, found, "views:risks")
        | {"document": f"{link}?{asked}" if asked else link},
        template="views/list.html",
    )


@needs(Permission.LISTS_READ)
@require_safe
def paper(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Send the catalogue as a document, with the conditions of the list."""
    found = reached(request, identity)
    table = table_of(profile_of(found))
    state = read_state(request.GET, table)
    source = _of(found, state.filters)
    count = source.count(MOST_IN_PAPER + 1)
    if count > MOST_IN_PAPER:
        raise Invalid(
            "VIEWS-01",
            zh(
                "符合条件的风险超过 {most:,} 个，一份公文装不下。请加上筛选条件，或改用表格导出。",
                most=MOST_IN_PAPER,
            ),
        )
    lines = list(all_rows(source, state.order, is_backwards=state.is_backwards))
    return document(
        request, catalogue_paper(found, lines), filters=filters_of(table, state), count=count
    )


@needs(Permission.LISTS_READ)
@require_safe
def everywhere(request: HttpRequest) -> HttpResponseBase:
    """Show the catalogue of all units of the reader's scope."""
    state = read_state(request.GET, EVERYWHERE)
    shown = {
        "tabs": area_tabs(request, "views:risks_everywhere"),
        "way": area_way(EVERYWHERE.name),
        "lead": zh("各单位现行清单里的廉政风险，等级高的在前。没有现行清单的，看正在编制的。"),
    }
    return list_page(
        request,
        table=EVERYWHERE,
        state=state,
        source=catalogue(own_editions(request), state.filters),
        context=shown,
    )


def _of(edition: Edition, conditions: Mapping[str, str]) -> Rows[RiskLine]:
    return catalogue(Edition.objects.filter(number=edition.number), conditions)


def table_of(profile: Profile, *, with_unit: bool = False) -> Table[RiskLine]:
    """Return the catalogue in the words of a profile."""
    layers = tuple((one.value, profile.layers.get(one) or one.label) for one in Layer)
    grades = tuple((str(one), profile.grade_label(one)) for one in GRADES)
    unit = Filter("unit", zh("单位"), hint=zh("名称中的几个字"))
    return Table(
        name=zh("风险等级目录"),
        columns=(
            Column(
                "grade",
                zh("等级"),
                lambda row: grade_badge(row.profile, row.risk.grade),
                Sort("rank", int),
            ),
            *((_UNIT,) if with_unit else ()),
            Column(
                "power",
                zh("权力"),
                lambda row: row.power or None,
                link=lambda row: sheet_link(row.edition, row.risk.power),
            ),
            Column("step", zh("环节"), lambda row: row.step),
            Column("text", zh("风险点"), lambda row: row.risk.text, link=_item),
            Column("shows", zh("表现形式"), lambda row: row.risk.manifestation, is_shown=False),
            Column("post", zh("岗位"), lambda row: row.risk.post, Sort("post"), is_shown=with_unit),
            Column("controls", zh("防控措施"), _controls),
            Column("owners", zh("责任岗位"), lambda row: _each(row, "post")),
            Column("supervisors", zh("监督人"), lambda row: _each(row, "supervisor")),
            Column("layer", zh("风险层面"), lambda row: row.risk.layer, is_shown=False),
            Column("audience", zh("公开范围"), _audience),
        ),
        sort="grade",
        identity=lambda row: str(row.number),
        filters=(
            Filter("grade", zh("风险等级"), (*grades, ("none", zh("未定级")))),
            Filter("search", zh("编码或文字"), hint=zh("编码开头，或几个字")),
            Filter("layer", zh("风险层面"), layers),
            Filter("post", zh("岗位"), hint=zh("名称中的几个字")),
            *((unit,) if with_unit else ()),
        ),
        empty=zh("还没有登记风险。查找、定级之后，按等级列在这里。"),
        plain=("grade", "text", "controls"),
    )


def _item(row: RiskLine) -> str:
    return address("lists:item", row.edition, ItemKind.RISK.value, row.risk.code)


def _controls(row: RiskLine) -> Value:
    said = [one.text for one in row.controls if one.text]
    return listing(said) if said else zh("▲ 没有防控措施")


def _audience(row: RiskLine) -> Value:
    """Return who may see a risk, by itself or by the profile (S4-06)."""
    audience = audience_of(row.risk, row.profile)
    return audience.label if audience else zh("不公开")


def _each(row: RiskLine, name: str) -> Value:
    said = dict.fromkeys(getattr(one, name) for one in row.controls)
    return listing(one for one in said if one) or None


EVERYWHERE = table_of(Profile(code=""), with_unit=True)
