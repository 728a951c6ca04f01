"""The accounts: who can get in, when they last did, and how well that is secured."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.access import reads
from guiju.base.access.pages.badges import factor_badge, state_badge
from guiju.base.access.pages.tabs import tabs
from guiju.base.access.policies import AccountState
from guiju.base.access.reads import AccountRow
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission


def _page(row: AccountRow) -> str:
    return reverse("access:account", args=[row.identity])


TABLE: Table[AccountRow] = Table(
    name=zh("账号"),
    columns=(
        Column("login", zh("登录名"), lambda row: row.login_name, Sort("login_name"), _page),
        Column("name", zh("姓名"), lambda row: row.display_name, Sort("display_name")),
        Column("state", zh("状态"), lambda row: state_badge(row.state)),
        Column("roles", zh("角色"), lambda row: listing(role.label for role in row.roles)),
        Column("used", zh("最近登录"), lambda row: row.last_used_at),
        Column("factor", zh("第二重验证"), lambda row: factor_badge(has_one=row.has_second_factor)),
    ),
    sort="login",
    identity=lambda row: row.identity,
    filters=(
        Filter("search", zh("登录名或姓名"), hint=zh("从开头写起")),
        Filter("state", zh("状态"), tuple((one.value, one.label) for one in AccountState)),
    ),
    empty=zh("还没有账号。开设后，本人用一次性链接设置密码。"),
)


@needs(Permission.ACCOUNT_READ)
@require_safe
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    rows = reads.accounts(
        search=state.filters.get("search", ""),
        state=state.filters.get("state", ""),
        at=timezone.now(),
    )
    shown = {
        "tabs": tabs(request, "access:accounts"),
        "may_open": may(request, Permission.ACCOUNT_EDIT),
    }
    return answer(
        request, "access/accounts.html", table=TABLE, state=state, source=rows, context=shown
    )
