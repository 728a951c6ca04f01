"""Statutory duties: who carries which for which unit."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.org.pages.duties import TABLE
from guiju.base.org.reads import duties as reads
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["units"])


class DutyRow(Schema):
    """A duty as it is or was carried."""

    reference: str
    duty: StatutoryDuty
    area: str
    area_name: str
    carrier: str
    carrier_name: str
    before: str
    start: date
    end: date | None
    document: str
    is_gone: bool


@router.get(
    "/duties",
    response=Paged[DutyRow],
    summary=said(zh("法定职责由谁承担")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.ORG_READ)
def list_duties(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return who carries or carried which duty."""
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: reads.duties(scope, state.filters, on=on),
    )
