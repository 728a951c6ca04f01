"""Bodies with their members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.org.api.reaching import found, named, only_seen, seen_people
from guiju.base.org.api.schemas import BodyOut, BodyRow
from guiju.base.org.pages.bodies import TABLE
from guiju.base.org.reads import lists
from guiju.base.org.reads.bodies import MemberShown, body_page
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["bodies"])


@router.get(
    "/bodies",
    response=Paged[BodyRow],
    summary=said(zh("领导小组等机构列表")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.ORG_READ)
def list_bodies(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return bodies."""
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: lists.bodies(scope, state.filters, on=on),
    )


@router.get("/bodies/{uuid:identity}", response=BodyOut, summary=said(zh("一个机构和它的成员")))
@needs(Permission.ORG_READ)
def body(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return a body as it is today."""
    scope = scope_of(request, Permission.ORG_READ)
    page = found(body_page(f"body:{identity}", scope, on=timezone.localdate()))
    seen = seen_people(request, {one.person for one in (*page.members, *page.former)})

    def members(rows: Iterable[MemberShown]) -> list[MemberShown]:
        return [replace(one, person=only_seen(one.person, seen)) for one in rows]

    return {
        "body": page.body,
        "members": members(page.members),
        "former": members(page.former),
        "unlinked": members(page.unlinked),
        "line": named((one.reference, one.name) for one in page.line),
        "led": named((one.reference, one.name) for one in page.led),
    }
