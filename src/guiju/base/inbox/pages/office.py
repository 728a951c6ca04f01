"""办公室工作台: what a body's office collects, who is late, which liaisons are wanting (S2-75)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guiju.base.inbox import reads_office as reads
from guiju.base.inbox.actions.office import urge_task
from guiju.base.inbox.models import Task
from guiju.base.inbox.office_parts import parts_of
from guiju.base.inbox.pages.given import FILTERS, state_badge
from guiju.base.inbox.reads_office import Sent
from guiju.base.org.pages.ways import way
from guiju.base.org.reads import offices
from guiju.base.org.reads.bodies import BodyShown
from guiju.base.org.reads.offices import Office
from guiju.base.record.actor import actor_of
from guiju.base.ui.language import say
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.palette import Hit
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.plain import PlainEntry
from guiju.base.ui.reader import standing
from guiju.base.ui.tables import Column, Sort, Table, Value
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Refusal
from guiju.core.sentence import zh
from guiju.core.terms import Permission


def _urged(row: Sent) -> Value:
    return zh("{count} 次", count=row.urged) if row.urged else None


TABLE: Table[Sent] = Table(
    name=zh("办公室交办的"),
    columns=(
        Column("says", zh("任务"), lambda row: row.says),
        Column("unit", zh("单位"), lambda row: row.unit_name),
        Column("who", zh("办理人"), lambda row: row.who),
        Column("state", zh("状态"), state_badge),
        Column("due", zh("期限"), lambda row: row.due),
        Column("urged", zh("催办"), _urged),
        Column("at", zh("交办时间"), lambda row: row.at, Sort("number", int)),
    ),
    sort="-at",
    identity=lambda row: row.identity,
    filters=FILTERS,
    empty=zh("还没有交办过。点「向成员单位收集」，写一句话，选单位，就会列在这里。"),
    plain=("says", "unit", "state"),
)


def found_office(request: HttpRequest, identity: UUID) -> Office:
    """Return a body whose office the reader serves in, chairs, or oversees.

    Raises:
        Http404: for all others, and for a body without an office.
    """
    reader, on = standing(request), timezone.localdate()
    office = offices.office_of(f"body:{identity}", on)
    if office is None or not office.office:
        raise Http404
    oversees = reader.may(Permission.TASK_ASSIGN, office.host_path)
    if not oversees and not offices.is_of_office(reader.person, office, on):
        raise Http404
    return office


@needs(Permission.INBOX_USE)
@require_safe
def office(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what the office collects, from whom, and which liaisons are wanting."""
    found, now = found_office(request, identity), timezone.now()
    members = offices.receivers(found.body, timezone.localdate(now))
    shown = _head(found, identity, "inbox:office") | {
        "now": now,
        "standing": reads.standing_of(found.body, at=now),
        "hands": reads.collected(found.body, at=now),
        "members": members,
        "vacant": [one for one in members if not one.is_liaison],
        "parts": parts_of(request, found.body),
    }
    return render(request, "inbox/office.html", shown)


@needs(Permission.INBOX_USE)
@require_safe
def office_tasks(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show all that the office gave."""
    found = found_office(request, identity)
    state = read_state(request.GET, TABLE)
    return answer(
        request,
        "inbox/office_tasks.html",
        table=TABLE,
        state=state,
        source=reads.given_by(found.body, state.filters, at=timezone.now()),
        context=_head(found, identity, "inbox:office_tasks"),
    )


def _head(found: Office, identity: UUID, view: str) -> dict[str, object]:
    pages = (("inbox:office", zh("办公室工作台")), ("inbox:office_tasks", zh("全部任务")))
    return {
        "office": found,
        "identity": identity,
        "way": way(Crumb(found.name, page_of("org:body", found.body)), Crumb(zh("办公室工作台"))),
        "tabs": [Tab(label, reverse(one, args=[identity]), one == view) for one, label in pages],
    }


@needs(Permission.INBOX_USE)
@require_POST
def urge(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Urge whoever has to do a task of an office that the reader serves in or oversees."""
    body = body_asking(request, identity)
    back = HttpResponseRedirect(reverse("inbox:office", args=[body.partition(":")[2]]))
    try:
        urge_task(
            f"task:{identity}",
            note=request.POST.get("note", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        add_toast(request, back, zh("没有催办：{why}", why=refusal.sentence))
    else:
        add_toast(request, back, zh("已催办，对方会收到通知；催办已记入记录。"))
    return back


def body_asking(request: HttpRequest, task: UUID) -> str:
    """Return the body whose office gave a task, if its office is the reader's.

    Raises:
        Http404: for any other task.
    """
    body = Task.objects.filter(reference=f"task:{task}").values_list("about", flat=True).first()
    if not body or not body.startswith("body:"):
        raise Http404
    found_office(request, UUID(body.partition(":")[2]))
    return body


def body_tab(request: HttpRequest, body: BodyShown) -> Tab | None:
    """Offer the workbench beside a body's page, to those whom it is open to."""
    try:
        found_office(request, UUID(body.reference.partition(":")[2]))
    except Http404:
        return None
    return Tab(zh("办公室工作台"), _page(body.reference))


def own_offices(request: HttpRequest) -> PlainEntry | None:
    """Offer the offices in which the reader serves, on the plain shell's first page."""
    found = offices.offices_served(standing(request).person, timezone.localdate())
    if not found:
        return None
    things = tuple((one.name, _page(one.body)) for one in found)
    return PlainEntry(zh("办公室工作台"), things[0][1], things=things)


def find_offices(request: HttpRequest, typed: str) -> list[Hit]:
    """Find the workbenches of the reader's offices, by the body's name or the word itself."""
    found = offices.offices_served(standing(request).person, timezone.localdate())
    word = say(zh("办公室工作台"))
    wanted = [one for one in found if typed in one.name or typed in word]
    return [Hit(f"{word}：{one.name}", _page(one.body), one.office_name) for one in wanted]


def _page(body: str) -> str:
    return reverse("inbox:office", args=[body.partition(":")[2]])
