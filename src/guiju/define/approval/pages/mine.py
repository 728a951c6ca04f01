"""送我审签的: what was put before the reader."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.reads.reviews import ReviewLine, mine
from guiju.define.lists.pages.frame import area_tabs, list_page, state_badge, way


def _mine(row: ReviewLine) -> Value:
    if row.is_returned is None:
        return Badge("warn", zh("等您签")) if row.is_open else Badge("calm", zh("不必再签"))
    return Badge("bad", zh("已退回")) if row.is_returned else Badge("good", zh("已签"))


TABLE: Table[ReviewLine] = Table(
    name=zh("送我审签的"),
    columns=(
        Column(
            "title",
            zh("清单"),
            lambda row: zh("{name} · 第 {ordinal} 版", name=row.title, ordinal=row.ordinal),
            link=lambda row: page_of("approval:review", row.edition),
        ),
        Column("unit", zh("单位"), lambda row: row.unit_name),
        Column("step", zh("环节"), lambda row: row.step),
        Column("mine", zh("我的签署"), _mine),
        Column("state", zh("清单状态"), lambda row: state_badge(row.state)),
        Column("asked", zh("送来时间"), lambda row: row.asked_at, Sort("opened_at")),
    ),
    sort="-asked",
    plain=("title", "mine"),
    identity=lambda row: str(row.seat),
    filters=(
        Filter("state", zh("我的签署"), (("open", zh("等我签的")), ("done", zh("办过的")))),
        Filter("search", zh("名称或单位"), hint=zh("名称中的几个字")),
    ),
    empty=zh("没有送您审签的清单。轮到您签时，工作台会有任务，也列在这里。"),
)


@needs(Permission.LISTS_SIGN)
@require_safe
def mine_page(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    shown = {
        "tabs": area_tabs(request, "approval:mine"),
        "way": way(None, Crumb(TABLE.name)),
        "lead": zh("轮到您审核、审定、批准、备案的清单，以及您办过的；受托代办岗位的也在这里。"),
    }
    source = mine(standing(request).person, state.filters)
    return list_page(request, table=TABLE, state=state, source=source, context=shown)
