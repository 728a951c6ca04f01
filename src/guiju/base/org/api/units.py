"""Units: the list, the tree, one with its posts, and who answers for it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from guiju.base.api.listing import ON, Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.org.actions import units as actions
from guiju.base.org.api.reaching import found, named, posts_of
from guiju.base.org.api.schemas import ResponsibleOut, TreeUnit, UnitBrief, UnitOut, UnitRow
from guiju.base.org.models import Unit
from guiju.base.org.pages.reaching import reached
from guiju.base.org.pages.units import TABLE
from guiju.base.org.pages.ways import read_day
from guiju.base.org.reads import lists
from guiju.base.org.reads.on_day import units_on
from guiju.base.org.reads.responsibility import Responsible, responsible
from guiju.base.org.reads.units import UnitPage, UnitShown, unit_page
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.words import Shell
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["units"])


@router.get(
    "/units",
    response=Paged[UnitRow],
    summary=said(zh("单位列表")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.ORG_READ)
def list_units(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return units."""
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: lists.units(scope, state.filters, on=on),
    )


@router.get("/tree", response=list[TreeUnit], summary=said(zh("某一天的单位树")), openapi_extra=ON)
@needs(Permission.ORG_READ)
def tree(request: HttpRequest) -> list[dict[str, object]]:
    """Return all units of the reader's scope, each with the one above it."""
    rows = units_on(scope_of(request, Permission.ORG_READ), on=read_day(request).on)
    called = {one.number: one.reference for one in rows}
    fields = ("reference", "code", "name", "kind", "is_key", "posts", "vacant")
    return [
        {name: getattr(one, name) for name in fields} | {"above": called.get(one.parent, "")}
        for one in rows
    ]


@router.get(
    "/units/{uuid:identity}",
    response=UnitOut,
    summary=said(zh("一个单位：沿革、岗位和任职人")),
    openapi_extra=ON,
)
@needs(Permission.ORG_READ)
def unit(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return a unit as it is or was on a day."""
    page, scope = _page(request, identity), scope_of(request, Permission.ORG_READ)
    fields = (
        "unit",
        "area_code",
        "credit_code",
        "profile",
        "below",
        "versions",
        "before",
        "after",
        "shell",
    )
    return {name: getattr(page, name) for name in fields} | {
        "line": named(
            (one.reference if scope.covers(one.path) else "", one.name) for one in page.line
        ),
        "posts": posts_of(request, page.posts),
    }


@router.get(
    "/units/{uuid:identity}/children",
    response=list[UnitBrief],
    summary=said(zh("一个单位的直接下级")),
    openapi_extra=ON,
)
@needs(Permission.ORG_READ)
def children(request: HttpRequest, identity: UUID) -> list[UnitShown]:
    """Return the units right below one."""
    return list(_page(request, identity).below)


@router.get(
    "/units/{uuid:identity}/responsibility",
    response=ResponsibleOut,
    summary=said(zh("一个单位由谁负责：第一责任人、直接领导责任人、岗位责任人")),
    openapi_extra=ON,
)
@needs(Permission.ORG_READ)
def responsibility(request: HttpRequest, identity: UUID) -> Responsible:
    """Return who answers for a unit (S0-08, S0-44)."""
    scope = scope_of(request, Permission.ORG_READ)
    one = found(responsible(f"unit:{identity}", scope, on=read_day(request).on))
    shown = posts_of(request, (*one.first, *one.direct, *one.posts))
    known = {post.reference: post for post in shown}
    return replace(
        one,
        first=tuple(known[post.reference] for post in one.first),
        direct=tuple(known[post.reference] for post in one.direct),
        posts=tuple(known[post.reference] for post in one.posts),
    )


class ShellIn(Body):
    """Which shell."""

    shell: Shell


@router.post(
    "/units/{uuid:identity}/shell",
    response=Done,
    summary=said(zh("选择一个单位的人员登录后使用的界面")),
)
@needs(Permission.ORG_EDIT)
def choose_shell(request: HttpRequest, identity: UUID, wanted: ShellIn) -> object:
    """Let the people of a unit begin with a shell (S3-02)."""
    row = reached(Unit, identity, scope_of(request, Permission.ORG_EDIT))
    with once(request):
        actions.choose_shell(
            unit=row.reference, shell=wanted.shell, by=actor_of(request), at=timezone.now()
        )
    return row


def _page(request: HttpRequest, identity: UUID) -> UnitPage:
    scope = scope_of(request, Permission.ORG_READ)
    return found(unit_page(f"unit:{identity}", scope, on=read_day(request).on))
