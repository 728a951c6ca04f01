"""Jobs that are due again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from guiju.base.access.jobs import (
    clear_answers,
    clear_erased_accounts,
    clear_sessions,
    expire_accounts,
)
from guiju.base.evidence.jobs import sweep_store
from guiju.base.inbox.jobs import digest, mail_notices, recompute, remind, remind_of_rotations
from guiju.base.org.jobs import clear_erased_people, sweep_uploads
from guiju.define.approval.jobs import ask_again, put_into_effect
from guiju.define.lists.jobs import check_all_large
from guiju.publish.portal.jobs import publish_lists

TIMETABLE: tuple[tuple[Task[[], int], timedelta], ...] = (
    (sweep_store, timedelta(days=1)),
    (expire_accounts, timedelta(days=1)),
    (clear_sessions, timedelta(days=1)),
    (clear_answers, timedelta(days=1)),
    (clear_erased_accounts, timedelta(days=1)),
    (clear_erased_people, timedelta(days=1)),
    (sweep_uploads, timedelta(hours=1)),
    (remind, timedelta(hours=1)),
    (remind_of_rotations, timedelta(days=1)),
    (digest, timedelta(hours=1)),
    (mail_notices, timedelta(hours=1)),
    (recompute, timedelta(days=1)),
    (put_into_effect, timedelta(hours=1)),
    (ask_again, timedelta(days=1)),
    (check_all_large, timedelta(minutes=10)),
    (publish_lists, timedelta(hours=1)),
)
"""Each job, which tells how much it did, and how long after the last time it is due again."""


def enqueue_due(*, at: datetime) -> int:
    """Put every job in the queue that was not put there recently; return how many.

    Two workers may do so in the same moment: jobs here can be done twice without harm.
    """
    due = [
        job
        for job, often in TIMETABLE
        if not DBTaskResult.objects.filter(
            task_path=job.module_path, enqueued_at__gt=at - often
        ).exists()
    ]
    for job in due:
        job.enqueue()
    return len(due)
