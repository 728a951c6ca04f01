"""Accounts, roles, administrators, tokens and one's own security in the gallery."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from django import forms
from django.http import HttpRequest

from guiju.base.access.own_tokens import TokenShown
from guiju.base.access.pages import accounts, roles
from guiju.base.access.pages.badges import factor_badge, state_badge
from guiju.base.access.pages.tabs import tabs
from guiju.base.access.policies import AccountState
from guiju.base.access.reads import AccountRow, GrantShown
from guiju.base.ui.forms import Form, refuse, said
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_NAME, LONG_TEXT, LONG_UNIT, Holder, holders
from guiju.base.ui.parts import Crumb, Definition
from guiju.core.access import ADMINISTRATORS
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
_ID = UUID(int=1)
_STATES, _ROLES = tuple(AccountState), tuple(Role)


def _count(state: str) -> int:
    return 1 if state == "error" else COUNTS[state]


def _account_row(one: Holder) -> AccountRow:
    state = AccountState.UNUSED if one.is_due else AccountState.OPEN
    login = f"user{one.number:03}"
    return AccountRow(str(_ID), login, one.name, state, NOW, _ROLES[:2], not one.is_due)


def _accounts(request: HttpRequest, state: str) -> Shown:
    return {
        "tabs": tabs(request, "access:accounts"),
        "may_open": state != "forbidden",
        "listed": listed(request, accounts.TABLE, state, _account_row),
    }


def _grant(one: Holder) -> GrantShown:
    return GrantShown(
        one.number, str(_ID), one.name, "", _ROLES[one.number % len(_ROLES)], one.unit,
        one.since, None, "", None, one.is_due,
    )  # fmt: skip


def _remarks(state: str) -> tuple[object, ...]:
    reason = LONG_TEXT if state == "long" else "全局只有 7 人"
    remark = zh(
        "「{first}」与「{second}」准许由一人兼任，三员没有完全分设。登记的理由：{reason}",
        first=Role.SYSTEM_ADMIN.label,
        second=Role.SECURITY_ADMIN.label,
        reason=reason,
    )
    return (remark,) if state in {"long", "error"} else ()


def _held(request: HttpRequest, state: str) -> Shown:
    return {
        "tabs": tabs(request, "access:roles"),
        "remarks": _remarks(state),
        "listed": listed(request, roles.TABLE, state, _grant),
    }


def _administrators(request: HttpRequest, state: str) -> Shown:
    people = [_grant(one) for one in holders({"many": 200}.get(state, 2), is_long=state == "long")]
    return {
        "tabs": tabs(request, "access:administrators"),
        "remarks": _remarks(state),
        "three": [(one, [] if state == "empty" else people) for one in ADMINISTRATORS],
        "merged": state == "error",
        "may_change": state != "forbidden",
    }


def _account(_request: HttpRequest, state: str) -> Shown:
    name = LONG_NAME if state == "long" else "周晓岚"
    standing = AccountState.DISABLED if state == "error" else AccountState.OPEN
    may = state != "forbidden"
    session = SimpleNamespace(browser=zh("Chrome，Windows"), address="10.1.2.3", since=NOW)
    return {
        "account": SimpleNamespace(display_name=name),
        "identity": _ID,
        "way": (Crumb(zh("账号")), Crumb(name)),
        "sheet": (
            Definition(zh("登录名"), "zhou.xiaolan"),
            Definition(zh("状态"), state_badge(standing)),
            Definition(zh("第二重验证"), factor_badge(has_one=state != "empty")),
        ),
        "grants": [_grant(one) for one in holders(_count(state), is_long=state == "long")],
        "sessions": [session] * min(_count(state), 12),
        "is_open": state != "error",
        "is_disabled": state == "error",
        "is_locked": state == "error",
        "is_known_elsewhere": False,
        "may_edit": may,
        "may_grant": may,
        "may_end": may,
        "now": NOW,
    }


def _token(one: Holder, state: str) -> TokenShown:
    name = LONG_UNIT[:40] if state == "long" else f"{one.unit}大屏"
    return TokenShown(
        f"token:{UUID(int=one.number)}", name, (Permission.ORG_READ, Permission.PERSON_READ),
        "unit:1", one.unit, one.number % 2 == 0, NOW, NOW + timedelta(days=90),
        NOW if one.is_due else None, None if one.number == 1 else date(2026, 11, 24),
        not one.is_due,
    )  # fmt: skip


def _tokens(_request: HttpRequest, state: str) -> Shown:
    """In an error every token is over; whoever may do nothing can make none."""
    people = holders(COUNTS[state] or 3 * (state == "error"), is_long=state == "long")
    found = [_token(one, state) for one in people]
    return {
        "good": [one for one in found if one.is_good and state != "error"],
        "over": [one for one in found if not one.is_good or state == "error"],
        "may_make": state != "forbidden",
        "may_read_help": True,
        "way": (Crumb(zh("我的账号")), Crumb(zh("接口令牌"))),
        "now": NOW,
    }


def _own_account(_request: HttpRequest, state: str) -> Shown:
    name = LONG_NAME if state == "long" else "周晓岚"
    is_new = state == "empty"
    second = [] if is_new else [SimpleNamespace(kind=zh("动态口令"))]
    held = {"empty": (), "forbidden": (), "many": _ROLES}.get(state, _ROLES[:1])
    return {
        "account": SimpleNamespace(
            display_name=name, login_name="zhou.xiaolan", last_used_at=None if is_new else NOW
        ),
        "roles": held,
        "until": None if is_new else NOW - timedelta(days=1) * (state == "error"),
        "factors": SimpleNamespace(second=second, codes_left=0 if state == "error" else 8),
        "now": NOW,
    }


def _own_sessions(_request: HttpRequest, state: str) -> Shown:
    browser = zh("{text}", text=LONG_TEXT[:60]) if state == "long" else zh("Chrome，Windows")
    count = max(_count(state), 1)
    return {
        "sessions": [
            SimpleNamespace(
                browser=browser, address=f"10.1.2.{n}", since=NOW - timedelta(hours=n),
                is_this=not n, number=n,
            )
            for n in range(count)
        ],
        "now": NOW,
    }  # fmt: skip


class _Password(Form):
    password = forms.CharField(label=said(zh("当前密码")), widget=forms.PasswordInput)


def _second_factor(_request: HttpRequest, state: str) -> Shown:
    """Forbidden: the role needs a second factor, and there is none yet."""
    none = state in {"empty", "forbidden"}
    count = {"many": 20}.get(state, 2)
    factors = [
        SimpleNamespace(
            kind=zh("安全密钥"), name=LONG_UNIT[:40] if state == "long" else f"第 {n + 1} 把",
            since=NOW, last_used_at=NOW, identity=n + 1,
        )
        for n in range(0 if none else count)
    ]  # fmt: skip
    form = _Password()
    if state == "error":
        form = _Password({"password": "x"})
        form.is_valid()
        refuse(form, Invalid("GALLERY-07", zh("密码不对。请核对后再试。")))
    return {
        "factors": SimpleNamespace(
            is_needed=state == "forbidden", second=factors, codes_left=8, has_app=not none
        ),
        "form": form,
        "now": NOW,
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("access-accounts", zh("账号表"), "access/accounts.html", _accounts),
        ("access-account", zh("账号"), "access/account.html", _account),
        ("access-roles", zh("角色"), "access/roles.html", _held),
        ("access-administrators", zh("三员分设"), "access/administrators.html", _administrators),
        ("access-tokens", zh("接口令牌"), "access/tokens.html", _tokens),
        ("access-own-account", zh("我的账号"), "access/sign_in/own_account.html", _own_account),
        ("access-sessions", zh("登录的地方"), "access/sign_in/own_sessions.html", _own_sessions),
        (
            "access-second-factor",
            zh("我的第二重验证"),
            "access/sign_in/second_factor.html",
            _second_factor,
        ),
    )
