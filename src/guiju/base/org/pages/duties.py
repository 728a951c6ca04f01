"""法定职责: which unit or body carries which statutory duty, for whom and since when (K4, K13)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.org.models import Duty
from guiju.base.org.pages.reaching import reached
from guiju.base.org.pages.ways import read_day, tabs, way
from guiju.base.org.reads import duties as reads
from guiju.base.org.reads.duties import Carried
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import may, scope_of
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_MOST_WANTING = 30


def _state(row: Carried) -> Value:
    if row.is_gone:
        return Badge("warn", zh("承担单位已撤销"))
    return Badge("calm", zh("已结束")) if row.end else Badge("good", zh("承担中"))


TABLE: Table[Carried] = Table(
    name=zh("法定职责"),
    columns=(
        Column(
            "duty",
            zh("职责"),
            lambda row: row.duty.label,
            Sort("kind"),
            link=lambda row: page_of("org:duty", row.reference),
        ),
        Column("area", zh("范围"), lambda row: zh("{unit}及其下级", unit=row.area_name)),
        Column("carrier", zh("承担单位"), lambda row: row.carrier_name),
        Column("before", zh("原承担单位"), lambda row: row.before),
        Column("start", zh("开始日期"), lambda row: row.start, Sort("start_date", date)),
        Column("end", zh("结束日期"), lambda row: row.end),
        Column("state", zh("状态"), _state),
        Column("document", zh("文号"), lambda row: row.document, is_shown=False),
    ),
    sort="duty",
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("承担单位"), hint=zh("名称中的几个字，也可以是改名、合并以前的")),
        Filter("duty", zh("职责"), tuple((one.value, one.label) for one in StatutoryDuty)),
        Filter("state", zh("状态"), (("current", zh("承担中")), ("ended", zh("已结束")))),
    ),
    empty=zh("还没有登记。登记以后，审批链上的「合法性审核」等步骤就知道该找哪个单位。"),
)


@needs(Permission.ORG_READ)
@require_safe
def duties(request: HttpRequest) -> HttpResponseBase:
    """Show the list; before it which duties nobody carries."""
    state, day = read_state(request.GET, TABLE), read_day(request)
    scope = scope_of(request, Permission.ORG_READ)
    shown: dict[str, object] = {"tabs": tabs(request, "org:duties"), "way": way()}
    if not state.format:
        wanting = reads.wanting(scope, on=day.on)
        shown |= {
            "wanting": [(one, page_of("org:unit", one.area)) for one in wanting[:_MOST_WANTING]],
            "more_wanting": max(0, len(wanting) - _MOST_WANTING),
            "may_assign": may(request, Permission.ORG_EDIT),
        }
    return answer(
        request,
        "org/duties.html",
        table=TABLE,
        state=state,
        source=reads.duties(scope, state.filters, on=day.on),
        may_export=may(request, Permission.ORG_EXPORT),
        context=shown,
    )


@needs(Permission.ORG_READ)
@require_safe
def duty(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show one entry; with the ways to hand it over or end it, to those who may."""
    row = reached(Duty, identity, scope_of(request, Permission.ORG_READ))
    shown = {
        "row": row,
        "kind": StatutoryDuty.of(row.kind).label,
        "carrier": row.carrier.name,
        "identity": identity,
        "may_change": scope_of(request, Permission.ORG_EDIT).covers(row.area.path),
        "way": way(Crumb(zh("法定职责"), reverse("org:duties"))),
    }
    return render(request, "org/duty.html", shown)
