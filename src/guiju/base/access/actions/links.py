"""One-time links: a way in for whoever has no password yet, or none any more."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from guiju.base.access.events import LINK_ISSUED, LINK_USED
from guiju.base.access.models import Account, OneTimeLink
from guiju.base.access.policies import LINK_LIFE, AccountState, LinkPurpose
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.entry import instant
from guiju.core.sentence import zh


def new_secret() -> str:
    """Return 256 random bits as text: nobody guesses them, so a plain hash is enough to keep."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_link(*, account: Account, purpose: LinkPurpose, by: Actor, at: datetime) -> str:
    """Return the token of a fresh link; earlier links of the account are good no longer.

    It is shown once and never kept: ``LINK_LIFE`` says how long it is good.

    Raises:
        Denied: ACCESS-30 for an account that lets nobody in.
    """
    token, until = new_secret(), at + LINK_LIFE[purpose]
    draft = LINK_ISSUED(
        object=account.reference,
        person=account.person,
        purpose=purpose.value,
        expires=instant(until),
    )
    with recording(draft, by=by, at=at):
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.state(at) is not AccountState.OPEN:
            raise Denied("ACCESS-30", zh("这个账号现在不能使用，不发链接。请先恢复账号。"))
        OneTimeLink.objects.filter(account=row, used_at=None, expires_at__gt=at).update(
            expires_at=at
        )
        OneTimeLink.objects.create(
            token_hash=hashed(token),
            account=row,
            purpose=purpose.value,
            issued_at=at,
            expires_at=until,
        )
    return token


def find_link(token: str, *, at: datetime) -> OneTimeLink | None:
    """Return the link of a token with its account, if it is still good; one query."""
    links = OneTimeLink.objects.select_related("account")
    link = links.filter(token_hash=hashed(token), used_at=None, expires_at__gt=at).first()
    is_good = link is not None and link.account.state(at) is AccountState.OPEN
    return link if is_good else None


def use_link(token: str, *, at: datetime) -> Account:
    """Use a link up and return its account; what it allows is done in the same ``recording``.

    Raises:
        Invalid: ACCESS-31 for a link that is unknown, used or over.
    """
    link = find_link(token, at=at)
    if link is None:
        raise _no_link()
    account = link.account
    draft = LINK_USED(object=account.reference, person=account.person, purpose=link.purpose)
    with recording(draft, by=Actor(account.person), at=at):
        if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
            raise _no_link()
    return account


def _no_link() -> Invalid:
    return Invalid(
        "ACCESS-31",
        zh("这个链接已经用过，或者已经过期。请向安全管理员另要一个。"),
    )
