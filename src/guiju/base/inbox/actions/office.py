"""What a body's office does: it asks its member units for something, and urges (S2-75)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from guiju.base.inbox.actions.asking import checked_asking
from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.actions.tasks import assign_task, require_changed, task_row
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.clock import read_clock
from guiju.base.inbox.events import URGED
from guiju.base.inbox.kinds import OFFICE
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.notes import checked_note
from guiju.base.inbox.states import STILL_TO_DO, NoticeKind
from guiju.base.inbox.working_days import calendar_now, times_of, today
from guiju.base.org.reads.offices import Receiver
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal
from guiju.core.calendar import Span
from guiju.core.errors import Conflict, Denied
from guiju.core.ledger.entry import instant
from guiju.core.sentence import listing, zh


@dataclass(frozen=True, slots=True)
class Collecting:
    """What the office asks of member units.

    Attributes:
        body: of which body, a reference.
        says: one sentence, as it was typed.
        to: the units, each with who takes it.
        limit: how long it may take.
        before: working days before the last day on which they are reminded.
    """

    body: str
    says: str
    to: Sequence[Receiver]
    limit: Span
    before: int


def collect(wanted: Collecting, *, key: UUID, by: Actor, at: datetime) -> tuple[str, ...]:
    """Ask every unit; return the tasks' references, one for each unit.

    Args:
        wanted: what, of whom, until when.
        key: of the form: the same form asks no unit twice.
        by: who asks, for the office.
        at: when.

    Raises:
        Invalid: INBOX-08 without a sentence or for nobody; as ``assign_task``.
        Denied: INBOX-07 for units in which nobody takes it; RECORD-20.
        Conflict: as ``assign_task``.
    """
    says = checked_asking(wanted.says, wanted.to)
    nobody = [one.unit_name for one in wanted.to if not one.person]
    if nobody:
        raise Denied(
            "INBOX-07",
            zh("这些单位没有联络员，也没有主要负责人：{units}。请先确定。", units=listing(nobody)),
        )
    return tuple(
        assign_task(
            NewTask(
                OFFICE,
                zh("{says}", says=says),
                Holder(one.person, one.post, one.unit, one.path),
                about=wanted.body,
                limit=wanted.limit,
                remind_before=wanted.before,
                origin=f"office:{key}:{one.unit}",
            ),
            by=by,
            at=at,
        )
        for one in wanted.to
    )


def urge_task(reference: str, *, note: str = "", by: Actor, at: datetime) -> None:
    """Urge whoever has to do a task (催办): an event, and a notice; once a day.

    Raises:
        Invalid: INBOX-01 for no such task, INBOX-03 for a note that is too long.
        Denied: RECORD-20 for somebody whose data was erased.
        Conflict: INBOX-02 when it is over, INBOX-09 when they were urged today.
    """
    row, said = task_row(reference), checked_note(note)
    key = f"urged:{reference}:{today(at)}"
    require_changed(int(row.state in STILL_TO_DO))
    if Notice.objects.filter(key=key).exists():
        raise Conflict("INBOX-09", zh("今天已经催办过这一件。明天仍没有办，可以再催。"))
    count = Notice.objects.filter(task=reference, kind=NoticeKind.URGED).count() + 1
    draft = URGED(
        object=reference,
        matter=row.matter,
        person=row.person,
        due=instant(row.due_at) if row.due_at else "",
        count=count,
        note=Personal(row.person, said),
    )
    with recording(draft, by=by, at=at):
        tell(_urging(row, said, key, at), by=by, at=at)


def _urging(row: Task, said: str, key: str, at: datetime) -> Telling:
    left = read_clock(times_of(row), timezone.localtime(at), calendar_now()).words
    says = zh("催办（{left}）：{task}", left=left, task=row.reference)
    if said:
        says = zh("{says} {note}", says=says, note=said)
    return Telling(row.person, NoticeKind.URGED, says, key, row.reference, row.about)
