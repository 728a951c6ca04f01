"""Signing out, ending sessions, and undoing a lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest

from guiju.base.access.models import Account
from guiju.base.access.sign_in import events, library, lockout
from guiju.base.access.sign_in.library import UserSession
from guiju.base.access.sign_in.models import Attempts
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording


def sign_out(request: HttpRequest, account: Account, *, at: datetime) -> None:
    """End this browser's session for good: its cookie is worthless from now on."""
    with recording(events.SIGNED_OUT(object=account.reference), by=Actor(account.person), at=at):
        UserSession.objects.filter(session_key=request.session.session_key or "").delete()
        library.leave(request)


def revoke_sessions(
    account: Account, sessions: Sequence[UserSession], *, by: Actor, at: datetime
) -> None:
    """End sessions of an account; nothing is recorded when there are none."""
    if not sessions:
        return
    draft = events.REVOKED(object=account.reference, count=len(sessions))
    with recording(draft, by=by, at=at):
        for session in sessions:
            session.end()


def unlock(account: Account, *, by: Actor, at: datetime) -> None:
    """Let an account sign in again that was locked after failures."""
    with recording(events.UNLOCKED(object=account.reference), by=by, at=at):
        Attempts.objects.filter(subject=lockout.name_subject(account.login_name)).delete()
