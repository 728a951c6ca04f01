"""制度缺口: documents that no longer hold, powers without any; each may be given to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.language import say
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.gaps import Gap, GapKind, gaps
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, reached
from guiju.define.lists.reads.kept import Kept
from guiju.define.lists.reads.whole import whole
from guiju.define.views.pages.frame import at_hand, sheet_link

_TONES = {GapKind.MISSING: "bad", GapKind.REPEALED: "bad", GapKind.AMENDED: "warn"}
_MOST_TITLE = 80
_KEPT: Kept[tuple[Gap, ...]] = Kept(64)


@needs(Permission.LISTS_READ)
@require_safe
def register(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the register of an edition."""
    found = reached(request, identity)
    table = table_of(found, may_assign=may(request, Permission.TASK_ASSIGN))
    state = read_state(request.GET, table)
    key = (found.reference, found.revision)
    known = _KEPT.of(key, lambda: gaps(whole(found)))
    rows = [one for one in known if _is_wanted(one, state.filters)]
    return at_hand(request, found, "views:gaps", table, state, rows)


def _is_wanted(gap: Gap, conditions: Mapping[str, str]) -> bool:
    kind, text = conditions.get("kind", ""), conditions.get("search", "")
    return (not kind or gap.kind == kind) and text in gap.title


def table_of(edition: Edition, *, may_assign: bool) -> Table[Gap]:
    """Return the register; whoever may give tasks has a way to do so from each gap."""
    given: Column[Gap] = Column(
        "assign", zh("办理"), lambda _row: zh("交办任务"), None, lambda row: _assign(edition, row)
    )
    return Table(
        name=zh("制度缺口"),
        columns=(
            Column("kind", zh("缺口"), lambda row: Badge(_TONES[row.kind], row.kind.label)),
            Column(
                "title",
                zh("制度或权力"),
                lambda row: row.title,
                Sort("title"),
                lambda row: _page(edition, row),
            ),
            Column("powers", zh("涉及的权力"), lambda row: row.powers, is_numeric=True),
            Column("controls", zh("涉及的措施"), lambda row: row.controls, is_numeric=True),
            *((given,) if may_assign else ()),
        ),
        sort="title",
        identity=lambda row: str(row.number),
        filters=(
            Filter("search", zh("制度或权力"), hint=zh("名称中的几个字")),
            Filter("kind", zh("缺口"), tuple((one.value, one.label) for one in GapKind)),
        ),
        empty=zh("没有缺口：引用的文件都现行有效，每项权力的措施都写了依据制度。"),
        plain=("kind", "title"),
    )


def _page(edition: Edition, gap: Gap) -> str:
    return sheet_link(edition, gap.power) or address("views:regulation", edition, gap.title)


def _assign(edition: Edition, gap: Gap) -> str:
    """Return the form that gives somebody the task, begun with what is to be done and where."""
    begun = {"says": say(_wanted(gap)), "link": _page(edition, gap)}
    return f"{reverse('inbox:assigning')}?{urlencode(begun)}"


def _wanted(gap: Gap) -> Sentence:
    title = gap.title[:_MOST_TITLE]
    if gap.kind is GapKind.MISSING:
        return zh("为「{title}」的防控措施建立制度，并写进清单", title=title)
    if gap.kind is GapKind.REPEALED:
        return zh("《{title}》已废止：改引现行文件，或者取消以它为依据的内容", title=title)
    return zh("《{title}》已修正：核对条款，改用现行文本", title=title)
