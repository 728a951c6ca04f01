"""The tokens of one person, as they and their programs see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guiju.base.access import places
from guiju.base.access.models import Account, ApiToken
from guiju.core.terms import Permission

MOST_SHOWN = 200
"""How many tokens are shown, the newest."""


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token; what it is called by, never what it is.

    Attributes:
        is_good: whether it was not revoked and has not ended.
    """

    reference: str
    name: str
    permissions: tuple[Permission, ...]
    unit: str
    unit_name: str
    is_read_only: bool
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_day: date | None
    is_good: bool

    @property
    def identity(self) -> str:
        """By which addresses name it."""
        return self.reference.partition(":")[2]


def tokens_of(account: Account, *, at: datetime) -> tuple[TokenShown, ...]:
    """Return the tokens of an account, the newest first; two queries."""
    rows = list(ApiToken.objects.filter(account=account).order_by("-pk")[:MOST_SHOWN])
    units = places.names(row.unit for row in rows)
    known = {one.value: one for one in Permission}
    return tuple(
        TokenShown(
            row.reference,
            row.name,
            tuple(known[code] for code in row.permissions if code in known),
            row.unit,
            units.get(row.unit, ""),
            row.is_read_only,
            row.created_at,
            row.expires_at,
            row.revoked_at,
            row.last_used_day,
            row.revoked_at is None and row.expires_at > at,
        )
        for row in rows
    )


def own_token(account: Account, identity: UUID) -> ApiToken | None:
    """Return a token of this account, None for one that is not theirs."""
    rows = ApiToken.objects.filter(account=account, reference=f"token:{identity}")
    return rows.select_related("account").first()
