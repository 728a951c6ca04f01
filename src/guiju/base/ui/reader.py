"""Who reads the page, as the shell shows them: name, post, body, and what they may.

The shell knows nobody: ``base.access`` puts ``request.standing`` on every request, and
areas that know names say how to find them (``name_readers_by``, ``name_body_by``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from guiju.core.access import STRANGER, Scope, Standing
from guiju.core.terms import Permission


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever has signed in.

    Attributes:
        name: as colleagues call them.
        post: in what capacity, or empty.
    """

    name: str
    post: str = ""


API = "/api/"
"""Where every address for programs begins."""

OPEN = "/open/"
"""Where every address begins whose readers are all strangers, whoever they are elsewhere."""

_READERS: list[Callable[[HttpRequest], Reader | None]] = []
_BODIES: list[Callable[[HttpRequest], str]] = []


def is_api(request: HttpRequest) -> bool:
    """Tell whether a program is answered, not a page shown."""
    return request.path.startswith(API)


def is_open(request: HttpRequest) -> bool:
    """Tell whether the answer is the same for everybody: nobody asks who reads it."""
    return request.path.startswith(OPEN)


def name_readers_by(source: Callable[[HttpRequest], Reader | None]) -> None:
    """Let ``source`` say who reads; it is asked once a page, and only for those signed in."""
    _READERS[:] = [source]


def name_body_by(source: Callable[[HttpRequest], str]) -> None:
    """Let ``source`` say whose installation this is, such as 示例县 · 教育局."""
    _BODIES[:] = [source]


def standing(request: HttpRequest | None) -> Standing:
    """Return what the reader may do; a stranger's standing where nobody has said."""
    found = getattr(request, "standing", STRANGER)
    return found if isinstance(found, Standing) else STRANGER


def may(request: HttpRequest | None, permission: Permission) -> bool:
    """Tell whether something is open to the reader, here or in any unit of theirs."""
    return permission is Permission.PUBLIC or standing(request).may(permission)


def scope_of(request: HttpRequest, permission: Permission) -> Scope:
    """Return where something is allowed to the reader."""
    return standing(request).scope(permission)


def reader(request: HttpRequest | None) -> Reader | None:
    """Return who has signed in; None for a stranger."""
    if request is None or not standing(request).person:
        return None
    for source in _READERS:
        if found := source(request):
            return found
    return Reader(standing(request).person)


def body_name(request: HttpRequest | None) -> str:
    """Return whose installation this is; empty while nobody has said."""
    return next((source(request) for source in _BODIES), "") if request is not None else ""


def mark_of(request: HttpRequest | None) -> str:
    """Return a sign that differs from reader to reader and says nothing about them.

    Drafts that the browser keeps carry it, so that no second person at a shared desk
    finds those of the first.
    """
    person = standing(request).person
    return salted_hmac("guiju.ui.reader", person).hexdigest()[:16] if person else ""
