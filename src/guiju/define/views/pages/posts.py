"""以岗位为点: what each post holds, does, risks and watches (S4-03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.reads.staffing import staffing
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import may
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.bindings import Tie
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, reached
from guiju.define.lists.reads.facts import post_facts
from guiju.define.views.pages.frame import at_hand, frame
from guiju.define.views.pages.tied import groups_of
from guiju.define.views.reads.bound import bound, times_bound
from guiju.define.views.reads.outlines import outline_of

_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as the lists name it, with how often it is bound in what way."""

    number: int
    name: str
    counts: Mapping[Tie, int]


@needs(Permission.LISTS_READ)
@require_safe
def posts(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the posts of an edition."""
    found = reached(request, identity)
    table = table_of(found)
    state = read_state(request.GET, table)
    return at_hand(request, found, "views:posts", table, state, lines(found, state.filters))


@needs(Permission.LISTS_READ)
@require_safe
def post(request: HttpRequest, identity: UUID, name: str) -> HttpResponse:
    """Show all that binds one post."""
    found, today = reached(request, identity), timezone.localdate()
    held = bound({found: [name]})
    if not held:
        raise Http404
    known = post_facts(staffing(found.unit.path, today, [name])).named_posts.get(name)
    people = [one.person for one in known.present(today)] if known else []
    context = frame(request, found, "views:posts", Crumb(name)) | {
        "post": name,
        "is_known": known is not None,
        "holders": people if may(request, Permission.PERSON_READ) else [],
        "is_vacant": known is not None and not people,
        "groups": groups_of(held, times_bound(found, [name])),
    }
    return render(request, "views/post.html", context)


def lines(edition: Edition, conditions: Mapping[str, str]) -> list[PostLine]:
    """Return the posts that an edition names as such, in its order."""
    text = conditions.get("search", "")
    named = (pair for pair in outline_of(edition).posts.items() if pair[1].is_post)
    return [
        PostLine(number, name[:_MOST_NAME], found.counts)
        for number, (name, found) in enumerate(named, 1)
        if text in name
    ]


def table_of(edition: Edition) -> Table[PostLine]:
    """Return the list of posts."""

    def link(row: PostLine) -> str:
        return address("views:post", edition, row.name)

    def counted(tie: Tie) -> Column[PostLine]:
        return Column(tie.value, tie.label, lambda row: row.counts.get(tie, 0), is_numeric=True)

    return Table(
        name=zh("按岗位"),
        columns=(
            Column("name", zh("岗位"), lambda row: row.name, Sort("name"), link),
            *map(counted, Tie),
        ),
        sort="name",
        identity=lambda row: row.name,
        filters=(Filter("search", zh("岗位"), hint=zh("名称中的几个字")),),
        empty=zh("这一版还没有写明岗位。权力、步骤、风险、措施写上岗位后，按岗位列在这里。"),
        plain=("name", Tie.HOLDS.value, Tie.OWNS.value),
    )
