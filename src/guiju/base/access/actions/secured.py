"""What must hold after every change: somebody is left who can give rights."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiju.base.access.grants import holding
from guiju.base.access.models import Account
from guiju.base.access.policies import AccountState
from guiju.core.errors import Denied
from guiju.core.sentence import zh
from guiju.core.terms import Role


def security_administrators(at: datetime) -> list[Account]:
    """Return the accounts of those who can give rights now and whom the house lets in."""
    held = holding(timezone.localdate(at)).filter(role=Role.SECURITY_ADMIN.value)
    accounts = Account.objects.filter(person__in=held.values("person")).order_by("pk")
    return [account for account in accounts if account.state(at) is AccountState.OPEN]


def require_another_security_administrator(person: str, *, at: datetime) -> None:
    """Refuse what would leave nobody to give rights.

    Raises:
        Denied: ACCESS-18 when this person is the only one.
    """
    if [one.person for one in security_administrators(at)] == [person]:
        raise Denied(
            "ACCESS-18",
            zh(
                "此人是唯一可用的安全管理员，停用后就没有人能管权限。请先授予另一人安全管理员角色。"
            ),
        )
