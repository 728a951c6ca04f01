"""The matrix 权力 × 步骤 × 风险 × 措施 × 责任, and the units whose chains are broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.sources import Filled, InOrder
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.lists.coverage import CoverageRow, Hole
from guiju.core.lists.lint.view import named
from guiju.core.lists.outline import Chain
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, area_tabs, list_page, reached
from guiju.define.lists.profiles import profile_of
from guiju.define.views.pages.frame import (
    area_way,
    edition_note,
    frame,
    grade_badge,
    own_editions,
    sheet_link,
)
from guiju.define.views.reads.chains import chains
from guiju.define.views.reads.counted import UnitHoles, unit_holes
from guiju.define.views.reads.outlines import outline_of

_ANY = "any"


@needs(Permission.LISTS_READ)
@require_safe
def matrix(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the chains of one edition."""
    found = reached(request, identity)
    table = table_of(found, profile_of(found))
    state = read_state(request.GET, table)
    known = outline_of(found)
    kept = wanted(known.chains, state.filters)
    shown = frame(request, found, "views:coverage") | {
        "holes": hole_links(found, known.holes),
        "placed": known.placed,
    }
    return list_page(
        request,
        table=table,
        state=state,
        source=Filled(InOrder(kept, lambda row: row.number), lambda some: chains(found, some)),
        context=shown,
        template="views/coverage.html",
    )


def hole_links(edition: Edition, counts: Mapping[Hole, int]) -> list[tuple[Sentence, int, str]]:
    """Return every kind of hole with its number and the list of them."""
    link = address("views:coverage", edition)
    return [(hole.label, count, f"{link}?hole={hole.value}") for hole, count in counts.items()]


def wanted(rows: Sequence[Chain], conditions: Mapping[str, str]) -> Sequence[Chain]:
    """Return the rows that fit the conditions that are set."""
    return [row for row in rows if is_wanted(row, conditions)] if any(conditions.values()) else rows


def is_wanted(row: Chain, conditions: Mapping[str, str]) -> bool:
    """Tell whether a row fits the conditions that are set."""
    hole, text = conditions.get("hole", ""), conditions.get("search", "")
    grade, post = conditions.get("grade", ""), conditions.get("post", "")
    return (
        (not hole or (bool(row.holes) if hole == _ANY else hole in row.holes))
        and (not text or text in row.name or (bool(row.power) and row.power.startswith(text)))
        and (not grade or str(row.grade) == grade)
        and (not post or any(post in one for one in row.posts))
    )


def table_of(edition: Edition, profile: Profile) -> Table[CoverageRow]:
    """Return the matrix in the words of a profile."""

    def link(row: CoverageRow) -> str:
        return sheet_link(edition, row.power.code if row.power else "")

    return Table(
        name=zh("覆盖矩阵"),
        columns=(
            Column(
                "number", zh("序"), lambda row: row.number, Sort("number", int), is_numeric=True
            ),
            Column("power", zh("权力"), _power, link=link),
            Column(
                "flow", zh("流程"), lambda row: row.flow.name if row.flow else None, is_shown=False
            ),
            Column("step", zh("步骤"), lambda row: named(row.step) if row.step else None),
            Column("post", zh("步骤岗位"), lambda row: row.step.post if row.step else None),
            Column("risk", zh("风险点"), lambda row: row.risk.text if row.risk else None),
            Column("grade", zh("等级"), lambda row: _grade(profile, row)),
            Column(
                "control", zh("防控措施"), lambda row: row.control.text if row.control else None
            ),
            Column("owner", zh("责任岗位"), lambda row: row.control.post if row.control else None),
            Column(
                "supervisor",
                zh("监督人"),
                lambda row: row.control.supervisor if row.control else None,
            ),
            Column("holes", zh("缺口"), _holes),
        ),
        sort="number",
        identity=lambda row: str(row.number),
        filters=_filters(profile),
        empty=zh(
            "这一版还没有内容。录入权力、流程、风险、措施后，从权力到责任人的每一环都列在这里。"
        ),
        plain=("power", "risk", "holes"),
    )


def _filters(profile: Profile) -> tuple[Filter, ...]:
    return (
        Filter(
            "hole",
            zh("缺口"),
            (
                (_ANY, zh("只看有缺口的")),
                *((one.value, one.label) for one in Hole),
            ),
        ),
        Filter("search", zh("权力编码或名称")),
        Filter(
            "grade",
            zh("风险等级"),
            tuple((str(one), profile.grade_label(one)) for one in GRADES),
        ),
        Filter("post", zh("岗位"), hint=zh("名称中的几个字")),
    )


def _power(row: CoverageRow) -> Value:
    return (row.power.name or row.power.code) if row.power else zh("不属于某项权力")


def _grade(profile: Profile, row: CoverageRow) -> Value:
    return grade_badge(profile, row.risk.grade) if row.risk else None


def _holes(row: CoverageRow) -> Value:
    return zh("▲ {holes}", holes=listing(one.label for one in row.holes)) if row.holes else None


def _counted(hole: Hole) -> Column[UnitHoles]:
    def link(row: UnitHoles) -> str:
        return f"{address('views:coverage', row.edition)}?hole={hole.value}"

    return Column(hole.value, hole.label, lambda row: row.holes[hole], None, link, is_numeric=True)


EVERYWHERE: Table[UnitHoles] = Table(
    name=zh("覆盖矩阵"),
    columns=(
        Column(
            "unit",
            zh("单位"),
            lambda row: row.edition.unit.name,
            Sort("unit__name"),
            lambda row: address("views:coverage", row.edition),
        ),
        Column("edition", zh("清单"), lambda row: edition_note(row.edition)),
        *map(_counted, Hole),
    ),
    sort="unit",
    identity=lambda row: row.edition.reference,
    filters=(Filter("search", zh("单位"), hint=zh("名称中的几个字")),),
    empty=zh("还没有清单。各单位编制清单后，从权力到责任人的链条哪里断了，都列在这里。"),
    plain=("unit", Hole.NO_FLOW.value, Hole.NO_CONTROL.value),
)


@needs(Permission.LISTS_READ)
@require_safe
def everywhere(request: HttpRequest) -> HttpResponseBase:
    """Show the units of the reader's scope, each with its holes."""
    state = read_state(request.GET, EVERYWHERE)
    shown = {
        "tabs": area_tabs(request, "views:coverage_everywhere"),
        "way": area_way(EVERYWHERE.name),
        "lead": zh(
            "从权力到流程、风险、措施、责任人，哪一环断了、有几处。"
            "点数字看是哪几处。每个单位看现行清单，没有现行的看正在编制的。"
        ),
    }
    return list_page(
        request,
        table=EVERYWHERE,
        state=state,
        source=unit_holes(own_editions(request), state.filters),
        context=shown,
    )
