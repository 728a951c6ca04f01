"""Timed work of the inbox. Each job may be done twice or by several workers without harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from guiju.base.inbox import actions
from guiju.base.inbox.people import address_of
from guiju.base.inbox.reads import unsent_notices
from guiju.base.inbox.rotations import remind_rotations
from guiju.base.record.actor import SYSTEM
from guiju.base.record.guards import Seen
from guiju.core.sentence import zh

_MORNING = 8
"""The hour before which nobody is told what the day brings."""

_FRESH = timedelta(days=3)
"""A notice that is older is not mailed any more: mail was switched on later, or failed."""


@task()
def remind() -> int:
    """Remind of what is due and tell superiors of what is late; return how many were told."""
    return actions.remind_due(at=datetime.now(UTC))


@task()
def remind_of_rotations() -> int:
    """Tell of tenures that are near their end or over; return how many were told."""
    return remind_rotations(at=datetime.now(UTC))


@task()
def digest() -> int:
    """Tell everybody in the morning what there is to do; return how many were told."""
    now = datetime.now(UTC)
    if timezone.localtime(now).hour < _MORNING:
        return 0
    return actions.send_digests(at=now)


@task()
def recompute() -> int:
    """Move what falls due otherwise by the calendar as it is; return how many tasks."""
    return actions.recompute_due(by=SYSTEM, at=datetime.now(UTC))


@task()
def mail_notices() -> int:
    """Send the notices that have not gone out by mail; return how many.

    A mail says only that there is something and where to look: it leaves the house unsealed.
    """
    sender, now, count = mail_sender(), datetime.now(UTC), 0
    if not sender:
        return 0
    for key, person in unsent_notices(since=now - _FRESH):
        address = address_of(person)
        if address and actions.send_notice(key, at=now):
            with translation.override(settings.LANGUAGE_CODE):
                send_mail(str(_SUBJECT), str(_BODY), sender, [address])
            count += 1
    return count


def mail_sender() -> str:
    """Return from which address mail is sent; empty where the installation sends none."""
    return str(getattr(settings, "GUIJU_MAIL", "") or "")


def on_told(_seen: Seen) -> None:
    """After a notice was committed, have it mailed where mail is sent at all."""
    waiting = DBTaskResult.objects.ready().filter(task_path=mail_notices.module_path)
    if mail_sender() and not waiting.exists():
        mail_notices.enqueue()


_SUBJECT = zh("规矩：您有新的通知")
_BODY = zh("您有新的通知。请登录规矩，在工作台查看。")
