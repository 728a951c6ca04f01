"""Assigning tasks, doing them, taking them back, handing them on."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from guiju.base.inbox import titles
from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.events import ASSIGNED, COMPLETED, LIMITED, REASSIGNED, WITHDRAWN
from guiju.base.inbox.kinds import FOLLOW_UP, is_known, kind_label
from guiju.base.inbox.models import Task
from guiju.base.inbox.notes import checked_limit, checked_note
from guiju.base.inbox.states import STILL_TO_DO, NoticeKind, TaskState
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import Passage, recording
from guiju.base.record.event_types import Draft, Personal, check_reference, new_reference
from guiju.core.calendar import Span
from guiju.core.errors import Conflict, Invalid
from guiju.core.ledger.entry import instant
from guiju.core.sentence import zh


def assign_task(task: NewTask, *, by: Actor, at: datetime) -> str:
    """Give somebody something to do; return the task's reference.

    A second task of the same origin is not made: the first one's reference is returned.

    Raises:
        Invalid: INBOX-05 for a limit that no office has, TIME-01 for a negative one; INBOX-06
            without a person or for an unknown kind; RECORD-04 for a reference that is none.
        Conflict: RECORD-05 when another one assigned it in the same moment.
    """
    row = _row(task, by=by, at=at)
    if task.origin:
        known = Task.objects.filter(origin=task.origin).values_list("reference", flat=True).first()
        if known is not None:
            return known
    draft = ASSIGNED(
        object=row.reference,
        matter=row.matter,
        kind=str(kind_label(row.kind)),
        person=row.person,
        post=row.post,
        unit=row.unit,
        due=_shown(row.due_at),
        provisional=row.due_provisional,
        text=Personal(row.person, str(task.says)),
    )
    with recording(draft, by=by, at=at, key=_origin_key(task.origin)):
        # Of two at once the second finds the row taken, and the event's key says so in words.
        Task.objects.bulk_create([row], ignore_conflicts=bool(task.origin))
    return row.reference


def _row(task: NewTask, *, by: Actor, at: datetime) -> Task:
    if not task.to.person or not is_known(task.kind):
        raise Invalid("INBOX-06", zh("任务没有写明办理人，或种类没有登记。请写明后再交办。"))
    started = task.started_at or at
    due, provisional = task.due_at, False
    if task.limit is not None:
        due, provisional = due_at(calendar_now(), started, checked_limit(task.limit))
    holder = task.to
    for reference in (holder.person, holder.post, holder.unit, task.about, task.matter):
        check_reference(reference)
    return Task(
        reference=new_reference("task"),
        kind=task.kind,
        box=titles.sealed(holder.person, titles.TASK, task.says),
        about=task.about,
        matter=task.matter,
        person=holder.person,
        post=holder.post,
        unit=holder.unit,
        path=holder.path,
        created_at=at,
        created_by=by.person,
        started_at=started,
        limit_amount=task.limit.amount if task.limit else None,
        limit_unit=task.limit.unit if task.limit else "",
        due_at=due,
        due_provisional=provisional,
        remind_before=task.remind_before,
        view=task.link.view if task.link else "",
        arguments=list(task.link.arguments) if task.link else [],
        origin=task.origin,
    )


def complete_task(reference: str, *, note: str = "", by: Actor, at: datetime) -> None:
    """Note that a task is done, by its own person or by whoever stands in.

    Raises:
        Invalid: INBOX-01 for no such task, INBOX-03 for a note that is too long.
        Conflict: INBOX-02 when it is over already.
    """
    row, said = task_row(reference), checked_note(note)
    draft = COMPLETED(
        object=reference,
        matter=row.matter,
        is_late=row.due_at is not None and at > row.due_at,
        for_person=row.person if by.person != row.person else "",
        note=Personal(_author(by, row), said),
    )
    with recording(draft, by=by, at=at) as passage:
        require_changed(
            Task.objects.filter(pk=row.pk, state__in=STILL_TO_DO).update(
                state=TaskState.DONE, done_at=at, done_by=by.person
            )
        )
        _end_follow_ups(reference, passage)


def withdraw_task(reference: str, *, note: str, by: Actor, at: datetime) -> None:
    """Take back a task that need not be done any more, with a reason.

    Raises:
        Invalid: INBOX-01 for no such task, INBOX-03 without a reason or for one too long.
        Conflict: INBOX-02 when it is over already.
    """
    row, said = task_row(reference), checked_note(note, needed=True)
    with recording(_withdrawn(row, said, by), by=by, at=at) as passage:
        require_changed(
            Task.objects.filter(pk=row.pk, state__in=STILL_TO_DO).update(
                state=TaskState.WITHDRAWN, done_at=at, done_by=by.person
            )
        )
        _end_follow_ups(reference, passage)
        if by.person != row.person:
            tell(_withdrawal(row), by=by, at=at)


def reassign_task(
    reference: str, *, to: Holder, seen: int, note: str, by: Actor, at: datetime
) -> None:
    """Hand a task on to somebody else; it stays due when it was.

    Args:
        reference: which task.
        to: who has to do it from now on.
        seen: the task's version that the decision was based on.
        note: why.
        by: who hands it on.
        at: when.

    Raises:
        Invalid: INBOX-01 for no such task, INBOX-03 without a reason or for one too long,
            INBOX-04 when it is theirs already or nobody is named.
        Conflict: INBOX-02 when it is over, or was handed on meanwhile.
    """
    row, said = task_row(reference), checked_note(note, needed=True)
    if not to.person or (to.person, to.post) == (row.person, row.post):
        raise Invalid("INBOX-04", zh("没有选受转人，或任务本来就由其办理。请另选一人。"))
    draft = REASSIGNED(
        object=reference,
        matter=row.matter,
        from_person=row.person,
        person=to.person,
        post=to.post,
        unit=to.unit,
        note=Personal(_author(by, row), said),
    )
    with recording(draft, by=by, at=at):
        require_changed(
            Task.objects.filter(pk=row.pk, state__in=STILL_TO_DO, version=seen).update(
                person=to.person,
                post=to.post,
                unit=to.unit,
                path=to.path,
                version=seen + 1,
                box=titles.resealed(bytes(row.box), was=row.person, to=to.person),
            )
        )


def change_limit(reference: str, limit: Span, *, by: Actor, at: datetime) -> None:
    """Give a task another limit, counted from when it began: a profile changed in mid-term.

    Tasks keep the limit under which they arose until whoever changes the profile says so.

    Raises:
        Invalid: INBOX-01 for no such task; INBOX-05, TIME-01 for the limit.
        Conflict: INBOX-02 when it is over already.
    """
    row = task_row(reference)
    due, provisional = due_at(calendar_now(), row.started_at, checked_limit(limit))
    draft = LIMITED(
        object=reference,
        matter=row.matter,
        amount=limit.amount,
        unit_of_time=limit.unit.value,
        before=_shown(row.due_at),
        after=instant(due),
        provisional=provisional,
    )
    with recording(draft, by=by, at=at):
        require_changed(
            Task.objects.filter(pk=row.pk, state__in=STILL_TO_DO, due_at=row.due_at).update(
                limit_amount=limit.amount,
                limit_unit=limit.unit,
                due_at=due,
                due_provisional=provisional,
            )
        )


def task_row(reference: str) -> Task:
    """Return a task's row.

    Raises:
        Invalid: INBOX-01 for no such task.
    """
    row = Task.objects.filter(reference=reference).first()
    if row is None:
        raise Invalid("INBOX-01", zh("没有这件任务。请回到工作台重新打开。"))
    return row


def _end_follow_ups(reference: str, passage: Passage) -> None:
    """Withdraw what superiors were asked about a task that is over now."""
    for row in Task.objects.filter(about=reference, kind=FOLLOW_UP, state__in=STILL_TO_DO):
        said = zh("任务已了结，不必再督办。")
        with recording(_withdrawn(row, str(said), passage.by), by=passage.by, at=passage.at):
            Task.objects.filter(pk=row.pk, state__in=STILL_TO_DO).update(
                state=TaskState.WITHDRAWN, done_at=passage.at, done_by=passage.by.person
            )


def _withdrawal(row: Task) -> Telling:
    """Return what its person is told when somebody else takes a task back."""
    says = zh("任务已撤回，不必再办：{task}", task=row.reference)
    key = f"withdrawn:{row.reference}"
    return Telling(row.person, NoticeKind.CHANGED, says, key, row.reference, row.about)


def _withdrawn(row: Task, said: str, by: Actor) -> Draft:
    return WITHDRAWN(
        object=row.reference,
        matter=row.matter,
        person=row.person,
        note=Personal(_author(by, row), said),
    )


def _author(by: Actor, row: Task) -> str:
    """Return under whose key a note is sealed: its writer's, or for the system the person's."""
    return row.person if by == SYSTEM else by.person


def require_changed(changed: int) -> None:
    """Refuse when a compare-and-set found the task as it was no more.

    Raises:
        Conflict: INBOX-02.
    """
    if not changed:
        raise Conflict(
            "INBOX-02",
            zh("这件任务刚刚被办结、撤回或转办，没有重复处理。请刷新工作台查看。"),
        )


def _shown(at: datetime | None) -> str:
    return instant(at) if at else ""


def _origin_key(origin: str) -> UUID | None:
    return uuid5(NAMESPACE_URL, f"guiju:inbox.task:{origin}") if origin else None
