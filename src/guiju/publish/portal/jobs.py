"""Publishing as timed work; may be done twice or by several workers without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guiju.base.record.guards import Seen
from guiju.publish.portal.actions.publishing import publish_due
from guiju.publish.portal.slowing import forget_past


@task()
def publish_lists() -> int:
    """Publish editions that are in public notice or took effect; return how many.

    It forgets who sent something in the hours before, too.
    """
    now = timezone.now()
    forget_past(now)
    return publish_due(at=now)


def ask_to_publish(_seen: Seen) -> None:
    """Have a worker look soon, once an edition is in public notice, takes effect or leaves it."""
    publish_lists.enqueue()
