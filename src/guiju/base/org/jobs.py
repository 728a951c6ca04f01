"""Timed work on the organisation."""

from __future__ import annotations

from django.utils import timezone, translation
from django_tasks import task

from guiju.base.evidence import kept
from guiju.base.org.actions import erasing, import_runs
from guiju.base.org.pages import background
from guiju.base.record.actor import Actor


@task()
def clear_erased_people() -> int:
    """Clear rows of people who were erased while nobody could clear them; return how many."""
    return erasing.clear_erased(at=timezone.now())


@task()
def sweep_uploads() -> int:
    """Remove tables that were uploaded and not brought in within an hour; return how many."""
    now = timezone.now()
    import_runs.sweep_runs(before=now - kept.LIFE)
    return kept.sweep(at=now)


@task()
def check_workbook(wrapped: str, language: str, person: str) -> None:
    """Check a large workbook for who sent it, in their language."""
    with translation.override(language):
        background.check_upload(wrapped, person=person)


@task()
def take_in_workbook(wrapped: str, language: str, by: list[str], digest: str) -> None:
    """Take in a large workbook that was checked and confirmed."""
    with translation.override(language):
        background.take_in_upload(wrapped, by=Actor(*by), digest=digest)
