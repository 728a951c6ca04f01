"""Until when tasks are due, for pages about what they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from guiju.base.inbox.models import Task


def due_by_task(references: Iterable[str]) -> dict[str, datetime]:
    """Return the last instant in time of tasks, by reference, where they have one; one query."""
    rows = Task.objects.filter(reference__in=list(references), due_at__isnull=False)
    return {task: due for task, due in rows.values_list("reference", "due_at") if due}
