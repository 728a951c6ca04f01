"""The list of posts with who holds them, today or on another day."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.listing import list_page
from guiju.base.org.pages.ways import YES, row_of
from guiju.base.org.reads import lists
from guiju.base.org.reads.lists import PostLine
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

SEARCH = Filter("search", zh("名称或编号"), hint=zh("名称中的几个字"))
UNIT = Filter("unit", zh("单位"), hint=zh("编号（含下级）或名称"))


def holder(row: PostLine) -> Value:
    """Return who holds a post; that nobody does is a warning (S0-08)."""
    return row_of(row.own) or Badge("warn", zh("空缺"))


def holder_page(row: PostLine) -> str:
    """Return the page of who holds a post, where the reader may open it."""
    open_to_reader = [one.person for one in row.own if one.person in row.open_people]
    return page_of("org:person", open_to_reader[0]) if open_to_reader else ""


def post_table(name: Sentence, empty: Sentence, filters: tuple[Filter, ...]) -> Table[PostLine]:
    """Return a list of posts with these filters."""
    return Table(
        name=name,
        columns=(
            Column(
                "name",
                zh("岗位"),
                lambda row: row.name,
                Sort("name"),
                lambda row: page_of("org:post", row.reference),
            ),
            Column(
                "unit",
                zh("单位"),
                lambda row: row.unit_name,
                link=lambda row: page_of("org:unit", row.unit),
            ),
            Column("level", zh("层级"), lambda row: row.level),
            Column("holder", zh("任职人"), holder, link=holder_page),
            Column("stands_in", zh("代行"), lambda row: row_of(row.standing_in)),
            Column("key", zh("关键岗位"), lambda row: row.is_key),
            Column("code", zh("岗位编号"), lambda row: row.code, Sort("code")),
            Column(
                "years",
                zh("最长任期（年）"),
                lambda row: row.years,
                is_numeric=True,
                is_shown=False,
            ),
        ),
        sort="code",
        plain=("name", "holder", "stands_in"),
        identity=lambda row: row.reference,
        filters=filters,
        empty=empty,
    )


TABLE = post_table(
    zh("岗位"),
    zh("还没有岗位。导入组织表，或在单位里设立，就会列在这里。"),
    (
        SEARCH,
        UNIT,
        Filter("level", zh("层级"), tuple((one.value, one.label) for one in LeaderLevel)),
        Filter("key", zh("关键岗位"), YES),
        Filter("state", zh("任职"), (("held", zh("有人任职")), ("vacant", zh("空缺")))),
        Filter("on", zh("哪一天（不填为今天）"), is_day=True),
    ),
)


@needs(Permission.ORG_READ)
@require_safe
def posts(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    on = state.day("on") or timezone.localdate()
    rows = lists.posts(
        scope_of(request, Permission.ORG_READ),
        scope_of(request, Permission.PERSON_READ),
        state.filters,
        on=on,
    )
    lead = zh("有岗就有责：每个岗位由谁任职、谁在代行。选一个日期，就按那一天列出。")
    return list_page(
        request, "org:posts", table=TABLE, state=state, source=rows, context={"lead": lead}
    )
