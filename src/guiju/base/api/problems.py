"""A no for programs: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as page_of_csrf_failure

from guiju.base.ui.language import say
from guiju.base.ui.reader import is_api
from guiju.core.errors import Conflict, Denied, Invalid, Refusal
from guiju.core.sentence import Sentence, zh

CONTENT_TYPE = "application/problem+json"

_TITLES: Mapping[int, Sentence] = {
    400: zh("请求有误"),
    401: zh("没有登录"),
    403: zh("不能办理"),
    404: zh("没有找到"),
    405: zh("请求方法不对"),
    409: zh("情况已变"),
    413: zh("内容太大"),
    422: zh("填写有误"),
    429: zh("请求太频繁"),
    500: zh("系统出错"),
}
_STATUS: Mapping[type[Refusal], int] = {Invalid: 400, Denied: 403, Conflict: 409}
_PLAIN: Mapping[int, tuple[str, Sentence]] = {
    403: ("API-09", zh("请求没有带防伪令牌。用登录会话写入的，请带上 X-CSRFToken 请求头。")),
    404: ("API-01", zh("没有这个地址，或者无权查看。请核对地址和令牌的权限。")),
    405: ("API-02", zh("这个地址不支持这种请求方法。请看 Allow 响应头。")),
    413: ("API-04", zh("内容超过这里能收的大小，没有收下。请分小后再交。")),
    500: ("API-10", zh("系统出了错，这次没有办成。请稍后再试；仍然不行，请联系系统管理员。")),
}
_UNREADABLE = ("API-03", zh("请求读不懂。请核对请求头和 JSON 格式后再试。"))


def problem(
    status: int,
    code: str,
    sentence: Sentence,
    *,
    errors: Iterable[tuple[str, Sentence]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem: its rule code as the type, its sentence as the detail.

    Args:
        status: of HTTP.
        code: the rule code, such as ``API-01``.
        sentence: what is wrong, where, and what to do.
        errors: which fields are wrong, and how.
        headers: sent besides.
    """
    said: dict[str, object] = {
        "type": f"urn:guiju:{code}",
        "title": say(_TITLES.get(status, _TITLES[400])),
        "status": status,
        "code": code,
        "detail": say(sentence),
    }
    if told := [{"at": at, "detail": say(one)} for at, one in errors]:
        said["errors"] = told
    return HttpResponse(
        json.dumps(said, ensure_ascii=False),
        status=status,
        content_type=CONTENT_TYPE,
        headers=headers,
    )


def refusal_problem(refusal: Refusal) -> HttpResponse:
    """Return a refusal: 400 for Invalid, 403 for Denied, 409 for Conflict."""
    return problem(_STATUS.get(type(refusal), 400), refusal.code, refusal.sentence)


def plain_problem(status: int) -> HttpResponse:
    """Return the problem that says no more than its status."""
    code, sentence = _PLAIN.get(status, _UNREADABLE)
    return problem(status, code, sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request without its token: with a problem in the API, with a page elsewhere."""
    return plain_problem(403) if is_api(request) else page_of_csrf_failure(request, reason)
