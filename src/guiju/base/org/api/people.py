"""People: the list, and one with appointments; what is sealed stays masked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.org.api.reaching import found, lent, seen_people
from guiju.base.org.api.schemas import PersonOut, PersonRow
from guiju.base.org.pages.people import TABLE
from guiju.base.org.reads import lists
from guiju.base.org.reads.people import person_page
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["people"])


@router.get(
    "/people",
    response=Paged[PersonRow],
    summary=said(zh("人员列表")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.PERSON_READ)
def list_people(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return people."""
    scope, on = scope_of(request, Permission.PERSON_READ), timezone.localdate()
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: lists.people(scope, state.filters, on=on),
    )


@router.get(
    "/people/{uuid:identity}",
    response=PersonOut,
    summary=said(zh("一个人：任职、委托和参加的机构；密封的只说有没有")),
)
@needs(Permission.PERSON_READ)
def person(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return a person."""
    page = found(person_page(f"person:{identity}", scope_of(request, Permission.PERSON_READ)))
    seen = seen_people(
        request, {who for one in page.delegations for who in (one.principal, one.delegate)}
    )
    fields = ("person", "has_id_number", "has_phone", "interests", "terms", "memberships")
    return {name: getattr(page, name) for name in fields} | {
        "delegations": lent(page.delegations, seen)
    }
