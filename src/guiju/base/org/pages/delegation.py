"""A delegation's trace: what the record tells of it, and the files that prove it.

It is for the two whom it concerns, who may not read the record otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.events import DELEGATED, DELEGATION_REVOKED
from guiju.base.org.models import Delegation
from guiju.base.org.pages.reaching import reached
from guiju.base.record import proving, reads
from guiju.base.record.proving import Proved
from guiju.base.record.telling import Told
from guiju.base.ui.downloads import download
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import Cursor, read_cursor
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of, standing
from guiju.core.access import EVERYWHERE
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_MOST_PAGES = 20
"""How many pages of the principal's delegations are looked through for this one."""


@needs(Permission.DELEGATE_OWN)
@require_safe
def delegation(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show who delegated what to whom, and what the record tells of it."""
    row = _concerning(request, identity)
    steps = []
    for told in _events(row):
        found = reads.event(told.key)
        proved = None if found is None else _proved(*found)
        steps.append((told, proved))
    shown = {
        "row": row,
        "identity": identity,
        "steps": steps,
        "now": timezone.now(),
        "is_given": row.principal.reference == standing(request).person,
        "way": (Crumb(zh("我的委托"), reverse("org:delegations_own")),),
    }
    return render(request, "org/delegation.html", shown)


@needs(Permission.DELEGATE_OWN, is_data=True)
@require_safe
def delegation_entry(request: HttpRequest, identity: UUID, key: UUID) -> HttpResponse:
    """Give the exact bytes of one of its events."""
    _, entry = _event(request, identity, key)
    return download(entry, f"{key}.json", "application/json")


@needs(Permission.DELEGATE_OWN, is_data=True)
@require_safe
def delegation_proof(request: HttpRequest, identity: UUID, key: UUID) -> HttpResponse:
    """Give the ``.tlog-proof`` file of one of its events."""
    proved = _proved(*_event(request, identity, key))
    if proved is None:
        raise Http404
    return download(proved.proof.encode(), f"{key}.tlog-proof", "text/plain; charset=utf-8")


def _concerning(request: HttpRequest, identity: UUID) -> Delegation:
    """Return a delegation that the reader gave, took, or may arrange for others.

    Raises:
        Http404: for any other one.
    """
    row = reached(Delegation, identity, EVERYWHERE)
    me = standing(request).person
    may_arrange = scope_of(request, Permission.DELEGATE).covers(row.post.unit.path)
    if me not in {row.principal.reference, row.delegate.reference} and not may_arrange:
        raise Http404
    return row


def _events(row: Delegation) -> Iterator[Told]:
    """Yield what was recorded of a delegation, the newest first."""
    kinds = [DELEGATED, DELEGATION_REVOKED] if row.revoked_at else [DELEGATED]
    for event_type in reversed(kinds):
        found = _event_of(row, event_type.kind)
        if found is not None:
            yield found


def _event_of(row: Delegation, kind: str) -> Told | None:
    filters = reads.Filters(object=row.principal.reference, kind=kind)
    cursor: Cursor | None = None
    for _ in range(_MOST_PAGES):
        page = reads.timeline(filters, cursor)
        for told in page.rows:
            if any(one.name == "delegation" and one.value == row.reference for one in told.fields):
                return told
        if not page.older:
            break
        cursor = read_cursor({"older": page.older}, parts=2)
    return None


def _event(request: HttpRequest, identity: UUID, key: UUID) -> tuple[Told, bytes]:
    row = _concerning(request, identity)
    found = reads.event(key) if any(told.key == key for told in _events(row)) else None
    if found is None:
        raise Http404
    return found


def _proved(told: Told, entry: bytes) -> Proved | None:
    return None if told.leaf is None else proving.prove(entry, told.leaf)
