"""Starting the example again: what is looked at when it was made before."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiju.base.access.actions.accounts import enable_account
from guiju.base.access.policies import AccountState
from guiju.base.access.reads import accounts
from guiju.base.org.reads.units import tree
from guiju.base.record.actor import Actor
from guiju.core.access import EVERYWHERE
from guiju.demo.county.sign_ins import SignIn


def is_filled(at: datetime) -> bool:
    """Tell whether there is an organisation on record already."""
    return bool(tree(EVERYWHERE, on=timezone.localdate(at), levels=1))


def reopen_accounts(sign_ins: tuple[SignIn, ...], *, by: Actor, at: datetime) -> None:
    """Let accounts in again that nobody used for long; what somebody shut stays shut."""
    names = {line.login_name for line in sign_ins}
    for state in (AccountState.UNUSED, AccountState.EXPIRED):
        for account in accounts(search="", state=state.value, at=at).queryset:
            if account.login_name in names:
                enable_account(account=account, reason="重新启动示例", by=by, at=at)
