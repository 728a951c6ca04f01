"""Who holds which role now."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.access import reads
from guiju.base.access.pages.tabs import tabs
from guiju.base.access.reads import GrantShown
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role


def _page(row: GrantShown) -> str:
    return reverse("access:account", args=[row.account]) if row.account else ""


TABLE: Table[GrantShown] = Table(
    name=zh("角色"),
    columns=(
        Column("name", zh("人员"), lambda row: row.name, link=_page),
        Column("role", zh("角色"), lambda row: row.role, Sort("role")),
        Column("place", zh("范围"), lambda row: row.place or zh("整个系统")),
        Column("start", zh("开始日期"), lambda row: row.start, Sort("start_date", date)),
        Column("end", zh("结束日期"), lambda row: row.end or zh("长期")),
        Column("by", zh("授予人"), lambda row: row.granted_by, is_shown=False),
    ),
    sort="role",
    identity=lambda row: row.identity,
    filters=(Filter("role", zh("角色"), tuple((one.value, one.label) for one in Role)),),
    empty=zh("还没有人有角色。请从账号页授予。"),
)


@needs(Permission.MATRIX_READ)
@require_safe
def roles(request: HttpRequest) -> HttpResponseBase:
    """Show the list; names lead to accounts where the reader may open them."""
    state = read_state(request.GET, TABLE)
    rows = reads.grants_held(role=state.filters.get("role", ""), on=timezone.localdate())
    shown = {
        "tabs": tabs(request, "access:roles"),
        "remarks": reads.remarks(),
        "may_grant": may(request, Permission.ROLE_GRANT),
    }
    return answer(
        request, "access/roles.html", table=TABLE, state=state, source=rows, context=shown
    )
