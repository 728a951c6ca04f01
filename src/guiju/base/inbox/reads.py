"""What people see of their tasks and notices, as typed rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from guiju.base.inbox import titles
from guiju.base.inbox.asked import Link
from guiju.base.inbox.clock import due_words, read_clock
from guiju.base.inbox.kinds import kind_label
from guiju.base.inbox.models import HolidayNotice, Notice, Task
from guiju.base.inbox.people import Absence, absences, names_of
from guiju.base.inbox.policies import Whose, may_complete, may_see
from guiju.base.inbox.states import STILL_TO_DO, NoticeKind, TaskState
from guiju.base.inbox.working_days import calendar_now, times_of
from guiju.base.ui.paging import SIZE, Cursor, Page, from_instant, make_page, to_instant
from guiju.base.ui.parts import Clock
from guiju.base.ui.sources import Rows
from guiju.core.access import Standing
from guiju.core.calendar import WorkingCalendar
from guiju.core.sentence import Sentence, zh

NO_DAY = 2**62
"""Stands in a page's key where a task is due on no day: such tasks come last."""


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task as people see it.

    Attributes:
        whose: to whom it belongs, for ``policies``.
        clock: how it stands in time.
        person: how its person is called; empty when it is the reader's own.
        link: what opens when it is dealt with.
    """

    number: int
    reference: str
    kind: Sentence
    says: Sentence
    whose: Whose
    about: str
    matter: str
    version: int
    created_at: datetime
    due_at: datetime | None
    is_provisional: bool
    state: TaskState
    clock: Clock
    link: Link | None
    person: str = ""

    @property
    def identity(self) -> UUID:
        """Its name in addresses."""
        return UUID(self.reference.partition(":")[2])

    @property
    def due(self) -> Sentence | None:
        """The last instant as people read it."""
        return due_words(timezone.localtime(self.due_at)) if self.due_at else None

    @property
    def is_to_do(self) -> bool:
        """Whether it is still to be done."""
        return self.state in STILL_TO_DO


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as its reader sees it."""

    number: int
    kind: NoticeKind
    says: Sentence
    task: str
    created_at: datetime
    is_unread: bool

    @property
    def identity(self) -> UUID | None:
        """The task that it is about, as addresses name it."""
        return UUID(self.task.partition(":")[2]) if self.task else None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What needs a person now.

    Attributes:
        page: the tasks, by time left.
        count: how many there are in all.
        calendar: by which they were judged.
    """

    page: Page[TaskShown]
    count: int
    calendar: WorkingCalendar
    away: tuple[Absence, ...]


def inbox(person: str, *, at: datetime, cursor: Cursor | None = None) -> Inbox:
    """Return what needs a person now, by time left; at most four queries and what sources ask.

    Tasks of people for whom the person stands in are among them.

    Raises:
        Invalid: PAGE-02 for a place that is none.
    """
    away = absences({person}, at=at)
    calendar = calendar_now()
    rows = _to_do(person, away)
    found = list(_from(rows, cursor)[: SIZE + 1])
    page = make_page(_shown(found, person, at, calendar), cursor=cursor, key=_key)
    return Inbox(page, _count(rows, page, cursor), calendar, away)


def _to_do(person: str, away: Iterable[Absence]) -> QuerySet[Task]:
    mine = Q(person=person)
    for one in away:
        if one.substitute == person and one.absent != person:
            theirs = Q(person=one.absent)
            mine |= theirs & Q(post__in=one.posts) if one.posts else theirs
    return Task.objects.filter(mine, state__in=STILL_TO_DO)


def _from(rows: QuerySet[Task], cursor: Cursor | None) -> QuerySet[Task]:
    """Go on after the cursor's task, or back before it."""
    in_order = rows.order_by(F("due_at").asc(nulls_last=True), "number")
    if cursor is None:
        return in_order
    due, number = cursor.key
    if cursor.is_newer:
        before = Q(number__lt=number)
        if due == NO_DAY:
            place = Q(due_at__isnull=False) | Q(due_at__isnull=True) & before
        else:
            place = Q(due_at__lt=to_instant(due)) | Q(due_at=to_instant(due)) & before
        return rows.filter(place).order_by(F("due_at").desc(nulls_first=True), "-number")
    after = Q(number__gt=number)
    if due == NO_DAY:
        return in_order.filter(after, due_at__isnull=True)
    at = to_instant(due)
    return in_order.filter(Q(due_at__gt=at) | Q(due_at=at) & after | Q(due_at__isnull=True))


def _key(shown: TaskShown) -> tuple[int, int]:
    return from_instant(shown.due_at) if shown.due_at else NO_DAY, shown.number


def _count(rows: QuerySet[Task], page: Page[TaskShown], cursor: Cursor | None) -> int:
    """Count all of them; a first page that holds them all needs no query."""
    return len(page.rows) if cursor is None and not page.older else rows.count()


def task_shown(standing: Standing, identity: UUID, *, at: datetime) -> TaskShown | None:
    """Return one task if this person may see it, else None, as if there were none."""
    row = Task.objects.filter(reference=f"task:{identity}").first()
    if row is None:
        return None
    away = absences({standing.person}, at=at)
    if not may_see(standing, whose(row), away):
        return None
    return _shown([row], standing.person, at, calendar_now())[0]


def is_mine(person: str, shown: TaskShown, *, at: datetime) -> bool:
    """Tell whether a task is this person's to do, their own or for somebody who is absent."""
    return may_complete(person, shown.whose, absences({person}, at=at))


def whose(row: Task) -> Whose:
    """Return to whom a task belongs."""
    return Whose(row.person, row.post, row.path, row.created_by, row.escalated_to)


def _shown(
    rows: list[Task], reader: str, at: datetime, calendar: WorkingCalendar
) -> list[TaskShown]:
    now = timezone.localtime(at)
    called = names_of({row.person for row in rows if row.person != reader}, at=at)
    says = titles.opened([(row.person, titles.TASK, row.box) for row in rows], at=at)
    return [
        TaskShown(
            row.number,
            row.reference,
            kind_label(row.kind),
            text,
            whose(row),
            row.about,
            row.matter,
            row.version,
            row.created_at,
            row.due_at,
            row.due_provisional,
            TaskState.of(row.state),
            read_clock(times_of(row), now, calendar),
            Link(row.view, tuple(row.arguments)) if row.view else None,
            called.get(row.person, ""),
        )
        for row, text in zip(rows, says, strict=True)
    ]


def notices(person: str, *, at: datetime, cursor: Cursor | None = None) -> Page[NoticeShown]:
    """Return a page of what a person was told, the newest first; one query, and for names.

    Raises:
        Invalid: PAGE-02 for a place that is none.
    """
    rows = Notice.objects.filter(person=person).order_by("-created_at", "-number")
    if cursor is not None:
        last, number = to_instant(cursor.key[0]), cursor.key[1]
        if cursor.is_newer:
            later = Q(created_at__gt=last) | Q(created_at=last, number__gt=number)
            rows = rows.filter(later).order_by("created_at", "number")
        else:
            rows = rows.filter(Q(created_at__lt=last) | Q(created_at=last, number__lt=number))
    some = list(rows[: SIZE + 1])
    says = titles.opened([(person, titles.NOTICE, row.box) for row in some], at=at)
    found = [
        NoticeShown(
            row.number,
            NoticeKind.of(row.kind),
            text,
            row.task,
            row.created_at,
            row.read_at is None,
        )
        for row, text in zip(some, says, strict=True)
    ]
    return make_page(found, cursor=cursor, key=_notice_key)


def _notice_key(shown: NoticeShown) -> tuple[int, int]:
    return from_instant(shown.created_at), shown.number


@dataclass(frozen=True, slots=True)
class Given:
    """A task as whoever gave it sees it.

    Attributes:
        who: who has to do it, with their post.
        due: the last instant as people read it; None without one.
    """

    identity: str
    says: Sentence
    who: Sentence
    state: TaskState
    due: Sentence | None
    is_late: bool
    at: datetime


def given(person: str, filters: Mapping[str, str], *, at: datetime) -> Rows[Given]:
    """Return what somebody has asked of others, for a list."""
    rows = narrowed(Task.objects.filter(created_by=person), filters, at=at)
    return Rows(rows, lambda found: _given(found, at))


def narrowed(rows: QuerySet[Task], filters: Mapping[str, str], *, at: datetime) -> QuerySet[Task]:
    """Return those of the tasks that have the ``state`` and, if asked for, are ``late``."""
    if state := filters.get("state"):
        rows = rows.filter(state=state)
    if filters.get("late"):
        rows = rows.filter(state__in=STILL_TO_DO, due_at__lt=at)
    return rows


def is_late(row: Task, at: datetime) -> bool:
    """Tell whether a task is still to be done and its last instant is over."""
    return row.state in STILL_TO_DO and row.due_at is not None and row.due_at < at


def _given(rows: Sequence[Task], at: datetime) -> list[Given]:
    says = titles.opened([(row.person, titles.TASK, row.box) for row in rows], at=at)
    called = names_of({name for row in rows for name in (row.person, row.post)}, at=at)
    return [
        Given(
            row.reference.partition(":")[2],
            text,
            _who(called, row),
            TaskState.of(row.state),
            due_words(timezone.localtime(row.due_at)) if row.due_at else None,
            is_late(row, at),
            row.created_at,
        )
        for row, text in zip(rows, says, strict=True)
    ]


def _who(called: Mapping[str, str], row: Task) -> Sentence:
    if not row.post:
        return zh("{name}", name=called[row.person])
    return zh("{name}（{post}）", name=called[row.person], post=called[row.post])


def unread_count(person: str) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def unsent_notices(*, since: datetime) -> list[tuple[str, str]]:
    """Return key and person of the notices that have not gone out by mail, the oldest first."""
    rows = Notice.objects.filter(sent_at__isnull=True, created_at__gte=since).order_by("number")
    return list(rows.values_list("key", "person")[:1000])


def holiday_notices() -> list[HolidayNotice]:
    """Return the loaded notices, the newest first."""
    return list(HolidayNotice.objects.order_by("-number"))
