"""With which shell somebody begins: the area of the organisation says so (S3-02).

It is asked when they sign in and kept with the session, so that no page asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest

_FLAG = "plain_shell"
_SOURCES: list[Callable[[str, date], bool]] = []


def set_shell_source(source: Callable[[str, date], bool]) -> None:
    """Let ``source`` say whether a person begins with the plain shell on a day."""
    _SOURCES[:] = [source]


def note_shell(request: HttpRequest, person: str, on: date) -> None:
    """Keep with the session with which shell its person begins."""
    request.session[_FLAG] = any(source(person, on) for source in _SOURCES)


def begins_plain(request: HttpRequest) -> bool:
    """Tell what was kept."""
    session = getattr(request, "session", None)
    return session is not None and bool(session.get(_FLAG))
