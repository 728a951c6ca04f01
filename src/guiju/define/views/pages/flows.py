"""以流程为线: every step of every flow, with its post and its risks (S4-03, S4-04)."""

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
from guiju.core.lists.lint.view import named
from guiju.core.lists.outline import Stage
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Layer
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission, Phase, StepKind
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, reached
from guiju.define.lists.profiles import profile_of
from guiju.define.views.pages.frame import about_edition, sheet_link
from guiju.define.views.reads.chains import StepLine, stages
from guiju.define.views.reads.outlines import outline_of

_MOST_RISKS = 5


@needs(Permission.LISTS_READ)
@require_safe
def flows(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the steps of an edition's flows in use."""
    found = reached(request, identity)
    table = table_of(found, profile_of(found))
    state = read_state(request.GET, table)
    kept = wanted(outline_of(found).stages, state.filters)
    source = Filled(InOrder(kept, lambda row: row.number), lambda some: stages(found, some))
    return about_edition(request, found, "views:flows", table, state, source)


def wanted(rows: Sequence[Stage], conditions: Mapping[str, str]) -> Sequence[Stage]:
    """Return the rows that fit the conditions that are set."""
    return [row for row in rows if is_wanted(row, conditions)] if any(conditions.values()) else rows


def is_wanted(row: Stage, conditions: Mapping[str, str]) -> bool:
    """Tell whether a step fits the conditions that are set."""
    text, post = conditions.get("search", ""), conditions.get("post", "")
    phase, kind = conditions.get("phase", ""), conditions.get("kind", "")
    layer, key = conditions.get("layer", ""), conditions.get("key", "")
    return (
        (not text or any(text in name for name in row.names))
        and (not layer or row.layer == layer)
        and (not post or post in row.post)
        and (not phase or row.phase == phase)
        and (not kind or row.kind == kind)
        and (not key or row.is_key is (key == "yes"))
    )


def table_of(edition: Edition, profile: Profile) -> Table[StepLine]:
    """Return the list of steps in the words of a profile."""
    layers = tuple((one.value, profile.layers.get(one) or one.label) for one in Layer)
    return Table(
        name=zh("按流程"),
        columns=(
            Column(
                "number", zh("序"), lambda row: row.number, Sort("number", int), is_numeric=True
            ),
            Column(
                "flow",
                zh("流程"),
                lambda row: row.flow.name or row.flow.code,
                link=lambda row: address("lists:item", edition, "flow", row.flow.code),
            ),
            Column(
                "power",
                zh("权力"),
                lambda row: row.power.name if row.power else None,
                link=lambda row: sheet_link(edition, row.power.code if row.power else ""),
            ),
            Column("layer", zh("流程层面"), lambda row: row.flow.layer, is_shown=False),
            Column("step", zh("步骤"), lambda row: named(row.step) if row.step else None),
            Column(
                "kind",
                zh("步骤类型"),
                lambda row: row.step.step if row.step else None,
                is_shown=False,
            ),
            Column("phase", zh("阶段"), lambda row: row.step.phase if row.step else None),
            Column("post", zh("岗位"), lambda row: row.step.post if row.step else None),
            Column("limit", zh("时限"), _limit),
            Column("key", zh("关键环节"), _key),
            Column("risks", zh("风险点"), _risks),
        ),
        sort="number",
        identity=lambda row: str(row.number),
        filters=(
            Filter("search", zh("流程或权力"), hint=zh("名称中的几个字")),
            Filter("post", zh("岗位"), hint=zh("名称中的几个字")),
            Filter("phase", zh("阶段"), tuple((one.value, one.label) for one in Phase)),
            Filter("kind", zh("步骤类型"), tuple((one.value, one.label) for one in StepKind)),
            Filter("key", zh("关键环节"), (("yes", zh("是")), ("no", zh("否")))),
            Filter("layer", zh("流程层面"), layers),
        ),
        empty=zh("这一版还没有流程。录入步骤表或上传流程图后，每一步的岗位和风险列在这里。"),
        plain=("flow", "step", "post"),
    )


def _limit(row: StepLine) -> Value:
    limit = row.step.limit if row.step else None
    return zh("{amount} {unit}", amount=limit.amount, unit=limit.unit.label) if limit else None


def _key(row: StepLine) -> Value:
    return zh("◆ 关键") if row.note and row.note.is_key else None


def _risks(row: StepLine) -> Value:
    return listing((one.text for one in row.risks), most=_MOST_RISKS) if row.risks else None
