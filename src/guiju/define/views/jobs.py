"""Work on the views that is done in the background."""

from __future__ import annotations

from django_tasks import task

from guiju.define.views import keeping


@task()
def keep_outline(edition: str) -> bool:
    """Work out what the long lists of a very large edition are made of, after a change of it."""
    return keeping.keep(edition)
