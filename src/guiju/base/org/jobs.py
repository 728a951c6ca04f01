"""Timed work on the organisation."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guiju.base.org.actions import erasing


@task()
def clear_erased_people() -> int:
    """Clear rows of people who were erased while nobody could clear them; return how many."""
    return erasing.clear_erased(at=timezone.now())
