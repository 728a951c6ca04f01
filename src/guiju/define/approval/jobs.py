"""Timed work of approvals. Each job may be done twice or by several workers without harm."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from django.utils import timezone
from django_tasks import task

from guiju.base.record.actor import SYSTEM
from guiju.core.errors import Refusal
from guiju.define.approval.actions.effect import due_editions, take_effect
from guiju.define.approval.actions.reseating import reseat


@task()
def put_into_effect() -> int:
    """Let approved editions take effect whose day has come; return how many."""
    return into_effect(at=datetime.now(UTC))


@task()
def ask_again() -> int:
    """Ask whoever holds a post now in the place of who held it; return how many."""
    return reseat(by=SYSTEM, at=datetime.now(UTC))


def into_effect(*, at: datetime) -> int:
    """Let approved editions take effect whose day has come; one that is stopped waits."""
    count = 0
    for edition in due_editions(timezone.localdate(at)):
        with suppress(Refusal):
            take_effect(edition=edition, by=SYSTEM, at=at)
            count += 1
    return count
