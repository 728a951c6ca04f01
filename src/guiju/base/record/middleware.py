"""Events of one HTTP request share its id."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guiju.base.record import door


class RequestMiddleware:
    """Gives every event inside a request the same id."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with door.request(uuid.uuid4()):
            return self.answer(request)
