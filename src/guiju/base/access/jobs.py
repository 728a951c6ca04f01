"""Timed work on accounts."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task

from guiju.base.access.actions.accounts import expire_unused
from guiju.base.access.actions.erasing import clear_erased
from guiju.base.access.answered import sweep_answers
from guiju.base.record.actor import SYSTEM


@task()
def expire_accounts() -> int:
    """Have accounts expire that nobody used for 90 days; return how many."""
    return expire_unused(by=SYSTEM, at=timezone.now())


@task()
def clear_erased_accounts() -> int:
    """Clear accounts of people who were erased while nobody could clear them; return how many."""
    return clear_erased(at=timezone.now())


@task()
def clear_answers() -> int:
    """Remove answers to programs that are kept no longer; return how many."""
    return sweep_answers(at=timezone.now())


@task()
def clear_sessions() -> int:
    """Remove sessions that are over, which nobody can use any more; return how many."""
    over = Session.objects.filter(expire_date__lt=timezone.now()).count()
    SessionStore.clear_expired()
    return over
