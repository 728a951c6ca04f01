"""The list of units."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.listing import list_page
from guiju.base.org.pages.ways import YES
from guiju.base.org.reads import lists
from guiju.base.org.reads.lists import UnitLine
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.organisation.words import UnitKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission


def _state(row: UnitLine) -> Badge:
    today = timezone.localdate()
    if row.abolished and row.abolished <= today:
        return Badge("calm", zh("已撤销"))
    if row.founded and row.founded > today:
        return Badge("wait", zh("尚未设立"))
    return Badge("good", zh("现有"))


TABLE: Table[UnitLine] = Table(
    name=zh("单位"),
    columns=(
        Column(
            "name",
            zh("名称"),
            lambda row: row.name,
            Sort("name"),
            lambda row: page_of("org:unit", row.reference),
        ),
        Column("kind", zh("类别"), lambda row: row.kind),
        Column("parent", zh("上级单位"), lambda row: row.parent),
        Column("posts", zh("岗位数"), lambda row: row.posts, is_numeric=True),
        Column("vacant", zh("空缺数"), lambda row: row.vacant, is_numeric=True),
        Column("state", zh("状态"), _state),
        Column("code", zh("单位编号"), lambda row: row.code, Sort("code")),
        Column("key", zh("重点单位"), lambda row: row.is_key, is_shown=False),
        Column("founded", zh("设立日期"), lambda row: row.founded, is_shown=False),
        Column("abolished", zh("撤销日期"), lambda row: row.abolished, is_shown=False),
    ),
    sort="code",
    plain=("name", "posts", "vacant"),
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("名称或编号"), hint=zh("名称中的几个字")),
        Filter("kind", zh("类别"), tuple((one.value, one.label) for one in UnitKind)),
        Filter("state", zh("状态"), (("current", zh("现有")), ("abolished", zh("已撤销")))),
        Filter("key", zh("重点单位"), YES),
    ),
    empty=zh("还没有单位。导入组织表，或逐个设立，就会列在这里。"),
)


@needs(Permission.ORG_READ)
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    rows = lists.units(
        scope_of(request, Permission.ORG_READ), state.filters, on=timezone.localdate()
    )
    lead = zh("您有权查看的单位，撤销了的也在内。岗位数和空缺数只算单位自己的。")
    return list_page(
        request, "org:units", table=TABLE, state=state, source=rows, context={"lead": lead}
    )
