"""The first administrator: nobody is there yet who could open an account."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiju.base.access.actions.accounts import enable_account, open_account
from guiju.base.access.actions.links import issue_link
from guiju.base.access.actions.roles import grant_role
from guiju.base.access.actions.secured import security_administrators
from guiju.base.access.grants import holding
from guiju.base.access.models import Account, OneTimeLink
from guiju.base.access.policies import LinkPurpose
from guiju.base.record.actor import Actor
from guiju.base.record.event_types import new_reference
from guiju.core.terms import Role

LOGIN_NAME = "admin"
"""What the first administrator types; nobody else can have it."""


def found_first_administrator(*, by: Actor, at: datetime, anew: bool = False) -> str | None:
    """Return the token of a link for a security administrator, or None when none is needed.

    The first time an account is opened for it. A fresh link is issued when the one before
    has expired unused, and when every security administrator was shut out or expired, since
    whoever sits at the server must be able to mend that; all of it is recorded.

    Args:
        by: who sits at the terminal.
        at: when.
        anew: whether to replace a link that is still good, since it was lost.
    """
    able = security_administrators(at)
    if any(account.has_usable_password() for account in able):
        return None
    if able:
        good = OneTimeLink.objects.filter(account__in=able, used_at=None, expires_at__gt=at)
        if good.exists() and not anew:
            return None
        return issue_link(account=able[0], purpose=LinkPurpose.FOUNDING, by=by, at=at)
    account = _shut_out(at)
    if account is not None:
        enable_account(account=account, reason="没有可用的安全管理员", by=by, at=at)
        return issue_link(account=account, purpose=LinkPurpose.RECOVERY, by=by, at=at)
    return issue_link(account=_opened(by, at), purpose=LinkPurpose.FOUNDING, by=by, at=at)


def _shut_out(at: datetime) -> Account | None:
    held = holding(timezone.localdate(at)).filter(role=Role.SECURITY_ADMIN.value)
    return Account.objects.filter(person__in=held.values("person")).order_by("-pk").first()


def _opened(by: Actor, at: datetime) -> Account:
    account = Account.objects.filter(login_name=LOGIN_NAME).first() or open_account(
        person=new_reference("person"),
        login_name=LOGIN_NAME,
        display_name="首任安全管理员",
        by=by,
        at=at,
    )
    grant_role(
        person=account.person,
        role=Role.SECURITY_ADMIN,
        unit="",
        start=timezone.localdate(at),
        by=by,
        at=at,
    )
    return account
