"""What the page of the system's state shows of jobs, disks and accounts; few queries."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.base.access.reads import Unused, remarks, unused_accounts
from guiju.base.evidence.report import unpacked
from guiju.base.inbox.working_days import calendar_now
from guiju.base.record import places
from guiju.base.record.pulse import Pulse, pulse
from guiju.base.system.jobs import audit_record
from guiju.core.sentence import Sentence

Row: TypeAlias = "DBTaskResult[Any, Any]"
SHOWN = 10
"""How many failed jobs are shown, the newest ones."""

_RECENT = timedelta(days=7)
_UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that failed: which, when, and what class of error ended it."""

    path: str
    at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Jobs:
    """The queue.

    Attributes:
        waiting: how many are to be done now or run.
        oldest: since when the oldest of those waits; None without any.
        failed: those of the last days, the newest first.
    """

    waiting: int
    oldest: datetime | None
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an audit found."""

    code: str
    where: str
    says: Sentence


@dataclass(frozen=True, slots=True)
class Audit:
    """The last audits.

    Attributes:
        under_way: whether one waits or runs.
        at: when the last one ended; None before the first.
        is_broken: whether it ended without a result.
        size: how many entries there were; ``findings`` what was found.
    """

    under_way: bool = False
    at: datetime | None = None
    is_broken: bool = False
    size: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Disk:
    """The data directory's disk, in bytes."""

    total: int
    free: int


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the page shows, at ``now``."""

    now: datetime
    pulse: Pulse
    jobs: Jobs
    audit: Audit
    disk: Disk
    last_year: int
    merged: tuple[Sentence, ...]
    accounts: Unused


def state(*, now: datetime) -> State:
    """Return the system's state; nine queries."""
    rows = list(_rows(now))
    usage = shutil.disk_usage(places.data())
    return State(
        now,
        pulse(),
        _jobs(rows),
        _audit([row for row in rows if row.task_path == audit_record.module_path]),
        Disk(usage.total, usage.free),
        max(calendar_now().years),
        remarks(),
        unused_accounts(at=now),
    )


def is_audit_waiting() -> bool:
    """Tell whether an audit waits or runs."""
    rows = DBTaskResult.objects.filter(task_path=audit_record.module_path, status__in=_UNDER_WAY)
    return rows.exists()


def _rows(now: datetime) -> Iterable[Row]:
    """Return what is under way, what failed of late, and every audit; one query."""
    is_late = Q(status=TaskResultStatus.FAILED, enqueued_at__gt=now - _RECENT)
    wanted = Q(status__in=_UNDER_WAY) | is_late | Q(task_path=audit_record.module_path)
    rows = DBTaskResult.objects.filter(wanted).order_by("-enqueued_at")
    return rows.defer("traceback", "args_kwargs")[:1_000]


def _jobs(rows: list[Row]) -> Jobs:
    under_way = [row for row in rows if row.status in _UNDER_WAY]
    failed = [row for row in rows if row.status == TaskResultStatus.FAILED]
    return Jobs(
        len(under_way),
        min((row.enqueued_at for row in under_way), default=None),
        tuple(
            Failed(row.task_path, row.finished_at, row.exception_class_path.rpartition(".")[2])
            for row in failed[:SHOWN]
        ),
    )


def _audit(rows: list[Row]) -> Audit:
    under_way = any(row.status in _UNDER_WAY for row in rows)
    last = next((row for row in rows if row.status not in _UNDER_WAY), None)
    if last is None:
        return Audit(under_way)
    value = last.return_value
    if last.status != TaskResultStatus.SUCCESSFUL or not isinstance(value, dict):
        return Audit(under_way, last.finished_at, is_broken=True)
    found = tuple(
        Finding(code, where, unpacked(says)) for code, where, says in value.get("flaws", ())
    )
    return Audit(under_way, last.finished_at, size=value.get("size", 0), findings=found)
