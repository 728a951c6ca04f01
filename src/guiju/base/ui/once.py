"""Doing what a form asks for once, however often the form is sent.

The keys of the forms that were done stand in the reader's session, whose row is held
meanwhile: of two clicks at once one acts, and the other one waits and then finds it done.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from guiju.core.errors import Refusal

_DONE = "ui.done"
_MOST = 50
"""How many keys are remembered; nobody sends an older form again by accident."""


def once(request: HttpRequest, key: UUID, do: Callable[[], None]) -> bool:
    """Do it and note the form's key; return False for a form that was done before.

    Raises:
        Invalid, Denied, Conflict: what ``do`` raises; the form may then be sent again.
    """
    refusal: Refusal | None = None
    with transaction.atomic():
        done = _done(request)
        if str(key) in done:
            return False
        try:
            do()
        except Refusal as no:
            refusal = no  # raised outside: what the record says of a denied act must stay
        else:
            _note(request, [*done, str(key)][-_MOST:])
    if refusal is not None:
        raise refusal
    return True


def was_done(request: HttpRequest, key: UUID) -> bool:
    """Tell whether a form was done before, which may no longer be in order now that it was."""
    return str(key) in request.session.get(_DONE, [])


def _done(request: HttpRequest) -> list[str]:
    """Return the keys as they are now, not as they were when the request began."""
    name = request.session.session_key
    Session.objects.select_for_update().filter(session_key=name).first()
    found = type(request.session)(name).get(_DONE, [])
    return list(found)


def _note(request: HttpRequest, keys: list[str]) -> None:
    """Have the session's library store the keys now, in the transaction of the act itself.

    It would else do so after the answer, when another click may have passed already. Who has
    just ended their own session has none to note it in, and no form of it counts any more.
    """
    if not Session.objects.filter(session_key=request.session.session_key).exists():
        return
    request.session[_DONE] = keys
    SessionMiddleware(lambda _: HttpResponse()).process_response(request, HttpResponse())
