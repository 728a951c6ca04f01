"""What a body's office has asked of its member units, and how that stands (S2-75)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils import timezone

from guiju.base.inbox import titles
from guiju.base.inbox.clock import due_words, read_clock
from guiju.base.inbox.kinds import OFFICE
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.people import names_of
from guiju.base.inbox.reads import is_late, narrowed
from guiju.base.inbox.states import STILL_TO_DO, NoticeKind, TaskState
from guiju.base.inbox.working_days import calendar_now, times_of
from guiju.base.ui.parts import Clock
from guiju.base.ui.sources import Rows
from guiju.core.sentence import Sentence

MOST_OPEN = 300
"""How many tasks that are still to be done are gathered into what is being collected."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A task that the office gave to a unit.

    Attributes:
        who: who takes it there.
        urged: how often they were urged; ``urged_at`` when last.
    """

    identity: str
    group: str
    says: Sentence
    unit: str
    unit_name: str
    who: str
    state: TaskState
    due: Sentence | None
    clock: Clock
    is_late: bool
    at: datetime
    urged: int = 0
    urged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Something that the office collects: how many units were asked, who has not handed in."""

    says: Sentence
    at: datetime
    due: Sentence | None
    asked: int
    open: tuple[Sent, ...]

    @property
    def handed_in(self) -> int:
        """How many units have done it."""
        return self.asked - len(self.open)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many tasks of an office are to be done, how many of them are late, how many done."""

    open: int
    late: int
    done: int


def standing_of(body: str, *, at: datetime) -> Standing:
    """Return how an office's tasks stand; one query."""
    to_do = Q(state__in=STILL_TO_DO)
    found = Task.objects.filter(about=body, kind=OFFICE).aggregate(
        open=Count("pk", filter=to_do),
        late=Count("pk", filter=to_do & Q(due_at__lt=at)),
        done=Count("pk", filter=Q(state=TaskState.DONE)),
    )
    return Standing(**found)


def collected(body: str, *, at: datetime) -> tuple[Hand, ...]:
    """Return what is still to be handed in, the most urgent first; six queries at most."""
    rows = Task.objects.filter(about=body, kind=OFFICE, state__in=STILL_TO_DO)
    waiting = _sent(list(rows.order_by("due_at", "number")[:MOST_OPEN]), at)
    groups: dict[str, list[Sent]] = {}
    for one in waiting:
        groups.setdefault(one.group, []).append(one)
    asked = _asked(body, groups)
    return tuple(
        Hand(some[0].says, some[0].at, some[0].due, asked.get(group, len(some)), tuple(some))
        for group, some in groups.items()
    )


def _asked(body: str, groups: Iterable[str]) -> dict[str, int]:
    """Return of how many units each was asked that took none of it back."""
    wanted = Q(pk__in=[])
    for group in groups:
        wanted |= Q(origin__startswith=f"{group}:")
    rows = Task.objects.filter(wanted, about=body, kind=OFFICE)
    counted: dict[str, int] = {}
    for origin in rows.exclude(state=TaskState.WITHDRAWN).values_list("origin", flat=True):
        counted[_group(origin)] = counted.get(_group(origin), 0) + 1
    return counted


def given_by(body: str, filters: Mapping[str, str], *, at: datetime) -> Rows[Sent]:
    """Return all that an office gave, for a list."""
    rows = narrowed(Task.objects.filter(about=body, kind=OFFICE), filters, at=at)
    return Rows(rows, lambda found: _sent(found, at))


def _sent(rows: Sequence[Task], at: datetime) -> list[Sent]:
    says = titles.opened([(row.person, titles.TASK, row.box) for row in rows], at=at)
    called = names_of({name for row in rows for name in (row.person, row.unit)}, at=at)
    urged = _urged([row.reference for row in rows])
    now, calendar = timezone.localtime(at), calendar_now()
    return [
        Sent(
            row.reference.partition(":")[2],
            _group(row.origin),
            text,
            row.unit,
            called.get(row.unit, ""),
            called[row.person],
            TaskState.of(row.state),
            due_words(timezone.localtime(row.due_at)) if row.due_at else None,
            read_clock(times_of(row), now, calendar),
            is_late(row, at),
            row.created_at,
            *urged.get(row.reference, (0, None)),
        )
        for row, text in zip(rows, says, strict=True)
    ]


def _group(origin: str) -> str:
    """Return by what the tasks of one asking know each other: ``office:<form>``."""
    return ":".join(origin.split(":")[:2])


def _urged(tasks: Sequence[str]) -> dict[str, tuple[int, datetime | None]]:
    rows = Notice.objects.filter(task__in=list(tasks), kind=NoticeKind.URGED)
    counted = rows.order_by().values("task").annotate(times=Count("pk"), last=Max("created_at"))
    return {one["task"]: (one["times"], one["last"]) for one in counted}
