"""Checkpoints: signing the tree's head when it has grown, and hourly at least."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from guiju.base.record import floor, tree_store, wall
from guiju.base.record.models import Checkpoint, Cosignature
from guiju.base.record.signing import log_key, origin_of
from guiju.base.record.tree_store import SHA256, Suite
from guiju.core.errors import Invalid
from guiju.core.ledger import checkpoint as core
from guiju.core.ledger.keys import sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.sentence import zh

SELDOM = timedelta(seconds=2)
"""How soon after a checkpoint the next one may be signed, however busy the record is."""

OFTEN = timedelta(hours=1)
"""How old the newest checkpoint may become while nothing happens."""


def latest(suite: Suite = SHA256) -> Checkpoint | None:
    """Return the newest checkpoint of a tree."""
    return Checkpoint.objects.filter(suite=suite.name).order_by("-size", "-id").first()


def require_latest() -> Checkpoint:
    """Return the newest checkpoint of the SHA-256 tree.

    Raises:
        Invalid: RECORD-40 when there is none yet.
    """
    newest = latest()
    if newest is None:
        raise Invalid(
            "RECORD-40",
            zh("记录还没有检查点，暂时没有可以导出的内容。请先运行 guiju worker。"),
        )
    return newest


def sign_if_due(*, at: datetime, suite: Suite = SHA256) -> Checkpoint | None:
    """Sign the tree's head if it has grown, or if the last checkpoint is an hour old.

    The first thing that leaves the house is the floor's new height; only then is the row
    kept, so that a crash between leaves a floor that the database still reaches.

    Raises:
        Denied: RECORD-10 to RECORD-12 when the record is halted, rolled back or rewritten.
    """
    floor.require_open()
    size = tree_store.size()
    last = latest(suite)
    wait = OFTEN if last and last.size == size else SELDOM
    if not size or (last and timedelta(0) <= at - last.at < wait):
        return None
    floor.check_floor()
    return _sign(size, at, suite)


def _sign(size: int, at: datetime, suite: Suite) -> Checkpoint:
    key = log_key()
    head = tree_store.head_at(size, suite)
    text = core.Checkpoint(origin_of(key, suite), head).text()
    note = SignedNote(text, (sign_text(text, key.key, key.sign),)).encode()
    if suite is SHA256:
        floor.raise_floor(note)
    with wall.opened(), transaction.atomic():
        return Checkpoint.objects.create(
            suite=suite.name, size=size, root=head.root, note=note, at=at
        )


def cosigned_note(checkpoint: Checkpoint) -> bytes:
    """Return a checkpoint with the newest cosignature of every witness under it."""
    return note_with(checkpoint, cosignatures(checkpoint))


def cosignatures(checkpoint: Checkpoint) -> list[Cosignature]:
    """Return the cosignatures of a checkpoint in the order in which they came."""
    return list(Cosignature.objects.filter(checkpoint_id=checkpoint.pk).order_by("id"))


def note_with(checkpoint: Checkpoint, rows: Iterable[Cosignature]) -> bytes:
    """Return a checkpoint with the newest of these cosignatures of every witness under it."""
    lines = {row.witness: row.line for row in rows}
    return bytes(checkpoint.note) + "".join(lines.values()).encode()
