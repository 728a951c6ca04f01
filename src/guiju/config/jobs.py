"""Does the jobs that wait in the queue.

The library's own loop is not used: it counts a job as failed when the database went away
under it, and nothing would do that job again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db import InterfaceError, OperationalError, connections
from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

Row: TypeAlias = "DBTaskResult[Any, Any]"

MOST_TRIES = 5
"""How often a job is begun that the database does not let end."""

ABANDONED = timedelta(hours=1)
"""After how long a job that began is taken to have lost its worker."""

_log = logging.getLogger("guiju.jobs")


@dataclass(slots=True)
class Jobs:
    """Does one waiting job after the other.

    Attributes:
        worker: name of who does them, at most 64 characters.
        left: the job that the database left, until it waits again.
    """

    worker: str
    left: Row | None = None

    def do_next(self) -> bool:
        """Do the next job that waits, if any; tell whether there was one.

        A job that fails is kept as failed with its traceback, and logged. One under which
        the database went away waits again, for every job can be done twice without harm.

        Raises:
            OperationalError: the database is away or busy.
        """
        if self.left is not None:
            _put_back(DBTaskResult.objects.filter(pk=self.left.pk))
            self.left = None
        row = _claimed(self.worker)
        if row is None:
            return False
        try:
            _do(row)
        except (OperationalError, InterfaceError) as error:
            connections.close_all()
            if len(row.worker_ids) < MOST_TRIES:
                self.left = row
            else:
                _fail(row, error)
        except Exception as error:  # noqa: BLE001 - whatever a job meets must not end the others
            _fail(row, error)
        return True


def put_back_abandoned(*, at: datetime) -> int:
    """Let jobs wait again whose worker was killed; return how many."""
    return _put_back(DBTaskResult.objects.running().filter(started_at__lt=at - ABANDONED))


def _claimed(worker: str) -> Row | None:
    if not DBTaskResult.objects.ready().exists():
        return None
    with exclusive_transaction():
        row: Row | None = DBTaskResult.objects.ready().get_locked()
        if row is not None:
            row.claim(worker)
    return row


def _do(row: Row) -> None:
    arguments = row.args_kwargs
    row.set_successful(row.task.call(*arguments["args"], **arguments["kwargs"]))


def _put_back(rows: QuerySet[Row]) -> int:
    return rows.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)


def _fail(row: Row, error: Exception) -> None:
    _log.error("job %s", row.task_path, exc_info=error)
    row.set_failed(error)
