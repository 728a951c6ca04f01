"""How access says no to programs."""

from __future__ import annotations

from django.http import HttpResponse

from guiju.base.api.problems import problem
from guiju.core.sentence import zh


def unauthorized() -> HttpResponse:
    """Return 401 for whoever has not shown who they are."""
    return problem(
        401,
        "ACCESS-50",
        zh("没有登录，或者令牌无效。请登录或换用有效的令牌后再试。"),
        headers={"WWW-Authenticate": 'Bearer realm="guiju"'},
    )


def read_only() -> HttpResponse:
    """Return 403 for a token with which nothing may be changed."""
    return problem(403, "API-07", zh("这个令牌只能读取，没有办成。要写入，请换用准许写入的令牌。"))


def too_often(seconds: int) -> HttpResponse:
    """Return 429 for whoever asks too often."""
    return problem(
        429,
        "API-08",
        zh("请求太频繁，这次没有处理。请 {seconds} 秒后再试。", seconds=seconds),
        headers={"Retry-After": str(seconds)},
    )
