"""Posts: the list, one with its holders on a day and its history, key posts, vacancies."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from guiju.base.api.listing import ON, Paged, asked, listed
from guiju.base.org.api.reaching import found, held, lent, named, only_seen, seen_people
from guiju.base.org.api.schemas import (
    DueRow,
    HolderOut,
    KeyUnits,
    MuchRow,
    PostOut,
    PostRow,
    Term,
)
from guiju.base.org.pages import keys as keys_page
from guiju.base.org.pages import posts as posts_page
from guiju.base.org.pages import rotation as rotation_page
from guiju.base.org.pages.rotation import DueLine, MuchLine
from guiju.base.org.pages.ways import read_day
from guiju.base.org.reads import lists
from guiju.base.org.reads.holders import Holder, PastHolder
from guiju.base.org.reads.lists import PostLine, delegations_of
from guiju.base.org.reads.open_to import open_posts
from guiju.base.org.reads.posts import PostPage, post_page
from guiju.base.ui.forms import said
from guiju.base.ui.list_state import ListState
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.sources import Source
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["posts"])
_ROW = ("reference", "code", "name", "unit", "unit_name", "level", "is_key", "years")


def _row(one: PostLine) -> dict[str, object]:
    shown = {name: getattr(one, name) for name in _ROW}
    return shown | {"holders": held(one.holders, one.open_people)}


def _lines(
    request: HttpRequest, asked_for: ListState, permission: Permission, **more: str
) -> Source[PostLine]:
    return lists.posts(
        scope_of(request, permission),
        scope_of(request, Permission.PERSON_READ),
        {**asked_for.filters, **more},
        on=asked_for.day("on") or timezone.localdate(),
    )


@router.get(
    "/posts",
    response=Paged[PostRow],
    summary=said(zh("岗位列表，含当天的任职人和代行的人")),
    openapi_extra=asked(posts_page.TABLE),
)
@needs(Permission.ORG_READ)
def list_posts(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return posts."""
    return listed(
        request,
        response,
        table=posts_page.TABLE,
        source=lambda state: _lines(request, state, Permission.ORG_READ),
        show=_row,
    )


@router.get(
    "/keys/posts",
    response=Paged[PostRow],
    summary=said(zh("重点名单：关键岗位和任职人")),
    openapi_extra=asked(keys_page.TABLE),
)
@needs(Permission.ORG_READ)
def key_posts(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return key posts, whose holders are the key people (S0-07, S1-05)."""
    return listed(
        request,
        response,
        table=keys_page.TABLE,
        source=lambda state: _lines(request, state, Permission.ORG_READ, key="yes"),
        show=_row,
    )


@router.get("/keys/units", response=KeyUnits, summary=said(zh("重点名单：重点单位")))
@needs(Permission.ORG_READ)
def key_units(request: HttpRequest) -> dict[str, object]:
    """Return key units (S1-05)."""
    units = lists.key_units(scope_of(request, Permission.ORG_READ), on=timezone.localdate())
    return {"units": named(units)}


@router.get(
    "/vacancies",
    response=Paged[PostRow],
    summary=said(zh("空缺的岗位")),
    openapi_extra=asked(rotation_page.VACANT),
)
@needs(Permission.ROTATION_READ)
def vacancies(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return the posts that nobody holds (S0-08)."""
    return listed(
        request,
        response,
        table=rotation_page.VACANT,
        source=lambda state: _lines(request, state, Permission.ROTATION_READ, state="vacant"),
        show=_row,
    )


@router.get(
    "/rotation",
    response=Paged[DueRow],
    summary=said(zh("轮岗到期的人")),
    openapi_extra=asked(rotation_page.DUE),
)
@needs(Permission.ROTATION_READ)
def rotation(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return whose tenure is near its end or over (S0-09)."""

    def show(line: DueLine) -> dict[str, object]:
        fields = ("name", "post", "post_name", "unit_name", "is_key", "years", "since", "due")
        shown = {name: getattr(line.row, name) for name in (*fields, "state")}
        return shown | {"person": line.row.person if line.is_open else ""}

    return listed(
        request,
        response,
        table=rotation_page.DUE,
        source=lambda state: rotation_page.due_source(rotation_page.due_rows(request), state),
        show=show,
    )


@router.get(
    "/concentration",
    response=Paged[MuchRow],
    summary=said(zh("任职集中的人")),
    openapi_extra=asked(rotation_page.MUCH),
)
@needs(Permission.ROTATION_READ)
def concentration(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return who holds much (S0-09)."""

    def show(line: MuchLine) -> dict[str, object]:
        row = line.row
        return {
            "person": row.person if line.is_open else "",
            "name": row.name,
            "posts": named(row.posts),
            "key_posts": row.key_posts,
            "functions": row.functions,
        }

    return listed(
        request,
        response,
        table=rotation_page.MUCH,
        source=lambda _state: rotation_page.much_source(request),
        show=show,
    )


@router.get(
    "/posts/{uuid:identity}",
    response=PostOut,
    summary=said(zh("一个岗位：任职人、历任、不相容岗位和委托")),
    openapi_extra=ON,
)
@needs(Permission.ORG_READ)
def post(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return a post as it is or was on a day."""
    page = _page(request, identity)
    given = delegations_of(page.post.reference)
    people = {one.person for one in page.history} | {one.person for one in page.post.holders}
    people |= {who for one in given for who in (one.principal, one.delegate)}
    seen = seen_people(request, people)
    others = open_posts(
        {one for one, _, _ in page.incompatible}, scope_of(request, Permission.ORG_READ)
    )
    fields = (*_ROW, "functions", "barred", "founded", "abolished")
    return {
        "post": {name: getattr(page.post, name) for name in fields}
        | {"holders": held(page.post.holders, seen)},
        "duties": page.duties,
        "incompatible": [
            {"reference": only_seen(one, others), "name": name, "reason": reason}
            for one, name, reason in page.incompatible
        ],
        "history": [_term(one, seen) for one in page.history],
        "delegations": lent(given, seen),
    }


@router.get(
    "/posts/{uuid:identity}/holders",
    response=list[HolderOut],
    summary=said(zh("某一天由谁任职、谁代行")),
    openapi_extra=ON,
)
@needs(Permission.ORG_READ)
def post_holders(request: HttpRequest, identity: UUID) -> list[Holder]:
    """Return who held a post on a day, then who stood in."""
    rows = _page(request, identity).post.holders
    return list(held(rows, seen_people(request, {one.person for one in rows})))


@router.get(
    "/posts/{uuid:identity}/history", response=list[Term], summary=said(zh("一个岗位的历任"))
)
@needs(Permission.ORG_READ)
def post_history(request: HttpRequest, identity: UUID) -> list[dict[str, object]]:
    """Return everybody who was ever appointed to a post, the latest first."""
    rows = _page(request, identity).history
    seen = seen_people(request, {one.person for one in rows})
    return [_term(one, seen) for one in rows]


def _term(one: PastHolder, seen: frozenset[str]) -> dict[str, object]:
    fields = ("appointment", "name", "kind", "start", "end", "document")
    return {name: getattr(one, name) for name in fields} | {"person": only_seen(one.person, seen)}


def _page(request: HttpRequest, identity: UUID) -> PostPage:
    scope = scope_of(request, Permission.ORG_READ)
    return found(post_page(f"post:{identity}", scope, on=read_day(request).on))
