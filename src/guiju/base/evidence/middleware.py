"""Refusing bodies that are too large before a byte of them is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.base.evidence.actions import MOST_BYTES
from guiju.base.evidence.store import megabytes
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_FORM = 1024 * 1024
"""What a form around the file may add."""


class BodySizeMiddleware:
    """Answers 413 to a body that no page takes; the server reads no more than was announced."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES + _FORM:
            refusal = Invalid(
                "EVIDENCE-01",
                zh(
                    "文件超过 {most} MB，没有收下。请压缩图片或分成几个文件后再交。",
                    most=megabytes(MOST_BYTES),
                ),
            )
            return render(request, "ui/refusal.html", {"refusal": refusal}, status=413)
        return self.answer(request)
