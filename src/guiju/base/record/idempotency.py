"""A write that a program sends again, because it heard no answer, is done once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from django.http import HttpRequest

from guiju.base.record.actor import actor_of
from guiju.base.record.door import keyed
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_SPACE = UUID("c0f9a4f0-52e1-4f0b-9a36-0c5a5a1f9d11")
_TEXT = re.compile(r"[!-~]{1,64}", re.ASCII)


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key of the act that a request asks for; None where it names none.

    The same text means the same act only for one person at one address.

    Raises:
        Invalid: API-11 for a key that is none.
    """
    text = request.headers.get("Idempotency-Key", "")
    if not text:
        return None
    if not _TEXT.fullmatch(text):
        raise Invalid(
            "API-11",
            zh("Idempotency-Key 应是 1 到 64 个英文字母、数字或符号。请换一个值，例如 UUID。"),
        )
    return uuid5(_SPACE, f"{actor_of(request).person} {request.method} {request.path} {text}")


@contextmanager
def once(request: HttpRequest) -> Iterator[None]:
    """Act inside at most once for one ``Idempotency-Key``; a second time is a Conflict (RECORD-05).

    Raises:
        Invalid: API-11 for a key that is none.
    """
    key = key_of(request)
    if key is None:
        yield
        return
    with keyed(key):
        yield
