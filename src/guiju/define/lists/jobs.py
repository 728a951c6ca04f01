"""Work on the lists that is done in the background."""

from __future__ import annotations

from django.utils import timezone, translation
from django_tasks import task

from guiju.base.record.actor import Actor
from guiju.define.lists import checking
from guiju.define.lists.pages.importing import working
from guiju.define.lists.reads.large import large_editions


@task()
def read_upload(wrapped: str, language: str, person: str, edition: str) -> None:
    """Read a large file for who sent it, in their language."""
    with translation.override(language):
        working.read_upload(wrapped, person=person, edition=edition)


@task()
def take_in_upload(wrapped: str, language: str, by: list[str], edition: str) -> None:
    """Bring in a large file that was read and confirmed."""
    with translation.override(language):
        working.take_in_upload(wrapped, by=Actor(*by), edition=edition)


@task()
def check_large(edition: str) -> bool:
    """Judge a very large edition again after a change of it."""
    return checking.check(edition, timezone.now())


@task()
def check_all_large() -> int:
    """Judge the very large editions of which something beside them changed; return how many."""
    return sum(checking.check(one, timezone.now()) for one in large_editions())
