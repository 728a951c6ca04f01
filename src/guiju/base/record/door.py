"""The door: check → business rows → event → guards → outbox, in one transaction.

Every state change of the product happens inside ``recording`` and cannot happen without
an event (design.md, section 3). Nothing turns it off.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, OperationalError, transaction

from guiju.base.record import floor, guards, sequencer, vault, wall
from guiju.base.record.actor import Actor
from guiju.base.record.event_types import Draft, Personal, require_registered
from guiju.base.record.events import DENIED, HELD, RAISED
from guiju.base.record.guards import Finding, Listener, Seen
from guiju.base.record.models import Event, Outbox, Sealed
from guiju.core.errors import Conflict, Denied
from guiju.core.ledger.entry import encode_entry, instant
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind

_REQUEST: ContextVar[UUID | None] = ContextVar("guiju_request", default=None)
_KEYS: ContextVar[list[UUID] | None] = ContextVar("guiju_keys", default=None)
_PASSAGE: ContextVar[Passage | None] = ContextVar("guiju_passage", default=None)


class Passage:
    """One passage through the door: the events that it leaves, all of one request."""

    def __init__(self, by: Actor, at: datetime, request: UUID) -> None:
        self.by = by
        self.at = at
        self.request = request
        self.drafts: list[tuple[UUID, Draft]] = []

    def add(self, draft: Draft, key: UUID | None = None) -> UUID:
        """Record a further event in the same transaction; return its key.

        Raises:
            Invalid: RECORD-01 when its type is not registered.
        """
        require_registered(draft)
        named = key or uuid4()
        self.drafts.append((named, draft))
        return named


@contextmanager
def request(identity: UUID) -> Iterator[None]:
    """Give every event inside the same request id, one HTTP request or job for example."""
    token = _REQUEST.set(identity)
    try:
        yield
    finally:
        _REQUEST.reset(token)


@contextmanager
def keyed(key: UUID) -> Iterator[None]:
    """Give the first act inside this idempotency key, where it has none of its own."""
    token = _KEYS.set([key])
    try:
        yield
    finally:
        _KEYS.reset(token)


@contextmanager
def recording(
    draft: Draft, *, by: Actor, at: datetime, key: UUID | None = None
) -> Iterator[Passage]:
    """Change state: rows written inside are committed together with this event, or not at all.

    Inside another ``recording`` the event joins that transaction.

    Args:
        draft: what happens; made by calling an event type.
        by: who acts.
        at: when, with a time zone.
        key: idempotency key of the act; a second act with it is a Conflict.

    Raises:
        Invalid: RECORD-01 for an unregistered type; what ``encode_entry`` raises.
        Denied: the code of the guard that denied or held it; RECORD-10 while writing is halted;
            RECORD-13 when the disk is full.
        Conflict: RECORD-05 when an act with this key was recorded before.
    """
    outer = _PASSAGE.get()
    if outer is not None:
        outer.add(draft, key)
        yield outer
        return
    waiting = _KEYS.get()
    if key is None and waiting:
        key = waiting.pop()
    require_possible(key)
    passage = Passage(by, at, _REQUEST.get() or uuid4())
    passage.add(draft, key)
    try:
        # Innermost, so that who listens after the commit finds the door shut behind this act.
        with transaction.atomic(), wall.opened(), _passing(passage):
            yield passage
            _write(passage)
    except (OperationalError, OSError) as error:
        if is_disk_full(error):
            raise no_room() from None
        raise
    except _Stopped as stopped:
        _record_stop(stopped, passage)
        raise Denied(stopped.finding.code, stopped.finding.sentence) from None


@contextmanager
def _passing(passage: Passage) -> Iterator[None]:
    token = _PASSAGE.set(passage)
    try:
        yield
    finally:
        _PASSAGE.reset(token)


def require_possible(key: UUID | None) -> None:
    """Refuse early what ``recording`` would refuse, before anything costly is done for it.

    Raises:
        Denied: RECORD-10 while writing is halted.
        Conflict: RECORD-05 when an act with this key was recorded before.
    """
    floor.require_open()
    if key is not None and Event.objects.filter(key=key).exists():
        raise _twice()


class _Stopped(Exception):  # noqa: N818 - leaves the transaction; never seen outside
    def __init__(self, finding: Finding, draft: Draft) -> None:
        super().__init__(finding)
        self.finding = finding
        self.draft = draft


def _write(passage: Passage) -> None:
    seen = [Seen(key, draft, passage.by, passage.at) for key, draft in passage.drafts]
    rows = [_row(one, passage.request) for one in seen]
    try:
        events = Event.objects.bulk_create([event for event, _ in rows])
    except IntegrityError:
        raise _twice() from None
    if sealed := [one for _, kept in rows for one in kept]:
        Sealed.objects.bulk_create(sealed)
    events += _raise_alerts(seen, passage)
    Outbox.objects.bulk_create([sequencer.waiting(event) for event in events])
    for one in seen:
        for tell in guards.listeners(one.draft.type.kind):
            transaction.on_commit(_telling(tell, one), robust=True)


def _telling(listener: Listener, seen: Seen) -> Callable[[], None]:
    """Return a named function, since Django names it when it fails; a partial has no name."""

    def tell() -> None:
        listener(seen)

    return tell


def _raise_alerts(seen: list[Seen], passage: Passage) -> list[Event]:
    """Ask the guards; stop at the first denial, else at the first hold, else record alerts."""
    found = [(one, finding) for one in seen for finding in guards.findings(one)]
    for stop in (FindingKind.DENY, FindingKind.HOLD):
        for one, finding in found:
            if finding.kind is stop:
                raise _Stopped(finding, one.draft)
    alerts = []
    for one, finding in found:
        raised = RAISED(
            object=one.draft.object,
            matter=one.draft.matter,
            cause=str(one.key),
            code=finding.code,
            says=str(finding.sentence),
        )
        alert = Seen(uuid4(), raised, passage.by, passage.at)
        alerts.append(_row(alert, passage.request)[0])
    return Event.objects.bulk_create(alerts) if alerts else []


def _row(seen: Seen, request: UUID) -> tuple[Event, list[Sealed]]:
    """Return an event's row, with the bytes that will be sealed, and its sealed values."""
    draft, by = seen.draft, seen.actor
    data: dict[str, object] = {}
    kept = []
    for name, value in draft.data.items():
        if isinstance(value, Personal):
            committed = vault.seal(seen.key, name, value)
            data[name] = dict(committed.public)
            kept.append(committed.row)
        else:
            data[name] = value
    columns = {
        "kind": draft.type.kind,
        "version": draft.type.version,
        "actor": by.person,
        "post": by.post,
        "unit": by.unit,
        "object": draft.object,
        "matter": draft.matter,
    }
    entry = encode_entry(
        {
            **columns,
            "at": instant(seen.at),
            "key": str(seen.key),
            "request": str(request),
            "data": data,
        }
    )
    return Event(key=seen.key, at=seen.at, request=request, entry=entry, **columns), kept


def _record_stop(stopped: _Stopped, passage: Passage) -> None:
    """Leave a trace of the attempt in a transaction of its own (S0-21)."""
    finding, draft = stopped.finding, stopped.draft
    kind = DENIED if finding.kind is FindingKind.DENY else HELD
    trace = kind(
        object=draft.object,
        matter=draft.matter,
        kind=draft.type.kind,
        code=finding.code,
        says=str(finding.sentence),
    )
    with wall.opened(), transaction.atomic():
        event, _ = _row(Seen(uuid4(), trace, passage.by, passage.at), passage.request)
        event.save(force_insert=True)
        sequencer.waiting(event).save(force_insert=True)


def is_disk_full(error: Exception) -> bool:
    """Tell whether the disk is full: of files, of SQLite (SQLITE_FULL) or PostgreSQL (53100)."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "")
    return code in {"SQLITE_FULL", "53100"}


def no_room() -> Denied:
    """Return the refusal of what a full disk kept from being done."""
    return Denied(
        "RECORD-13",
        zh("磁盘已满，没有办成，也没有留下一半。请联系系统管理员腾出空间后重办。"),
    )


def _twice() -> Conflict:
    return Conflict(
        "RECORD-05",
        zh("这件事已经办过一次，没有重复办理。请刷新页面查看结果。"),
    )
