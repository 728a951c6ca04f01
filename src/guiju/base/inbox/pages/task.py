"""What people do with a task on the workbench: finish it, hand it on, take it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guiju.base.inbox import actions, reads
from guiju.base.inbox.asked import Holder
from guiju.base.inbox.pages import workbench
from guiju.base.inbox.people import colleagues_of
from guiju.base.inbox.policies import may_direct
from guiju.base.inbox.reads import TaskShown
from guiju.base.record.actor import actor_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


@needs(Permission.INBOX_USE)
@require_POST
def complete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Note that a task is done; the next one opens."""
    task = _found(request, identity)
    if not _is_mine(request, task):
        raise Http404

    def act() -> None:
        actions.complete_task(
            task.reference,
            note=request.POST.get("note", ""),
            by=actor_of(request),
            at=timezone.now(),
        )

    return _done(request, task, act, zh("任务已办结。"))


@needs(Permission.INBOX_USE)
@require_POST
def reassign(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Hand a task on to a colleague."""
    task = _found(request, identity)
    if not (_is_mine(request, task) or may_direct(standing(request), task.whose)):
        raise Http404

    def act() -> None:
        actions.reassign_task(
            task.reference,
            to=_chosen(request),
            seen=_number(request.POST.get("seen", "")),
            note=request.POST.get("note", ""),
            by=actor_of(request),
            at=timezone.now(),
        )

    return _done(request, task, act, zh("任务已转办。"))


@needs(Permission.INBOX_USE)
@require_POST
def withdraw(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take back a task that need not be done any more."""
    task = _found(request, identity)
    if not may_direct(standing(request), task.whose):
        raise Http404

    def act() -> None:
        actions.withdraw_task(
            task.reference,
            note=request.POST.get("note", ""),
            by=actor_of(request),
            at=timezone.now(),
        )

    return _done(request, task, act, zh("任务已撤回。"))


def _found(request: HttpRequest, identity: UUID) -> TaskShown:
    task = reads.task_shown(standing(request), identity, at=timezone.now())
    if task is None:
        raise Http404
    return task


def _is_mine(request: HttpRequest, task: TaskShown) -> bool:
    return reads.is_mine(standing(request).person, task, at=timezone.now())


def _done(
    request: HttpRequest, task: TaskShown, act: Callable[[], None], says: Sentence
) -> HttpResponse:
    """Act and go back to the list; what is refused stands beside the task, nothing is lost."""
    try:
        act()
    except Invalid as refusal:
        return workbench.shown(request, chosen=str(task.identity), refusal=refusal)
    response = HttpResponseRedirect(reverse("inbox:workbench"))
    add_toast(request, response, says)
    return response


def _chosen(request: HttpRequest) -> Holder:
    """Return the colleague that the form names, if the reader may hand tasks to them."""
    wanted = request.POST.get("to", "")
    for one in colleagues_of(standing(request).person, at=timezone.now()):
        if one.key == wanted:
            return Holder(one.person, one.post, one.unit, one.path)
    return Holder("")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
