"""Shutting an account, letting it in again, and ending what is signed in under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.access.actions.accounts import disable_account, enable_account
from guiju.base.access.models import Account
from guiju.base.access.pages.acting import Act, ReasonForm, acted, sent
from guiju.base.access.pages.finding import found_account, page_of, way
from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions.factors import reset_factors
from guiju.base.access.sign_in.actions.identities import forget_identities
from guiju.base.access.sign_in.actions.leaving import revoke_sessions, unlock
from guiju.base.record.actor import actor_of
from guiju.base.ui.forms import Form
from guiju.base.ui.needs import needs
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

_METHODS = ["GET", "HEAD", "POST"]


def _act(account: Account, verb: Sentence, done: Sentence, *consequences: Sentence) -> Act:
    heading = zh("{verb}：{name}", verb=verb, name=account.display_name)
    return Act(heading, verb, consequences, done, page_of(account), way(account), is_grave=True)


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(_METHODS)
def disable(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Shut an account."""
    account = found_account(identity)
    act = _act(
        account,
        zh("停用账号"),
        zh("已停用账号。"),
        zh("此人立刻退出登录，不能再登录。"),
        zh("角色和办过的事都保留；以后可以恢复。"),
    )
    return _with_reason(
        request,
        act,
        lambda reason: disable_account(
            account=account, reason=reason, by=actor_of(request), at=timezone.now()
        ),
    )


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(_METHODS)
def enable(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let an account in again."""
    account = found_account(identity)
    act = _act(
        account,
        zh("恢复账号"),
        zh("已恢复账号。"),
        zh("此人可以用原来的密码登录，原有的角色继续有效。"),
        zh("到期时间取消；90 天内没有登录，会再次到期。"),
    )
    return _with_reason(
        request,
        act,
        lambda reason: enable_account(
            account=account, reason=reason, by=actor_of(request), at=timezone.now()
        ),
    )


def _with_reason(request: HttpRequest, act: Act, do: Callable[[str], None]) -> HttpResponse:
    def filled(values: dict[str, Any]) -> None:
        do(values["reason"])

    return acted(request, act, sent(ReasonForm, request), filled)


@needs(Permission.SESSION_REVOKE)
@require_http_methods(_METHODS)
def end_sessions(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End everything that is signed in under an account."""
    account = found_account(identity)
    act = _act(
        account,
        zh("收回全部登录"),
        zh("已收回全部登录。"),
        zh("此人在所有设备上立刻退出；没有提交的内容会丢失。"),
        zh("账号仍可使用，可以重新登录。"),
    )
    return _without(
        request,
        act,
        lambda: revoke_sessions(
            account, library.open_sessions(account), by=actor_of(request), at=timezone.now()
        ),
    )


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(_METHODS)
def unlocking(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let an account sign in again that was locked after failures."""
    account = found_account(identity)
    act = _act(
        account,
        zh("解除登录暂停"),
        zh("已解除登录暂停。"),
        zh("此人可以马上再试。请先核实连续失败的是本人，而不是有人在猜密码。"),
    )
    return _without(request, act, lambda: unlock(account, by=actor_of(request), at=timezone.now()))


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(_METHODS)
def resetting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take the second factor of an account out of use."""
    account = found_account(identity)
    act = _act(
        account,
        zh("清除第二重验证"),
        zh("已清除第二重验证。"),
        zh("原来的动态口令、安全密钥和恢复码全部作废，下次登录须重新启用。"),
        zh("在此之前，这个账号只凭密码就能登录。请先当面核实是本人。"),
    )
    return _without(
        request, act, lambda: reset_factors(account, by=actor_of(request), at=timezone.now())
    )


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(_METHODS)
def forgetting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let an account be found by its login name again, for who is a new one elsewhere."""
    account = found_account(identity)
    act = _act(
        account,
        zh("忘记外部身份"),
        zh("已忘记外部身份。"),
        zh("下一个从统一身份认证或单位目录来、登录名相同的人，会被当作此人。"),
        zh("请先核实：对方给此人换了新身份，而不是把登录名给了别人。"),
    )
    return _without(
        request, act, lambda: forget_identities(account, by=actor_of(request), at=timezone.now())
    )


def _without(request: HttpRequest, act: Act, do: Callable[[], None]) -> HttpResponse:
    return acted(request, act, sent(Form, request), lambda _values: do())
