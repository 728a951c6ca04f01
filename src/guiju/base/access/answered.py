"""A write of a program that is sent again gets the first answer again, and does nothing.

Kept is only an answer that says nothing but references: never a secret, never a name. What was
sent is kept as a keyed hash, by which a different request with the same key is told apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guiju.base.access.models import AnsweredWrite
from guiju.base.api.problems import problem
from guiju.base.record.idempotency import key_of
from guiju.base.ui.needs import READING
from guiju.base.ui.reader import is_api
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

KEPT = timedelta(days=7)
"""How long an answer is kept; later the write is still not done twice (RECORD-05)."""

REPLAYED = "Idempotency-Replayed"
"""The header of an answer that is given again."""

_JSON = "application/json"
_REFERENCE = re.compile(r"[a-z_]+:[0-9a-f-]{36}")
_OTHER = zh(
    "这个 Idempotency-Key 已经用于另一次内容不同的写入，没有办理。"
    "请换一个值；重发同一件事，内容要一样。"
)

Answer = Callable[[HttpRequest], HttpResponseBase]


class AnsweredMiddleware:
    """Stands behind whoever decides who may: an answer is given again to those alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        sent: tuple[UUID, str] | None = getattr(request, "_sent_once", None)
        if sent is not None and response.status_code in {200, 201}:
            _keep(sent, response)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _named: object
    ) -> HttpResponse | None:
        """Give the answer that the same write had before, or refuse a different one."""
        key = _key(request)
        if key is None:
            return None
        sent = _hash_of(request)
        known = AnsweredWrite.objects.filter(key=key, at__gt=timezone.now() - KEPT).first()
        if known is None:
            request._sent_once = key, sent  # type: ignore[attr-defined]  # noqa: SLF001 - ours
            return None
        if known.sent != sent:
            return problem(422, "API-13", _OTHER)
        return HttpResponse(
            known.answer, status=known.status, content_type=_JSON, headers={REPLAYED: "true"}
        )


def sweep_answers(*, at: datetime) -> int:
    """Remove answers that are kept no longer; return how many."""
    return AnsweredWrite.objects.filter(at__lte=at - KEPT).delete()[0]


def _key(request: HttpRequest) -> UUID | None:
    """Return the key of a write by JSON; None for all else, and for a key that is none."""
    is_json = request.content_type in {_JSON, ""}
    if not is_api(request) or request.method in READING or not is_json:
        return None
    try:
        return key_of(request)
    except Invalid:
        return None  # the operation says so itself


def _hash_of(request: HttpRequest) -> str:
    text = request.META.get("QUERY_STRING", "").encode() + b"\n" + request.body
    return salted_hmac("guiju.access.answered", text, algorithm="sha256").hexdigest()


def _keep(write: tuple[UUID, str], response: HttpResponseBase) -> None:
    answer = getattr(response, "content", b"").decode()
    if not _says_only_references(answer):
        return
    row = AnsweredWrite(
        key=write[0], sent=write[1], status=response.status_code, answer=answer, at=timezone.now()
    )
    AnsweredWrite.objects.bulk_create([row], ignore_conflicts=True)


def _says_only_references(text: str) -> bool:
    try:
        told: Any = json.loads(text)
    except ValueError:
        return False
    return isinstance(told, dict) and all(map(_is_reference, told.values()))


def _is_reference(value: Any) -> bool:  # noqa: ANN401 - what JSON holds
    if isinstance(value, list):
        return all(map(_is_reference, value))
    return isinstance(value, int) or (
        isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
    )
