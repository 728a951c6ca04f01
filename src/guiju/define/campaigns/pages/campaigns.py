"""The list of campaigns, and those of one edition."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of, standing
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.words_campaigns import CampaignState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.campaigns.pages.frame import badge_of
from guiju.define.campaigns.reads.campaigns import CampaignLine, campaigns
from guiju.define.lists.pages import frame

TABLE: Table[CampaignLine] = Table(
    name=zh("风险排查"),
    columns=(
        Column(
            "name",
            zh("排查"),
            lambda row: row.name,
            Sort("name"),
            lambda row: page_of("campaigns:campaign", row.reference),
        ),
        Column("unit", zh("单位"), lambda row: row.unit_name, Sort("edition__unit__name")),
        Column(
            "edition",
            zh("清单"),
            lambda row: zh("{name} · 第 {ordinal} 版", name=row.title, ordinal=row.ordinal),
            None,
            lambda row: page_of("lists:edition", row.edition),
        ),
        Column(
            "state",
            zh("状态"),
            lambda row: badge_of(row.state, is_late=row.due_at < timezone.now()),
        ),
        Column("asked", zh("请的人"), lambda row: row.asked, is_numeric=True),
        Column("open", zh("没有答复"), lambda row: row.open, is_numeric=True),
        Column("proposals", zh("提议"), lambda row: row.proposals, is_numeric=True),
        Column("due", zh("截止"), lambda row: row.due_at, Sort("due_at")),
        Column("begun", zh("开始"), lambda row: row.begun_at, Sort("begun_at")),
    ),
    sort="-begun",
    plain=("name", "state", "open"),
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("名称或单位"), hint=zh("名称中的几个字")),
        Filter("state", zh("状态"), tuple((one.value, one.label) for one in CampaignState)),
    ),
    empty=zh("还没有排查。打开一版草稿，点「开始风险排查」，请各岗位的人来查。"),
)


@needs(Permission.LISTS_READ)
@require_safe
def campaigns_page(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    shown = {
        "tabs": frame.area_tabs(request, "campaigns:campaigns"),
        "way": frame.way(None, Crumb(TABLE.name)),
        "lead": zh("请各岗位的人一起找风险：谁还没有答复、各渠道提了多少，都在这里。不设指标。"),
    }
    source = campaigns(
        scope_of(request, Permission.LISTS_READ), standing(request).person, state.filters
    )
    return frame.list_page(request, table=TABLE, state=state, source=source, context=shown)


@needs(Permission.LISTS_READ)
@require_safe
def of_edition(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the campaigns of an edition."""
    found = frame.reached(request, identity)
    state = read_state(request.GET, TABLE)
    conditions = {**state.filters, "edition": found.reference}
    source = campaigns(
        scope_of(request, Permission.LISTS_READ), standing(request).person, conditions
    )
    shown = frame.head(request, found, "campaigns:of_edition")
    return frame.list_page(request, table=TABLE, state=state, source=source, context=shown)
