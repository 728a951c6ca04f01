"""Taking a file in: content into the store, row and event into the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from guiju.base.evidence.events import RECEIVED
from guiju.base.evidence.models import StoredFile
from guiju.base.evidence.receive import Received, receive
from guiju.base.evidence.report import packed
from guiju.base.evidence.sandbox import Limits
from guiju.base.evidence.scan import scanner_at
from guiju.base.evidence.store import Readable
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording, require_possible

MOST_BYTES = 200 * 1024 * 1024
"""How large a file may be."""


def store_folder() -> Path:
    """Return the folder that holds the content of all files."""
    return Path(settings.DATA) / "evidence"


def receive_file(
    stream: Readable,
    *,
    declared_name: str,
    about: str,
    by: Actor,
    at: datetime,
    key: UUID | None = None,
) -> StoredFile:
    """Take a file in, or refuse it.

    Content is stored before its row: a crash between leaves content without a row, which
    ``jobs.sweep_store`` removes.

    Args:
        stream: its content.
        declared_name: as whoever sent it named it.
        about: what it belongs to, a reference; may be empty.
        by: who hands it in.
        at: when.
        key: idempotency key of the act.

    Raises:
        Invalid: EVIDENCE-01 to EVIDENCE-21, see ``receive``.
        Conflict: RECORD-05 when it was handed in before with this key; EVIDENCE-17.
        Denied: what ``recording`` raises.
    """
    require_possible(key)
    received = receive(
        stream,
        declared_name=declared_name,
        store=store_folder(),
        limits=Limits(size=MOST_BYTES),
        scanner=scanner_at(settings.SCANNER),
    )
    return _recorded(received, about=about, by=by, at=at, key=key)


def _recorded(
    received: Received, *, about: str, by: Actor, at: datetime, key: UUID | None
) -> StoredFile:
    row = StoredFile(
        key=uuid4(),
        name=received.name,
        kind=received.kind,
        size=received.size,
        sha256=received.sha256,
        clean_sha256=received.clean_sha256 or "",
        scan=received.scan,
        rows=[[packed(one.label), one.value] for one in received.rows],
        remarks=[packed(remark) for remark in received.remarks],
        about=about,
        received_at=at,
        received_by=by.person,
        unit=by.unit,
    )
    draft = RECEIVED(
        object=row.reference,
        matter=about,
        sha256=row.sha256,
        clean_sha256=row.clean_sha256,
        size=row.size,
        kind=row.kind,
        about=about,
        scan=row.scan,
    )
    with recording(draft, by=by, at=at, key=key):
        row.save(force_insert=True)
    return row
