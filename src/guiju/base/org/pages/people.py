"""The list of people, by name or number; quick for a hundred thousand of them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.listing import list_page
from guiju.base.org.pages.posts import UNIT
from guiju.base.org.pages.ways import name_of
from guiju.base.org.reads import lists
from guiju.base.org.reads.lists import PersonLine
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission


def _state(row: PersonLine) -> Badge:
    has_left = row.left is not None and row.left <= timezone.localdate()
    return Badge("calm", zh("已离任")) if has_left else Badge("good", zh("在任"))


TABLE: Table[PersonLine] = Table(
    name=zh("人员"),
    columns=(
        Column(
            "name",
            zh("姓名"),
            lambda row: name_of(row.name),
            Sort("name"),
            lambda row: page_of("org:person", row.reference),
        ),
        Column("code", zh("人员编号"), lambda row: row.code, Sort("code")),
        Column("unit", zh("所在单位"), lambda row: row.home_name),
        Column(
            "posts", zh("现任岗位"), lambda row: listing(row.posts, most=4) if row.posts else None
        ),
        Column("rank", zh("职级"), lambda row: row.rank),
        Column("standing", zh("政治面貌"), lambda row: row.standing, is_shown=False),
        Column("state", zh("状态"), _state),
        Column("left", zh("离任日期"), lambda row: row.left, is_shown=False),
    ),
    sort="name",
    plain=("name", "posts", "state"),
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("姓名或编号"), hint=zh("姓名从开头写起，编号写全")),
        UNIT,
        Filter("state", zh("状态"), (("serving", zh("在任")), ("left", zh("已离任")))),
    ),
    empty=zh("还没有人员。导入组织表，或逐个登记，就会列在这里。"),
)


@needs(Permission.PERSON_READ)
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    rows = lists.people(
        scope_of(request, Permission.PERSON_READ), state.filters, on=timezone.localdate()
    )
    lead = zh("所在单位在您权限之内的人员。证件号码和电话密封保存，不在表里。")
    return list_page(
        request, "org:people", table=TABLE, state=state, source=rows, context={"lead": lead}
    )
