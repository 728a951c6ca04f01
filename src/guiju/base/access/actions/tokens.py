"""Tokens of the API: what a program shows, and what it may at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from guiju.base.access import places
from guiju.base.access.actions.links import hashed, new_secret
from guiju.base.access.events import TOKEN_ISSUED, TOKEN_REVOKED, TOKEN_USED
from guiju.base.access.models import Account, ApiToken
from guiju.base.access.policies import LONGEST_TOKEN, AccountState
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, EventType, new_reference
from guiju.core.access import Standing
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.ledger.entry import instant
from guiju.core.sentence import listing, zh
from guiju.core.terms import Permission

PREFIX = "guiju_"
"""How a token begins, so that people and scanners know one when they see it."""

MOST_NAME = 60


def issue_token(  # noqa: PLR0913 - keyword-only, each a part of the token
    *,
    account: Account,
    name: str,
    permissions: Collection[Permission],
    expires_at: datetime,
    standing: Standing,
    by: Actor,
    at: datetime,
    unit: str = "",
    is_read_only: bool = False,
) -> tuple[ApiToken, str]:
    """Return a fresh token, once as its row and once as the text that is never seen again.

    Args:
        account: whose; what they may no longer, their tokens may not either.
        name: what it is for.
        permissions: what it may at most.
        expires_at: when it ends; at most a year ahead.
        standing: of the account's person.
        by: who issues it.
        at: when.
        unit: in which unit and below; empty for wherever its person may.
        is_read_only: whether nothing may be changed with it.

    Raises:
        Invalid: ACCESS-40 for a name, ACCESS-41 for permissions that are none, ACCESS-42
            for its end, ACCESS-45 for a unit that is none.
        Denied: ACCESS-43 for more than the person may.
    """
    _check(name.strip(), permissions, expires_at, at)
    if unit and not places.paths([unit]):
        raise Invalid("ACCESS-45", zh("没有令牌所限的单位。请重新选择，或不限单位。"))
    _require_within(standing, permissions)
    secret = PREFIX + new_secret()
    row = ApiToken(
        reference=new_reference("token"),
        token_hash=hashed(secret),
        account=account,
        name=name.strip(),
        permissions=sorted(one.value for one in permissions),
        unit=unit,
        is_read_only=is_read_only,
        created_at=at,
        expires_at=expires_at,
    )
    with recording(_issued(row), by=by, at=at):
        row.save(force_insert=True)
    return row, secret


def _issued(row: ApiToken) -> Draft:
    return TOKEN_ISSUED(
        object=row.reference,
        person=row.account.person,
        account=row.account.reference,
        name=row.name,
        permissions=row.permissions,
        expires=instant(row.expires_at),
        within=row.unit,
        is_read_only=row.is_read_only,
    )


def _require_within(standing: Standing, permissions: Collection[Permission]) -> None:
    if beyond := [one for one in permissions if not standing.may(one)]:
        raise Denied(
            "ACCESS-43",
            zh(
                "令牌的权限不能超过本人：{names}。请去掉后再签发。",
                names=listing(one.label for one in beyond),
            ),
        )


def _check(
    name: str, permissions: Collection[Permission], expires_at: datetime, at: datetime
) -> None:
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise Invalid("ACCESS-40", zh("令牌没有名称，或者超过 60 个字。请写明给哪个程序使用。"))
    if not permissions or Permission.PUBLIC in permissions:
        raise Invalid("ACCESS-41", zh("令牌没有选权限。请至少选一项。"))
    if not at < expires_at <= at + LONGEST_TOKEN:
        raise Invalid("ACCESS-42", zh("令牌的有效期应在今后一年之内。请改正日期。"))


def revoke_token(*, token: ApiToken, by: Actor, at: datetime) -> None:
    """End a token at once.

    Raises:
        Conflict: ACCESS-44 when it was ended already.
    """
    with recording(_about(TOKEN_REVOKED, token), by=by, at=at):
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            raise Conflict("ACCESS-44", zh("这个令牌已经作废，没有再次作废。请刷新页面。"))
    token.refresh_from_db()


def find_token(secret: str, *, at: datetime) -> ApiToken | None:
    """Return a token with its account, if both are good; one query."""
    tokens = ApiToken.objects.select_related("account")
    found = tokens.filter(token_hash=hashed(secret), revoked_at=None, expires_at__gt=at).first()
    is_good = found is not None and found.account.state(at) is AccountState.OPEN
    return found if is_good else None


def note_token_use(token: ApiToken, *, at: datetime) -> None:
    """Record that a token was shown, once a day."""
    today = timezone.localdate(at)
    if token.last_used_day == today:
        return
    with recording(_about(TOKEN_USED, token), by=Actor(token.account.person), at=at):
        ApiToken.objects.filter(pk=token.pk).update(last_used_day=today)
    token.last_used_day = today


def _about(kind: EventType, token: ApiToken) -> Draft:
    account = token.account
    return kind(
        object=token.reference, person=account.person, account=account.reference, name=token.name
    )
