"""One account: its person's roles, where it is signed in, and what can be done about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.access import reads
from guiju.base.access.models import Account
from guiju.base.access.pages.badges import factor_badge, state_badge
from guiju.base.access.pages.finding import found_account, way
from guiju.base.access.policies import AccountState
from guiju.base.access.sign_in import lockout
from guiju.base.access.sign_in import reads as sign_in
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Definition
from guiju.base.ui.reader import may
from guiju.core.sentence import zh
from guiju.core.terms import Permission


@needs(Permission.ACCOUNT_READ)
@require_safe
def account(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show an account."""
    found, now = found_account(identity), timezone.now()
    state = found.state(now)
    shown = {
        "account": found,
        "identity": identity,
        "way": way(),
        "sheet": _sheet(found, state),
        "grants": reads.grants_of(found.person, on=timezone.localdate(now)),
        "sessions": sign_in.sessions(found, this=""),
        "is_open": state is AccountState.OPEN,
        "is_disabled": state is AccountState.DISABLED,
        "is_locked": lockout.is_locked(found.login_name, now),
        "is_known_elsewhere": sign_in.is_known_elsewhere(found),
        "may_edit": may(request, Permission.ACCOUNT_EDIT),
        "may_grant": may(request, Permission.ROLE_GRANT),
        "may_end": may(request, Permission.SESSION_REVOKE),
        "now": now,
    }
    return render(request, "access/account.html", shown)


def _sheet(found: Account, state: AccountState) -> tuple[Definition, ...]:
    factors = sign_in.factors(found, at=timezone.now())
    never = None if found.last_used_at else zh("还没有登录过")
    return (
        Definition(zh("登录名"), found.login_name),
        Definition(zh("状态"), state_badge(state)),
        Definition(zh("最近登录"), found.last_used_at, origin=never),
        Definition(zh("第二重验证"), factor_badge(has_one=bool(factors.second))),
        Definition(zh("开设时间"), found.created_at),
        Definition(zh("到期时间"), found.expires_at),
        Definition(zh("人员编号"), found.person),
    )
