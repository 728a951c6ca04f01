"""The record for programs: the timeline, one event, and the files that anyone can verify."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from guiju.base.api.document import downloads
from guiju.base.api.listing import BY_TIME, Paged, newest_first, parameter
from guiju.base.record import health, proving, reads
from guiju.base.record.pages.filters import COLUMNS, TIMES, read_filters
from guiju.base.record.scopes import units_in
from guiju.base.record.telling import Told
from guiju.base.record.unsealing import is_kept_from
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["record"])
_FILTERS: dict[str, Any] = {
    "parameters": [
        *(parameter(name, label, {"type": "string"}) for name, label in COLUMNS.items()),
        *(parameter(name, label, {"type": "string"}) for name, label in TIMES.items()),
        *BY_TIME["parameters"],
    ]
}


class FieldOut(Schema):
    """One thing that an event says; a sealed value is not in it."""

    name: str
    value: str
    person: str


class EventOut(Schema):
    """An event; ``leaf`` is its number in the log, empty while it waits to be sealed."""

    key: UUID
    kind: str
    version: int
    at: datetime
    actor: str
    post: str
    unit: str
    object: str
    matter: str
    request: UUID
    sentence: str
    fields: list[FieldOut]
    leaf: int | None


@router.get(
    "/events",
    response=Paged[EventOut],
    summary=said(zh("存证记录：发生过的事，新的在前")),
    openapi_extra=_FILTERS,
)
@needs(Permission.RECORD_READ)
def list_events(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return a page of the timeline; it may come back before it is full, with ``after``."""
    units = units_in(standing(request).scope(Permission.RECORD_READ))
    filters = read_filters(request.GET)
    answer = newest_first(
        request, response, lambda cursor: reads.timeline(filters, cursor, units=units)
    )
    rows: Any = answer["rows"]
    return answer | {"rows": [_shown(one) for one in rows if not _is_kept(request, one)]}


@router.get("/events/{uuid:key}", response=EventOut, summary=said(zh("一件事")))
@needs(Permission.RECORD_READ)
def event(request: HttpRequest, key: UUID) -> dict[str, object]:
    """Return one event."""
    return _shown(_found(request, key)[0])


@router.get(
    "/events/{uuid:key}/entry",
    summary=said(zh("一件事的原始字节，账本里封存的就是它")),
    openapi_extra=downloads("application/octet-stream"),
)
@needs(Permission.RECORD_READ)
def entry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's exact bytes."""
    return download(_found(request, key)[1], f"{key}.json", "application/octet-stream")


@router.get(
    "/events/{uuid:key}/proof",
    summary=said(zh("一件事的存在证明，可用 guiju verify 离线核对")),
    openapi_extra=downloads("text/plain"),
)
@needs(Permission.RECORD_READ)
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give an event's ``.tlog-proof`` file, the same that a citizen verifies."""
    told, data = _found(request, key)
    proved = None if told.leaf is None else proving.prove(data, told.leaf)
    if proved is None:
        raise Http404
    return download(proved.proof.encode(), f"{key}.tlog-proof", "text/plain; charset=utf-8")


@router.get(
    "/checkpoint",
    summary=said(zh("最新的检查点和见证人的签名")),
    openapi_extra=downloads("text/plain"),
)
@needs(Permission.RECORD_READ)
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - ninja wants its name
    """Give the newest checkpoint with its cosignatures."""
    note = health.newest_checkpoint()
    if note is None:
        raise Http404
    return download(note, "checkpoint", "text/plain; charset=utf-8")


def _found(request: HttpRequest, key: UUID) -> tuple[Told, bytes]:
    units = units_in(standing(request).scope(Permission.RECORD_READ))
    found = reads.event(key, units=units)
    if found is None or _is_kept(request, found[0]):
        raise Http404
    return found


def _is_kept(request: HttpRequest, told: Told) -> bool:
    return is_kept_from(told, standing(request).person, timezone.localdate())


def _shown(one: Told) -> dict[str, object]:
    names = ("key", "kind", "version", "at", "actor", "post", "unit", "object", "matter")
    return {name: getattr(one, name) for name in (*names, "request", "leaf")} | {
        "sentence": say(one.sentence) if one.sentence else "",
        "fields": [
            {"name": field.name, "value": say(field.value), "person": field.person}
            for field in one.fields
        ],
    }
