"""What a reader is told whose session could not be kept because the disk is full.

Django then calls their request a bad one (``SessionInterrupted``), which it is not.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

from guiju.base.record.door import is_disk_full, no_room
from guiju.base.ui.refusing import refused


def interrupted(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a bad request as Django does, and one that a full disk interrupted by its cause."""
    cause: BaseException | None = exception
    while cause is not None:
        if isinstance(cause, Exception) and is_disk_full(cause):
            return refused(request, no_room())
        cause = cause.__context__
    return bad_request(request, exception)
