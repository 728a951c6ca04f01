"""Tasks and notices for programs: the reader's own, as on the workbench."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.listing import BY_TIME, Paged, newest_first
from guiju.base.api.schemas import Body, Done
from guiju.base.inbox import actions, reads
from guiju.base.inbox.actions.notices import MOST_AT_ONCE
from guiju.base.inbox.asked import Holder
from guiju.base.inbox.people import Colleague, colleagues_of
from guiju.base.inbox.policies import may_direct
from guiju.base.inbox.reads import NoticeShown, TaskShown
from guiju.base.inbox.states import NoticeKind, TaskState
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["inbox"])
_REFERENCE = Field(max_length=120, pattern="^[!-~]*$")


class TaskOut(Schema):
    """A task; ``person_name`` is empty for one's own."""

    reference: str
    kind: str
    says: str
    person: str
    person_name: str
    post: str
    about: str
    matter: str
    version: int
    created_at: datetime
    due_at: datetime | None
    is_provisional: bool
    state: TaskState


class NoticeOut(Schema):
    """A notice."""

    number: int
    kind: NoticeKind
    says: str
    task: str
    created_at: datetime
    is_unread: bool


class ColleagueOut(Schema):
    """Somebody to whom a task may be handed, in one post."""

    person: str
    post: str
    unit: str
    name: str


class Note(Body):
    """What is said to it."""

    note: str = Field("", max_length=2000)


class HandOn(Body):
    """To whom it goes; ``version`` is that of the task that the decision was based on."""

    person: str = _REFERENCE
    post: str = _REFERENCE
    version: int = Field(ge=0, lt=2**31)
    note: str = Field(max_length=2000)


class ReadIn(Body):
    """Which notices were read, by number."""

    numbers: list[int] = Field(max_length=MOST_AT_ONCE)


class ReadOut(Schema):
    """How many of them had not been read."""

    count: int


@router.get(
    "/tasks",
    response=Paged[TaskOut],
    summary=said(zh("要我办的事，最急的在前")),
    openapi_extra=BY_TIME,
)
@needs(Permission.INBOX_USE)
def list_tasks(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return what needs the reader now, by time left."""
    me, now = standing(request).person, timezone.now()
    return newest_first(
        request, response, lambda cursor: reads.inbox(me, at=now, cursor=cursor).page, show=_task
    )


@router.get("/tasks/{uuid:identity}", response=TaskOut, summary=said(zh("一项任务")))
@needs(Permission.INBOX_USE)
def task(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return a task that the reader may see."""
    return _task(_found(request, identity))


@router.post("/tasks/{uuid:identity}/complete", response=Done, summary=said(zh("办结任务")))
@needs(Permission.INBOX_USE)
def complete(request: HttpRequest, identity: UUID, wanted: Note) -> object:
    """Note that a task is done."""
    found = _found(request, identity)
    if not _is_mine(request, found):
        raise Http404
    with once(request):
        actions.complete_task(
            found.reference, note=wanted.note, by=actor_of(request), at=timezone.now()
        )
    return found


@router.post("/tasks/{uuid:identity}/reassign", response=Done, summary=said(zh("转办任务")))
@needs(Permission.INBOX_USE)
def reassign(request: HttpRequest, identity: UUID, wanted: HandOn) -> object:
    """Hand a task on to a colleague."""
    found = _found(request, identity)
    if not (_is_mine(request, found) or may_direct(standing(request), found.whose)):
        raise Http404
    with once(request):
        actions.reassign_task(
            found.reference,
            to=_holder(request, wanted),
            seen=wanted.version,
            note=wanted.note,
            by=actor_of(request),
            at=timezone.now(),
        )
    return found


@router.post("/tasks/{uuid:identity}/withdraw", response=Done, summary=said(zh("撤回任务")))
@needs(Permission.INBOX_USE)
def withdraw(request: HttpRequest, identity: UUID, wanted: Note) -> object:
    """Take back a task that need not be done any more."""
    found = _found(request, identity)
    if not may_direct(standing(request), found.whose):
        raise Http404
    with once(request):
        actions.withdraw_task(
            found.reference, note=wanted.note, by=actor_of(request), at=timezone.now()
        )
    return found


@router.get("/colleagues", response=list[ColleagueOut], summary=said(zh("可以转办给谁")))
@needs(Permission.INBOX_USE)
def list_colleagues(request: HttpRequest) -> list[Colleague]:
    """Return to whom the reader may hand a task."""
    return list(colleagues_of(standing(request).person, at=timezone.now()))


@router.get(
    "/notices",
    response=Paged[NoticeOut],
    summary=said(zh("给我的通知，新的在前")),
    openapi_extra=BY_TIME,
)
@needs(Permission.INBOX_USE)
def list_notices(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return what the reader was told."""
    me, now = standing(request).person, timezone.now()
    return newest_first(
        request,
        response,
        lambda cursor: reads.notices(me, at=now, cursor=cursor),
        show=_notice,
    )


@router.post("/notices/read", response=ReadOut, summary=said(zh("通知已阅")))
@needs(Permission.INBOX_USE)
def read_notices(request: HttpRequest, wanted: ReadIn) -> dict[str, int]:
    """Note that notices were read."""
    numbers = {one for one in wanted.numbers if 0 < one < 2**63}
    with once(request):
        count = actions.read_notices(
            standing(request).person, numbers=numbers, by=actor_of(request), at=timezone.now()
        )
    return {"count": count}


def _found(request: HttpRequest, identity: UUID) -> TaskShown:
    found = reads.task_shown(standing(request), identity, at=timezone.now())
    if found is None:
        raise Http404
    return found


def _is_mine(request: HttpRequest, found: TaskShown) -> bool:
    return reads.is_mine(standing(request).person, found, at=timezone.now())


def _holder(request: HttpRequest, wanted: HandOn) -> Holder:
    for one in colleagues_of(standing(request).person, at=timezone.now()):
        if (one.person, one.post) == (wanted.person, wanted.post):
            return Holder(one.person, one.post, one.unit, one.path)
    return Holder("")


def _task(one: TaskShown) -> dict[str, object]:
    names = ("reference", "about", "matter", "version", "created_at", "due_at", "is_provisional")
    return {name: getattr(one, name) for name in (*names, "state")} | {
        "kind": say(one.kind),
        "says": say(one.says),
        "person": one.whose.person,
        "person_name": one.person,
        "post": one.whose.post,
    }


def _notice(one: NoticeShown) -> dict[str, object]:
    names = ("number", "kind", "task", "created_at", "is_unread")
    return {name: getattr(one, name) for name in names} | {"says": say(one.says)}
