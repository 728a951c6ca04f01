"""Tasks, notices, and what was loaded of the official notices on holidays.

Persons, posts and units are references, never foreign keys: they belong to ``base.org``.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.base.inbox.states import STILL_TO_DO, NoticeKind, TaskState
from guiju.core.terms import LimitUnit

REFERENCE = 120
"""How long a reference such as ``person:0190…`` may be."""

_OVER = [TaskState.DONE.value, TaskState.WITHDRAWN.value]
_TO_DO = [state.value for state in STILL_TO_DO]


class Task(models.Model):
    """Something that one person has to do.

    Attributes:
        kind: its kind's code, see ``kinds``.
        box: one sentence, packed and sealed under the person's key (``titles``).
        about: what it is about, a reference.
        matter: in which matter.
        person: who has to do it; as the holder of ``post``, in ``unit``, whose place is ``path``.
        version: counts up whenever it is handed on.
        started_at: from when the limit counts.
        limit_amount: how long it may take, in ``limit_unit``; none where only a day is given.
        due_at: the last instant in time; none where there is no hurry.
        due_provisional: a year in between has no official notice yet.
        remind_before: working days before the last day on which to remind, where somebody chose.
        view: what opens when it is dealt with, with its ``arguments``.
        origin: what it came from; a second task of the same origin is not made.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    kind = models.CharField(max_length=60)
    box = models.BinaryField()
    about = models.CharField(max_length=REFERENCE, blank=True)
    matter = models.CharField(max_length=REFERENCE, blank=True)
    person = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE, blank=True)
    unit = models.CharField(max_length=REFERENCE, blank=True)
    path = models.CharField(max_length=255, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=REFERENCE)
    started_at = models.DateTimeField()
    limit_amount = models.PositiveIntegerField(null=True)
    limit_unit = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    remind_before = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=20, default=TaskState.OPEN.value)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=REFERENCE, blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.CharField(max_length=REFERENCE, blank=True)
    view = models.CharField(max_length=80, blank=True)
    arguments = models.JSONField(default=list)
    origin = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "inbox_task"
        indexes = [
            models.Index(
                fields=["person", "due_at", "number"],
                condition=Q(state__in=_TO_DO),
                name="inbox_task_to_do",
            ),
            models.Index(
                fields=["due_at", "number"], condition=Q(state__in=_TO_DO), name="inbox_task_due"
            ),
            models.Index(fields=["about", "number"], name="inbox_task_about"),
            models.Index(fields=["path"], name="inbox_task_path"),
            models.Index(fields=["created_by", "number"], name="inbox_task_given"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin=""), name="inbox_task_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TaskState]),
                name="inbox_task_state",
            ),
            models.CheckConstraint(
                condition=~Q(person="") & ~Q(created_by=""), name="inbox_task_whose"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, done_at__isnull=False) & ~Q(done_by="")
                | Q(state__in=_TO_DO, done_at__isnull=True, done_by=""),
                name="inbox_task_done_when_by",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, escalated_to="")
                & ~Q(state=TaskState.ESCALATED.value)
                | Q(escalated_at__isnull=False) & ~Q(escalated_to=""),
                name="inbox_task_escalated_when_to",
            ),
            models.CheckConstraint(
                condition=Q(limit_amount__isnull=True, limit_unit="")
                | Q(
                    limit_amount__isnull=False,
                    limit_unit__in=[unit.value for unit in LimitUnit],
                    due_at__isnull=False,
                ),
                name="inbox_task_limit",
            ),
            models.CheckConstraint(
                condition=Q(due_provisional=False) | Q(limit_amount__isnull=False),
                name="inbox_task_provisional",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Notice(models.Model):
    """Something that a person is told; what needs doing is a task.

    Attributes:
        key: what is told to whom on which day: the same is never told twice.
        box: one sentence, packed and sealed under the person's key (``titles``).
        task: the reference of the task that it is about, or empty.
        sent_at: when it was also handed over to the mail server.
    """

    number = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=320, unique=True)
    person = models.CharField(max_length=REFERENCE)
    kind = models.CharField(max_length=20)
    box = models.BinaryField()
    task = models.CharField(max_length=REFERENCE, blank=True)
    about = models.CharField(max_length=REFERENCE, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_notice"
        indexes = [
            models.Index(fields=["person", "created_at", "number"], name="inbox_notice_person"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="inbox_notice_unread"
            ),
            models.Index(
                fields=["task", "created_at"],
                condition=Q(kind=NoticeKind.URGED.value),
                name="inbox_notice_urged",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(person=""), name="inbox_notice_whose"),
        ]

    def __str__(self) -> str:
        return self.key


class HolidayNotice(models.Model):
    """An official notice on days off and days worked instead; a later one wins.

    Attributes:
        title: its name or number, such as 国办发明电〔2025〕7号.
        years: the years that it settles; none for a local exception.
        off: days on which nobody works, as ``2027-01-01``.
        worked: days that are worked although they fall on a weekend.
        sha256: of years and days, by which the same notice is known again.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    title = models.CharField(max_length=120)
    years = models.JSONField()
    off = models.JSONField()
    worked = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=REFERENCE)

    class Meta:
        db_table = "inbox_holiday_notice"
        constraints = [
            models.CheckConstraint(condition=~Q(loaded_by=""), name="inbox_holiday_loaded_by"),
        ]

    def __str__(self) -> str:
        return self.title
