"""The workbench of a body's office for programs (S2-75)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.inbox import reads_office
from guiju.base.inbox.actions.office import Collecting, collect, urge_task
from guiju.base.inbox.api import Note
from guiju.base.inbox.pages.office import TABLE, body_asking, found_office
from guiju.base.inbox.reads_office import Sent
from guiju.base.inbox.states import TaskState
from guiju.base.org.reads.offices import receivers
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.flow.model import Limit
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit, Permission

router = Router(tags=["inbox"])


class OfficeTaskOut(Schema):
    """A task that the office of a body gave to a unit."""

    identity: UUID
    says: str
    unit: str
    unit_name: str
    who: str
    state: TaskState
    is_late: bool
    urged: int
    at: datetime


class CollectIn(Body):
    """What is asked of which member units, in how many working days."""

    says: str = Field(max_length=200)
    units: list[str] = Field(max_length=500)
    days: int = Field(ge=1, le=250)
    before: int = Field(1, ge=1, le=10)


class References(Schema):
    """What was made."""

    references: list[str]


@router.get(
    "/bodies/{uuid:identity}/office/tasks",
    response=Paged[OfficeTaskOut],
    summary=said(zh("办公室交给成员单位的任务")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.INBOX_USE)
def list_office_tasks(
    request: HttpRequest, response: HttpResponse, identity: UUID
) -> dict[str, object]:
    """Return what the office of a body gave (S2-75)."""
    office, now = found_office(request, identity), timezone.now()
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: reads_office.given_by(office.body, state.filters, at=now),
        show=_office_task,
    )


@router.post(
    "/bodies/{uuid:identity}/office/tasks",
    response={201: References},
    summary=said(zh("办公室向成员单位收集")),
)
@needs(Permission.INBOX_USE)
def collect_from_members(
    request: HttpRequest, identity: UUID, wanted: CollectIn
) -> Status[dict[str, object]]:
    """Ask member units for something, as the office of a body (S2-75)."""
    office, now = found_office(request, identity), timezone.now()
    known = receivers(office.body, timezone.localdate(now))
    collecting = Collecting(
        office.body,
        wanted.says,
        tuple(one for one in known if one.unit in set(wanted.units)),
        Limit(wanted.days, LimitUnit.WORKING_DAYS),
        wanted.before,
    )
    with once(request):
        made = collect(collecting, key=uuid4(), by=actor_of(request), at=now)
    return Status(201, {"references": list(made)})


@router.post("/tasks/{uuid:identity}/urge", response=Done, summary=said(zh("催办任务")))
@needs(Permission.INBOX_USE)
def urge(request: HttpRequest, identity: UUID, wanted: Note) -> dict[str, str]:
    """Urge whoever has to do a task of the reader's office (S2-75)."""
    body_asking(request, identity)
    with once(request):
        urge_task(f"task:{identity}", note=wanted.note, by=actor_of(request), at=timezone.now())
    return {"reference": f"task:{identity}"}


def _office_task(one: Sent) -> dict[str, object]:
    names = ("identity", "unit", "unit_name", "who", "state", "is_late", "urged", "at")
    return {name: getattr(one, name) for name in names} | {"says": say(one.says)}
