"""Counting who fails to get in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.base.access.models import Account
from guiju.base.access.sign_in import events, lockout
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.models import Attempts
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft

STRANGER = Actor("stranger")
"""Who has not shown who they are."""


def count_failure(login_name: str, address: str, factor: Factor, *, at: datetime) -> None:
    """Record that somebody failed, and lock when it was once too often.

    Raises:
        Denied: ACCESS-61 when this failure locked.
    """
    about = _reference(login_name)
    draft = events.FAILED(object=about, factor=factor.value)
    _count(draft, lockout.subjects(login_name, address), at)


def count_cloned(account: Account, address: str, *, at: datetime) -> None:
    """Record that a copy of a security key may be about, which counts as a failure.

    Raises:
        Denied: ACCESS-61 when this failure locked.
    """
    draft = events.CLONED(object=account.reference)
    _count(draft, lockout.subjects(account.login_name, address), at)


def count_stranger(address: str, factor: Factor, *, is_known: bool, at: datetime) -> None:
    """Record that somebody came from another house for whom nothing is opened here.

    Only the address is counted: no account here is to blame.

    Args:
        address: from where.
        factor: by what they were recognised, or were to be.
        is_known: whether the other house knows them.
        at: when.

    Raises:
        Denied: ACCESS-61 when this failure locked.
    """
    kind = events.UNKNOWN if is_known else events.FAILED
    _count(kind(object="", factor=factor.value), lockout.subjects_of_address(address), at)


def _reference(login_name: str) -> str:
    account = Account.objects.filter(login_name=login_name).first()
    return account.reference if account else ""


def _count(draft: Draft, limits: Mapping[str, int], at: datetime) -> None:
    with recording(draft, by=STRANGER, at=at) as passage:
        Attempts.objects.bulk_create(
            [Attempts(subject=subject, last_at=at) for subject in sorted(limits)],
            ignore_conflicts=True,
        )
        rows = list(lockout.held(limits))
        for row in rows:
            counted = lockout.failures(row).with_another(at, most=limits[row.subject])
            lockout.put(row, counted, at).save()
            if left := counted.left(at):
                minutes = int(left.total_seconds()) // 60
                passage.add(events.LOCKED(object=draft.object, minutes=minutes))
    lockout.require_open(rows, at)
