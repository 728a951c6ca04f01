"""Opening accounts, shutting them and letting them in again."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from guiju.base.access.actions.secured import require_another_security_administrator
from guiju.base.access.events import (
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_EXPIRED,
    ACCOUNT_OPENED,
)
from guiju.base.access.models import Account
from guiju.base.access.policies import UNUSED, AccountState
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, check_reference, new_reference
from guiju.core.errors import Conflict, Invalid
from guiju.core.ledger.entry import instant
from guiju.core.sentence import zh

_LOGIN_NAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_MOST_NAME = 60
_MOST_REASON = 500
_AT_ONCE = 500


def open_account(
    *,
    person: str,
    login_name: str,
    display_name: str,
    by: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> Account:
    """Open an account, which nobody can use before they chose a password by a link.

    Args:
        person: whose, by reference.
        login_name: what they will type; 3 to 32 lower-case letters, digits, ``.``, ``_``, ``-``.
        display_name: as pages show them, up to 60 characters.
        by: who opens it.
        at: when.
        expires_at: from when it is of no use; None for no end.

    Raises:
        Invalid: ACCESS-01 for a login name, ACCESS-02 for a name, ACCESS-03 for an end that
            is over; RECORD-04.
        Conflict: ACCESS-04 for a login name that is taken, ACCESS-05 when the person has one.
    """
    _check(login_name, display_name, expires_at, at)
    account = Account(
        reference=new_reference("account"),
        person=check_reference(person),
        login_name=login_name,
        display_name=display_name,
        created_at=at,
        expires_at=expires_at,
    )
    account.set_unusable_password()
    draft = ACCOUNT_OPENED(
        object=account.reference,
        person=person,
        name=Personal(person, display_name),
        login_name=Personal(person, login_name),
        expires=instant(expires_at) if expires_at else "",
    )
    _require_free(login_name, person)
    try:
        with recording(draft, by=by, at=at):
            account.save(force_insert=True)
    except IntegrityError:  # somebody was quicker
        _require_free(login_name, person)
        raise
    return account


def _check(login_name: str, display_name: str, expires_at: datetime | None, at: datetime) -> None:
    if not _LOGIN_NAME.fullmatch(login_name):
        raise Invalid(
            "ACCESS-01",
            zh(
                "登录名「{name}」不能用：要有 3 到 32 个字符，以小写字母开头，"
                "只用小写字母、数字、点、横线和下划线。请另取一个。",
                name=login_name[:40],
            ),
        )
    if not 0 < len(display_name.strip()) <= _MOST_NAME or not display_name.isprintable():
        raise Invalid("ACCESS-02", zh("姓名没有写，或者超过 60 个字。请写本人姓名。"))
    if expires_at is not None and expires_at <= at:
        raise Invalid("ACCESS-03", zh("到期时间已经过去。请改为今后的时间，或者不填。"))


def _require_free(login_name: str, person: str) -> None:
    if Account.objects.filter(login_name=login_name).exists():
        raise Conflict(
            "ACCESS-04",
            zh("登录名「{name}」已经有人使用。请另取一个。", name=login_name),
        )
    if Account.objects.filter(person=person).exists():
        raise Conflict(
            "ACCESS-05",
            zh("此人已有账号，每人只能有一个。请在账号列表里找到它，停用的可以恢复。"),
        )


def check_reason(reason: str) -> str:
    """Return a reason without what surrounds it.

    Raises:
        Invalid: ACCESS-06 when it is missing or longer than 500 characters.
    """
    said = reason.strip()
    if not said or len(said) > _MOST_REASON:
        raise Invalid("ACCESS-06", zh("原因没有写，或者超过 500 个字。请用一两句话写明原因。"))
    return said


def disable_account(*, account: Account, reason: str, by: Actor, at: datetime) -> None:
    """Shut an account; whoever is signed in under it is out with their next request.

    Raises:
        Invalid: ACCESS-06 without a reason.
        Conflict: ACCESS-07 when it is shut already.
        Denied: ACCESS-18 for the last security administrator.
    """
    told = Personal(account.person, check_reason(reason))
    with recording(
        ACCOUNT_DISABLED(object=account.reference, person=account.person, reason=told),
        by=by,
        at=at,
    ):
        row = Account.objects.select_for_update().get(pk=account.pk)
        if not row.is_active:
            raise Conflict("ACCESS-07", zh("这个账号已经停用，没有再次停用。请刷新页面。"))
        require_another_security_administrator(row.person, at=at)
        Account.objects.filter(pk=row.pk).update(
            is_active=False, session_epoch=row.session_epoch + 1
        )
    account.refresh_from_db()


def enable_account(*, account: Account, reason: str, by: Actor, at: datetime) -> None:
    """Let an account in again that was shut, had expired or was not used for long.

    Raises:
        Invalid: ACCESS-06 without a reason.
        Conflict: ACCESS-08 when it lets its person in as it is.
    """
    told = Personal(account.person, check_reason(reason))
    with recording(
        ACCOUNT_ENABLED(object=account.reference, person=account.person, reason=told),
        by=by,
        at=at,
    ):
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.state(at) is AccountState.OPEN:
            raise Conflict("ACCESS-08", zh("这个账号可以正常使用，不需要恢复。请刷新页面。"))
        Account.objects.filter(pk=row.pk).update(is_active=True, expires_at=None, enabled_at=at)
    account.refresh_from_db()


def expire_unused(*, by: Actor, at: datetime) -> int:
    """Have accounts expire that nobody used for 90 days; return how many, 500 at most.

    Before that day comes round they let nobody in anyway: their state is asked each time.
    """
    limit = at - UNUSED
    idle = Account.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lte=limit),
        Q(enabled_at=None) | Q(enabled_at__lte=limit),
        Q(expires_at=None) | Q(expires_at__gt=at),
        is_active=True,
        created_at__lte=limit,
    )
    expired = 0
    for account in idle.order_by("pk")[:_AT_ONCE]:
        draft = ACCOUNT_EXPIRED(
            object=account.reference,
            person=account.person,
            touched=instant(account.life.touched),
        )
        with suppress(_Used), recording(draft, by=by, at=at):
            if not idle.filter(pk=account.pk).update(expires_at=at):
                raise _Used
            expired += 1
    return expired


class _Used(Exception):  # noqa: N818 - leaves the transaction; never seen outside
    """Somebody used the account since it was found."""
