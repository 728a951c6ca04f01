"""The list of profiles: those that come with Guiju and those that bodies keep themselves."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import ListState, read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import may, scope_of, standing
from guiju.base.ui.sources import AtHand
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.pages import frame
from guiju.define.profiles.reads.profiles import ProfileLine, profile_lines
from guiju.exchange.profile_files import built_in

LEAD = zh(
    "清单按配置来编、来查、来批：等级怎么定，谁来找，经谁批准，公开给谁。"
    "系统自带三套；单位可以复制一套，改成自己的，从某一天起用。"
)


def page_of_line(row: ProfileLine) -> str:
    """Return the address of a profile's page."""
    if row.reference:
        return page_of("profiles:profile", row.reference)
    return reverse("profiles:built_in", args=[row.code])


def _state(row: ProfileLine) -> Badge:
    if row.ended is not None and row.ended <= timezone.localdate():
        return Badge("calm", zh("已停用"))
    if row.since is not None:
        return Badge("good", zh("现行"))
    return Badge("warn", zh("将启用")) if row.next_from else Badge("wait", zh("草稿"))


def _version(row: ProfileLine) -> Sentence | None:
    if not row.reference or not row.ordinal:
        return None
    return zh("第 {ordinal} 版", ordinal=row.ordinal)


TABLE: Table[ProfileLine] = Table(
    name=zh("配置"),
    columns=(
        Column("name", zh("名称"), lambda row: row.name, Sort("name"), page_of_line),
        Column(
            "unit",
            zh("单位"),
            lambda row: row.unit_name or zh("系统自带"),
            Sort("order", int),
            lambda row: page_of("org:unit", row.unit),
        ),
        Column(
            "base",
            zh("代替"),
            lambda row: built_in(row.base).name if row.reference else None,
        ),
        Column("state", zh("状态"), _state),
        Column("version", zh("版本"), _version),
        Column("since", zh("从哪天起"), lambda row: row.since),
        Column("next", zh("新版从哪天起"), lambda row: row.next_from),
        Column("draft", zh("有草稿"), lambda row: zh("有") if row.has_draft else None),
        Column("ended", zh("停用日期"), lambda row: row.ended, is_shown=False),
        Column("editions", zh("用它的清单"), lambda row: row.editions, is_numeric=True),
    ),
    sort="unit",
    plain=("name", "state"),
    identity=lambda row: row.reference or row.code,
    filters=(
        Filter("search", zh("名称或单位"), hint=zh("名称中的几个字")),
        Filter("own", zh("谁的"), (("yes", zh("单位自己的")), ("no", zh("系统自带")))),
    ),
    empty=zh("没有这样的配置。请换个条件。"),
)


def source_of(request: HttpRequest, state: ListState) -> AtHand[ProfileLine]:
    """Return the profiles that the reader may see and asked for."""
    lines = profile_lines(
        scope_of(request, Permission.LISTS_READ), standing(request).person, timezone.localdate()
    )
    if text := state.filters.get("search", ""):
        lines = [one for one in lines if text in one.name or text in one.unit_name]
    if own := state.filters.get("own", ""):
        lines = [one for one in lines if bool(one.reference) == (own == "yes")]
    return AtHand(lines, lambda row: row.order)


@needs(Permission.LISTS_READ)
@require_safe
def profiles_page(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    shown = {
        "tabs": frame.area_tabs(request, "profiles:profiles"),
        "way": frame.way(None, Crumb(TABLE.name)),
        "lead": LEAD,
        "copy_at": reverse("profiles:copy") if may(request, Permission.PROFILE_EDIT) else "",
    }
    return frame.list_page(
        request,
        table=TABLE,
        state=state,
        source=source_of(request, state),
        context=shown,
        template="profiles/profiles.html",
    )
