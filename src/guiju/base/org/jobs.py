"""Timed work on the organisation."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guiju.base.org.actions import erasing
from guiju.base.org.pages import kept


@task()
def clear_erased_people() -> int:
    """Clear rows of people who were erased while nobody could clear them; return how many."""
    return erasing.clear_erased(at=timezone.now())


@task()
def sweep_uploads() -> int:
    """Remove tables that were uploaded and not brought in within an hour; return how many."""
    return kept.sweep(at=timezone.now())
