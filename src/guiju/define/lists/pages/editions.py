"""The list of editions: whose lists stand where (S3-01)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.access.places import names
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may, scope_of, standing
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import area_tabs, list_page, state_badge, way
from guiju.define.lists.reads.editions import EditionLine, editions

_COUNTED = (ItemKind.POWER, ItemKind.FLOW, ItemKind.RISK, ItemKind.CONTROL)


def _counted(kind: ItemKind) -> Column[EditionLine]:
    return Column(kind.value, kind.label, lambda row: row.counts.get(kind, 0), is_numeric=True)


TABLE: Table[EditionLine] = Table(
    name=zh("四单"),
    columns=(
        Column(
            "title",
            zh("清单"),
            lambda row: zh("{name} · 第 {ordinal} 版", name=row.title, ordinal=row.ordinal),
            Sort("title"),
            lambda row: page_of("lists:edition", row.reference),
        ),
        Column(
            "unit",
            zh("单位"),
            lambda row: row.unit_name,
            Sort("unit__name"),
            lambda row: page_of("org:unit", row.unit),
        ),
        Column("state", zh("状态"), lambda row: state_badge(row.state)),
        *map(_counted, _COUNTED),
        Column("from", zh("生效日期"), lambda row: row.valid_from),
        Column("until", zh("失效日期"), lambda row: row.valid_to, is_shown=False),
        Column("changed", zh("最近改动"), lambda row: row.changed_at, Sort("changed_at")),
    ),
    sort="-changed",
    plain=("title", "state"),
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("名称或单位"), hint=zh("名称中的几个字")),
        Filter(
            "state",
            zh("状态"),
            (
                ("open", zh("编制、审核、公示中")),
                ("in_use", zh("正在使用")),
                *((one.value, one.label) for one in EditionState),
            ),
        ),
    ),
    empty=zh("还没有清单。编制员开始编制后，每个单位的各版清单都列在这里。"),
)


@needs(Permission.LISTS_READ)
@require_safe
def editions_page(request: HttpRequest) -> HttpResponseBase:
    """Show the list; of one unit where the address names it."""
    state = read_state(request.GET, TABLE)
    unit = request.GET.get("unit", "")
    conditions = {**state.filters, "unit": unit}
    source = editions(
        scope_of(request, Permission.LISTS_READ), standing(request).person, conditions
    )
    shown = {
        "tabs": area_tabs(request, "lists:editions"),
        "way": way(),
        "lead": zh(
            "权力、流程、风险、防控四张清单，连同责任事项、负面清单和裁量基准，"
            "合成一个单位的一版清单：先编制，再审核、公示，然后生效。"
        ),
        "of_unit": names([unit]).get(unit, "") if unit else "",
        "all_units": reverse("lists:editions"),
        "begin": reverse("lists:begin") if may(request, Permission.LISTS_EDIT) else "",
    }
    return list_page(
        request,
        table=TABLE,
        state=state,
        source=source,
        context=shown,
        template="lists/editions.html",
    )
