"""Bringing in what was shown, and what workers do with large files."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from guiju.base.access.grants import standing
from guiju.base.evidence.kept import Kept
from guiju.base.evidence.told import read_head
from guiju.base.org.actions import import_runs as runs
from guiju.base.org.pages.background import noted, noting
from guiju.base.record.actor import Actor
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.terms import Permission
from guiju.define.lists import find
from guiju.define.lists.actions.importing import import_lists
from guiju.define.lists.actions.learning import learning
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.importing.reading import edition_in, examine
from guiju.define.lists.pages.importing.shelf import SHELF, said_of
from guiju.exchange.memory import uncollected


@uncollected()
def take_in(token: str, key: str, edition: str, *, by: Actor, at: datetime) -> list[list[Any]]:
    """Bring in what was shown of a file, and remember what its sender said of its columns.

    Returns:
        How many items of each table came to what: table, alteration, number.

    Raises:
        Invalid, Denied, Conflict: what ``import_lists`` and ``learning`` raise;
            EDITION-17 when it is gone. Nothing is written then.
    """
    head = read_head(SHELF, Kept(token, key, "", 0)).head
    content = SHELF.content_of(token, key)
    columns = said_of(token, key).columns
    with learning(edition=edition, said=columns, by=by, at=at):
        import_lists(
            edition=edition,
            told=edition_in(token, key),
            file=hashlib.sha256(content).hexdigest(),
            revision=head["revision"],
            by=by,
            at=at,
        )
    counted: list[list[Any]] = head["counted"]
    return counted


def read_upload(wrapped: str, *, person: str, edition: str) -> None:
    """Read a file and compare it with the draft; in the language that is active."""
    token, key = SHELF.unwrapped(wrapped)

    def do() -> None:
        examine(token, key, _draft(edition, person), noting(token))
        runs.note_stage(token=token, stage=ImportStage.READY, at=_now())

    noted(token, do)


def take_in_upload(wrapped: str, *, by: Actor, edition: str) -> None:
    """Bring a file in, if the draft is still as it was when that was shown."""
    token, key = SHELF.unwrapped(wrapped)

    def do() -> None:
        runs.note_stage(token=token, stage=ImportStage.TAKING, at=_now())
        _draft(edition, by.person)
        counts = take_in(token, key, edition, by=by, at=_now())
        runs.note_done(token=token, counts=counts, at=_now())
        SHELF.remove(token)

    noted(token, do)


def _draft(reference: str, person: str) -> Edition:
    """Return the draft, if the person may change it now, whatever they might when they sent it.

    Raises:
        Invalid: EDITION-01 also for an edition that is not theirs to change.
        Denied: EDITION-02.
    """
    found = find.edition_at(reference)
    if not standing(person, timezone.localdate()).may(Permission.LISTS_EDIT, found.unit.path):
        raise find.not_found()
    find.require_draft(found)
    return found


def _now() -> datetime:
    return datetime.now(UTC)
