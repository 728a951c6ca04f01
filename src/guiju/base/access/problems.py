"""A no for programs: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json

from django.http import HttpResponse

from guiju.base.ui.language import say
from guiju.core.sentence import Sentence, zh


def problem(status: int, code: str, sentence: Sentence) -> HttpResponse:
    """Return a problem: its rule code as the type, its sentence as the title."""
    said = {"type": f"urn:guiju:{code}", "title": say(sentence), "status": status}
    return HttpResponse(
        json.dumps(said, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )


def unauthorized() -> HttpResponse:
    """Return 401 for whoever has not shown who they are."""
    response = problem(
        401, "ACCESS-50", zh("没有登录，或者令牌无效。请登录或换用有效的令牌后再试。")
    )
    response.headers["WWW-Authenticate"] = 'Bearer realm="guiju"'
    return response
