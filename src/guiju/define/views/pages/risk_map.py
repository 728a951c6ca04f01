"""The map of risks: units by grade, as numbers and as a shape."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.heat import Heat
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.words import Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import address, area_tabs, list_page
from guiju.define.views.pages.frame import area_way, edition_note, own_editions
from guiju.define.views.reads.risks import UNGRADED, UnitRisks, grade_totals, unit_risks

_RANKS: dict[int, tuple[str, Sentence]] = {
    1: ("1", zh("一级风险")),
    2: ("2", zh("二级风险")),
    3: ("3", zh("三级风险")),
    UNGRADED: ("none", zh("未定级")),
}


def _graded(rank: int, layer: str) -> Column[UnitRisks]:
    grade, label = _RANKS[rank]

    def link(row: UnitRisks) -> str:
        return f"{address('views:risks', row.edition)}?grade={grade}" + _more(layer)

    return Column(
        f"grade_{grade}",
        label,
        lambda row: Heat.among(row.counts.get(rank, 0), row.most),
        None,
        link,
        is_numeric=True,
    )


def _more(layer: str) -> str:
    return f"&layer={layer}" if layer else ""


def table_of(layer: str = "") -> Table[UnitRisks]:
    """Return the map; its numbers lead to the risks of one layer where it shows one."""
    return Table(
        name=zh("风险地图"),
        columns=(
            Column(
                "unit",
                zh("单位"),
                lambda row: row.edition.unit.name,
                Sort("unit__name"),
                lambda row: address("views:risks", row.edition),
            ),
            *(_graded(rank, layer) for rank in _RANKS),
            Column("total", zh("合计"), lambda row: row.total, is_numeric=True),
            Column("edition", zh("清单"), lambda row: edition_note(row.edition)),
        ),
        sort="unit",
        identity=lambda row: row.edition.reference,
        filters=(
            Filter("search", zh("单位"), hint=zh("名称中的几个字")),
            Filter("layer", zh("风险层面"), tuple((one.value, one.label) for one in Layer)),
        ),
        empty=zh("还没有清单。各单位登记风险并定级后，哪个单位哪一级有多少，都列在这里。"),
        plain=("unit", "grade_1", "total"),
    )


@needs(Permission.LISTS_READ)
@require_safe
def risk_map(request: HttpRequest) -> HttpResponseBase:
    """Show the map over all units of the reader's scope."""
    layer = request.GET.get("layer", "")
    layer = layer if layer in {one.value for one in Layer} else ""
    table = table_of(layer)
    state = read_state(request.GET, table)
    mine = own_editions(request)
    totals = grade_totals(mine, layer=layer)
    link = reverse("views:risks_everywhere")
    shown = {
        "tabs": area_tabs(request, "views:risk_map"),
        "way": area_way(table.name),
        "lead": zh(
            "各单位现行清单里的廉政风险有多少、在哪一级；没有现行清单的，看正在编制的。"
            "柱子越高，这一格在本页各格里越多。点数字看是哪些风险。"
        ),
        "figures": [
            (label, totals[rank], f"{link}?grade={grade}" + _more(layer))
            for rank, (grade, label) in _RANKS.items()
        ],
    }
    return list_page(
        request,
        table=table,
        state=state,
        source=unit_risks(mine, state.filters, layer=layer),
        context=shown,
        template="views/risk_map.html",
    )
